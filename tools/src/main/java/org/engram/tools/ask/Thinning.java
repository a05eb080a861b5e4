package org.engram.tools.ask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Keeps few points, so that the file of a plot stays small, but enough that the plot looks the same: of neurons that
 * would be drawn on top of each other, it keeps those of the largest and the least value.
 */
final class Thinning {

    private record Point(int x, double y) {}

    private final long width;
    private final List<Double> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();
    private long bin = -1;
    private Point leastOfBin;
    private Point largestOfBin;
    private int seen;
    private int highest;

    /** Divides neurons 0 to count - 1 into at most this many bins. */
    Thinning(int bins, int count) {
        width = Math.max(1, ((long) count + bins - 1) / bins);
    }

    /** Neurons come in rising order. */
    void add(int neuron, double value) {
        Point point = new Point(neuron, value);
        if (neuron / width != bin) {
            close();
            bin = neuron / width;
            leastOfBin = point;
            largestOfBin = point;
        } else if (value < leastOfBin.y()) {
            leastOfBin = point;
        } else if (value > largestOfBin.y()) {
            largestOfBin = point;
        }
        seen++;
        highest = neuron;
    }

    private void close() {
        if (bin < 0) {
            return;
        }
        boolean leastIsFirst = leastOfBin.x() <= largestOfBin.x();
        keep(leastIsFirst ? leastOfBin : largestOfBin);
        if (leastOfBin.x() != largestOfBin.x()) {
            keep(leastIsFirst ? largestOfBin : leastOfBin);
        }
        bin = -1;
    }

    private void keep(Point point) {
        x.add((double) point.x());
        y.add(point.y());
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

    int highest() {
        return highest;
    }

    /** The least value; 0 without any. */
    double least() {
        return seen == 0 ? 0 : Collections.min(y());
    }

    /** The largest value; 0 without any. */
    double largest() {
        return seen == 0 ? 0 : Collections.max(y());
    }
}
