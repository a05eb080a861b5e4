package org.engram.tools.console;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Tells how numbers are spread. Without numbers every answer is NaN. */
public final class Spread {

    private final double[] sorted;

    private Spread(double[] sorted) {
        this.sorted = sorted;
    }

    /** Sorts one number of each thing. */
    public static <T> Spread of(Collection<T> all, ToDoubleFunction<T> number) {
        return new Spread(all.stream().mapToDouble(number).sorted().toArray());
    }

    public boolean isEmpty() {
        return sorted.length == 0;
    }

    public double least() {
        return at(0);
    }

    public double most() {
        return at(1);
    }

    /** The number that this share (0 to 1) of the numbers does not exceed, by nearest rank. */
    public double at(double share) {
        return isEmpty() ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** The number in the middle, or the mean of the two in the middle. */
    public double median() {
        if (isEmpty()) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double mean() {
        return Arrays.stream(sorted).average().orElse(Double.NaN);
    }
}
