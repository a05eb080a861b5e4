package org.engram.tools.paper;

import java.util.List;
import org.engram.store.Coding;
import org.engram.tools.image.Shown;

/**
 * The counts in both codings when only a square of {@code side} pixels in the lower right corner of each symbol is
 * shown. A share of its pixels is flipped, the same pixels for both codings.
 */
record Square(double flipped, int side, double visible, Outcomes unipolar, Outcomes bipolar) {

    /** The sides that are always measured, in pixels. */
    static final List<Integer> SIDES = List.of(70, 58, 52, 44, 36);

    /** The further sides that only a plot needs. */
    static final List<Integer> MORE_SIDES = List.of(92, 64, 48, 40, 32, 24);

    /** The shares of the visible pixels that noise flips. */
    static final List<Double> NOISE = List.of(0.1, 0.2, 0.3);

    private static final long SEED = 0x0E27_A9B1_44C3_5D06L;

    static Square of(Subject subject, double flipped, int side) {
        return new Square(
                flipped,
                side,
                subject.visible(side),
                Outcomes.of(subject, Coding.UNIPOLAR, i -> shown(subject, i, flipped, side)),
                Outcomes.of(subject, Coding.BIPOLAR, i -> shown(subject, i, flipped, side)));
    }

    /** The square of one neuron; the same pixels are flipped each time. */
    static Shown shown(Subject subject, int neuron, double flipped, int side) {
        return Shown.lowerRight(subject.patterns().get(neuron), side).flipped(flipped, SEED + 1000L * side + neuron);
    }
}
