package org.engram.bench;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The keys and values that are put and got: keys like a store's, values that do not compress, always the same. */
final class Entries {

    /** How many distinct values there are; entry i has the value i modulo this. */
    private static final int VALUES = 16;

    final String[] keys;
    private final byte[][] values;

    Entries(int count, int bytes) {
        keys = IntStream.range(0, count).mapToObj(Symbols::key).toArray(String[]::new);
        values = new byte[VALUES][bytes];
        for (int i = 0; i < VALUES; i++) {
            new SplittableRandom(i).nextBytes(values[i]);
        }
    }

    int count() {
        return keys.length;
    }

    byte[] value(int entry) {
        return values[entry % VALUES];
    }
}
