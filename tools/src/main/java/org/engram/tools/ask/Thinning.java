package org.engram.tools.ask;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps enough points that a plot looks the same and its file stays small: of neurons that would be drawn one on
 * another, those with the largest and the least value.
 */
final class Thinning {

    private final long width;
    private final List<Double> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();
    private long bin = -1;
    private int leastX;
    private double leastY;
    private int largestX;
    private double largestY;
    private int seen;
    private double least = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private int highest;

    /** Makes as many bins, at most, of neurons 0 to count - 1. */
    Thinning(int bins, int count) {
        width = Math.max(1, ((long) count + bins - 1) / bins);
    }

    /** Takes in a neuron; neurons come in rising order. */
    void add(int neuron, double value) {
        if (neuron / width != bin) {
            close();
            bin = neuron / width;
            leastX = neuron;
            leastY = value;
            largestX = neuron;
            largestY = value;
        } else if (value < leastY) {
            leastX = neuron;
            leastY = value;
        } else if (value > largestY) {
            largestX = neuron;
            largestY = value;
        }
        seen++;
        highest = neuron;
        least = Math.min(least, value);
        largest = Math.max(largest, value);
    }

    private void close() {
        if (bin < 0) {
            return;
        }
        keep(Math.min(leastX, largestX), leastX <= largestX ? leastY : largestY);
        if (leastX != largestX) {
            keep(Math.max(leastX, largestX), leastX < largestX ? largestY : leastY);
        }
        bin = -1;
    }

    private void keep(int neuron, double value) {
        x.add((double) neuron);
        y.add(value);
    }

    /** Says which points were kept; empty when all were. */
    String note(String things) {
        return width == 1 ? "" : "of every %,d %s the largest and the least".formatted(width, things);
    }

    List<Double> x() {
        close();
        return x;
    }

    List<Double> y() {
        close();
        return y;
    }

    int seen() {
        return seen;
    }

    /** The highest neuron. */
    int highest() {
        return highest;
    }

    /** The least value; 0 without any. */
    double least() {
        return seen == 0 ? 0 : least;
    }

    /** The largest value; 0 without any. */
    double largest() {
        return seen == 0 ? 0 : largest;
    }
}
