package org.engram.tools.paper;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.engram.store.Coding;
import org.engram.store.Verdict;
import org.engram.tools.console.Spread;
import org.engram.tools.image.Shown;

/** How the store answered one cue for each of its neurons, in their order. */
record Outcomes(List<Outcome> list) {

    Outcomes {
        list = List.copyOf(list);
    }

    /** Shows the store something of every neuron. */
    static Outcomes of(Subject subject, Coding coding, IntFunction<Shown> shown) {
        return new Outcomes(IntStream.range(0, subject.neurons())
                .parallel()
                .mapToObj(i -> Outcome.of(subject.store(), shown.apply(i).cue(coding), i))
                .toList());
    }

    /** The right neuron is the answer, the lowest of those that tie, and accepted: what is called recalled. */
    int recalled() {
        return count(outcome -> outcome.named() && outcome.isAccepted());
    }

    /** The right neuron alone responds most, and is accepted. */
    int alone() {
        return count(outcome -> outcome.place() == Outcome.Place.ALONE && outcome.isAccepted());
    }

    /** The right neuron responds most, but others exactly as much; accepted. */
    int tied() {
        return count(outcome -> outcome.place() == Outcome.Place.TIED && outcome.isAccepted());
    }

    /** Another neuron responds more, and is accepted. */
    int wrong() {
        return count(outcome -> outcome.place() == Outcome.Place.BEHIND && outcome.isAccepted());
    }

    /** Nothing is accepted. */
    int rejected() {
        return count(outcome -> !outcome.isAccepted());
    }

    /** The right neuron is the answer, accepted or not. */
    int named() {
        return count(Outcome::named);
    }

    int recognised() {
        return count(outcome -> outcome.verdict() == Verdict.RECOGNISED);
    }

    int ambiguous() {
        return count(outcome -> outcome.verdict() == Verdict.AMBIGUOUS);
    }

    List<Double> contrasts() {
        return list.stream().map(Outcome::contrast).toList();
    }

    double leastContrast() {
        return Spread.of(list, Outcome::contrast).least();
    }

    private int count(Predicate<Outcome> test) {
        return Math.toIntExact(list.stream().filter(test).count());
    }
}
