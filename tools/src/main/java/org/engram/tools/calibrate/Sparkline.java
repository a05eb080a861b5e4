package org.engram.tools.calibrate;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** A histogram of numbers from 0 to 1 in one line of text. */
final class Sparkline {

    static final int BINS = 50;

    private static final String BARS = " ▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /** The tallest bar is a full block; a bin that is not empty has at least the lowest one. */
    static <T> String of(Collection<T> all, ToDoubleFunction<T> number) {
        int[] counts = new int[BINS];
        for (T one : all) {
            counts[bin(number.applyAsDouble(one))]++;
        }
        int most = Math.max(1, Arrays.stream(counts).max().orElse(0));
        StringBuilder line = new StringBuilder(BINS);
        for (int count : counts) {
            line.append(BARS.charAt(Math.ceilDiv(count * (BARS.length() - 1), most)));
        }
        return line.toString();
    }

    /** The bin that a number falls into. */
    static int bin(double value) {
        return Math.clamp((long) (value * BINS), 0, BINS - 1);
    }
}
