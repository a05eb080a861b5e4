package org.engram.tools.draw;

import java.util.ArrayList;
import java.util.List;

/** The range of an axis. */
public record Axis(double min, double max) {

    private static final int TICKS = 6;

    /** A range with round ends that holds all values from low to high. */
    public static Axis around(double low, double high) {
        double spread = high > low ? high - low : Math.max(Math.abs(high) / 10, 1e-6);
        double step = step(spread);
        double min = step * Math.floor(low / step);
        double max = step * Math.ceil(high / step);
        return new Axis(min, max > min ? max : min + step);
    }

    /** Round numbers to write beside the axis, rising. */
    List<Double> ticks() {
        double step = step(max - min);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(min / step - 1e-9); i * step <= max + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** How many decimals the ticks need. */
    int decimals() {
        return Math.max(0, (int) -Math.floor(Math.log10(step(max - min)) + 1e-9));
    }

    /** 1, 2 or 5 times a power of ten, so that there are about this many ticks. */
    private static double step(double spread) {
        double rough = spread / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }

    /** The place of a value, from 0 at the low end to 1 at the high end. */
    double share(double value) {
        return (value - min) / (max - min);
    }
}
