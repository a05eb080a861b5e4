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

    /** Shows the store a cue for every neuron. */
    static Outcomes of(Subject subject, Coding coding, IntFunction<Shown> shown) {
        return new Outcomes(IntStream.range(0, subject.neurons())
                .parallel()
                .mapToObj(i -> Outcome.of(subject.store(), shown.apply(i).cue(coding), i))
                .toList());
    }

    /**
     * How often the right neuron is the answer and accepted, which is called recalled. Of tied neurons the lowest is
     * the answer.
     */
    int recalled() {
        return count(outcome -> outcome.named() && outcome.isAccepted());
    }

    /** How often the right neuron alone responds most and is accepted. */
    int alone() {
        return count(outcome -> outcome.place() == Outcome.Place.ALONE && outcome.isAccepted());
    }

    /** How often the right neuron responds most, others respond exactly as much, and it is accepted. */
    int tied() {
        return count(outcome -> outcome.place() == Outcome.Place.TIED && outcome.isAccepted());
    }

    /** How often another neuron responds more and is accepted. */
    int wrong() {
        return count(outcome -> outcome.place() == Outcome.Place.BEHIND && outcome.isAccepted());
    }

    /** How often nothing is accepted. */
    int rejected() {
        return count(outcome -> !outcome.isAccepted());
    }

    /** How often the right neuron is the answer, accepted or not. */
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
