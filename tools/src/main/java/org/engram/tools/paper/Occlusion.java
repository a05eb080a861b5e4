package org.engram.tools.paper;

import java.util.List;
import org.engram.store.Coding;
import org.engram.tools.image.Shown;

/** Only a square in the lower right corner of each symbol is shown. */
final class Occlusion {

    /** The sides that are always measured, in pixels. */
    static final List<Integer> SIDES = List.of(70, 58, 52, 44, 36);

    /** The further sides that only a plot needs. */
    static final List<Integer> MORE_SIDES = List.of(92, 64, 48, 40, 32, 24);

    private Occlusion() {}

    /** The counts in both codings, with a square of {@code side} pixels visible. */
    record Result(int side, double visible, Outcomes unipolar, Outcomes bipolar) {}

    static Result run(Subject subject, int side) {
        return new Result(
                side,
                subject.visible(side),
                outcomes(subject, side, Coding.UNIPOLAR),
                outcomes(subject, side, Coding.BIPOLAR));
    }

    private static Outcomes outcomes(Subject subject, int side, Coding coding) {
        return Outcomes.of(
                subject, coding, i -> Shown.lowerRight(subject.patterns().get(i), side));
    }
}
