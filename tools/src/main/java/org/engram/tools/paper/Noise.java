package org.engram.tools.paper;

import java.util.List;
import org.engram.store.Coding;
import org.engram.tools.image.Shown;

/** A share of the visible pixels is turned from white to black or back, the same pixels for both codings. */
final class Noise {

    /** Shares of the visible pixels. */
    static final List<Double> SHARES = List.of(0.1, 0.2, 0.3);

    private static final long SEED = 0x0E27_A9B1_44C3_5D06L;

    private Noise() {}

    /**
     * The counts in both codings, with a share of the visible pixels flipped and a square of {@code side} pixels
     * visible.
     */
    record Result(double flipped, int side, double visible, Outcomes unipolar, Outcomes bipolar) {}

    static Result run(Subject subject, double share, int side) {
        return new Result(
                share,
                side,
                subject.visible(side),
                Outcomes.of(subject, Coding.UNIPOLAR, i -> shown(subject, i, share, side)),
                Outcomes.of(subject, Coding.BIPOLAR, i -> shown(subject, i, share, side)));
    }

    /** The noisy square of one neuron; always the same. */
    static Shown shown(Subject subject, int neuron, double share, int side) {
        return Shown.lowerRight(subject.patterns().get(neuron), side).flipped(share, SEED + 1000L * side + neuron);
    }
}
