package org.engram.tools.paper;

import java.util.function.Predicate;
import org.engram.store.Coding;
import org.engram.store.Verdict;
import org.engram.tools.image.Shown;

/**
 * How little of one symbol is enough: its lower right square is made smaller until the recall fails. Sides are in
 * pixels. The neuron is recalled at these sides and at every larger one. By the paper's rule without ties, only the
 * lowest of tied neurons is recalled; with ties, each of them is.
 */
record SmallestSquare(int unipolar, int unipolarTied, int bipolar) {

    static SmallestSquare of(Subject subject, int neuron) {
        return new SmallestSquare(
                smallest(subject, neuron, Coding.UNIPOLAR, outcome -> outcome.isAccepted() && outcome.named()),
                smallest(
                        subject,
                        neuron,
                        Coding.UNIPOLAR,
                        outcome -> outcome.isAccepted() && outcome.place() != Outcome.Place.BEHIND),
                smallest(
                        subject,
                        neuron,
                        Coding.BIPOLAR,
                        outcome -> outcome.verdict() == Verdict.RECOGNISED && outcome.named()));
    }

    private static int smallest(Subject subject, int neuron, Coding coding, Predicate<Outcome> recalled) {
        int side = subject.geometry().width();
        while (side >= 1
                && recalled.test(Outcome.of(
                        subject.store(),
                        Shown.lowerRight(subject.patterns().get(neuron), side).cue(coding),
                        neuron))) {
            side--;
        }
        return side + 1;
    }
}
