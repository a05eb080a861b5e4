package org.engram.store.internal.neurons;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** The hash by which keys are found. */
@FunctionalInterface
interface KeyHash {

    long of(byte[] bytes, int at, int length);

    /**
     * SipHash-1-3 (Aumasson and Bernstein) under numbers that differ in every process. Nobody who writes keys can know
     * which of them will collide, so no choice of keys makes finding them slow.
     */
    final class Sip implements KeyHash {

        static final KeyHash OF_THIS_PROCESS = ofRandom(new SplittableRandom());

        private static final VarHandle LONG =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

        private final long k0;
        private final long k1;

        Sip(long k0, long k1) {
            this.k0 = k0;
            this.k1 = k1;
        }

        private static KeyHash ofRandom(SplittableRandom random) {
            return new Sip(random.nextLong(), random.nextLong());
        }

        @Override
        public long of(byte[] bytes, int at, int length) {
            long v0 = k0 ^ 0x736f6d6570736575L;
            long v1 = k1 ^ 0x646f72616e646f6dL;
            long v2 = k0 ^ 0x6c7967656e657261L;
            long v3 = k1 ^ 0x7465646279746573L;
            int words = length / Long.BYTES;
            // The words of the message, the last filled up with its length, then three rounds without input.
            for (int i = 0; i < words + 4; i++) {
                long word = 0;
                if (i < words) {
                    word = (long) LONG.get(bytes, at + i * Long.BYTES);
                } else if (i == words) {
                    word = rest(bytes, at + words * Long.BYTES, at + length) | ((long) length << 56);
                } else if (i == words + 1) {
                    v2 ^= 0xff;
                }
                v3 ^= word;
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
                v0 ^= word;
            }
            return v0 ^ v1 ^ v2 ^ v3;
        }

        /** The last bytes, fewer than a word. */
        private static long rest(byte[] bytes, int from, int to) {
            long word = 0;
            for (int i = to - 1; i >= from; i--) {
                word = (word << 8) | (bytes[i] & 0xff);
            }
            return word;
        }
    }
}
