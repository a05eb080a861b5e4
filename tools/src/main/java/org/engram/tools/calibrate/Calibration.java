package org.engram.tools.calibrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Progress;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.tools.console.Failure;
import org.engram.tools.image.Shown;

/**
 * What was measured of a store. Patterns are those that live in it, some of them grey or not, and sampled those that
 * were shown. Nearest is, of every sampled pattern, the share of pixels in which the nearest other one differs, or the
 * mean squared difference where there is grey. The conditions are the answers, for each share hidden and each noise. Now is what the store judges by.
 */
record Calibration(
        int patterns,
        boolean grey,
        int sampled,
        List<Double> nearest,
        List<Condition> conditions,
        Criteria now,
        Recommendation recommendation) {

    /**
     * How to measure: the shares of the picture to hide and of the visible pixels to damage, 0 to below 1, and how many
     * patterns to show at most. Mistakes is the share of wrong answers to accept where no criterion avoids them all.
     */
    record Plan(List<Double> hidden, List<Double> noise, int sample, long seed, double mistakes) {

        int steps() {
            return 1 + hidden.size() * noise.size();
        }
    }

    private static final RecallOptions TWO = RecallOptions.DEFAULT.withCandidates(2);

    static Calibration of(PatternStore store, Plan plan, Progress progress) {
        List<Neuron> live = store.neurons();
        List<Integer> neurons =
                new ArrayList<>(live.stream().map(Neuron::neuron).toList());
        boolean grey = !live.stream().allMatch(Neuron::twoValued);
        if (neurons.size() < Criteria.COMPANY) {
            throw Failure.usage(
                    "too few patterns to calibrate with: expected at least %d, found %d; memorize more, until then agreement decides"
                            .formatted(Criteria.COMPANY, neurons.size()));
        }
        int patterns = neurons.size();
        Collections.shuffle(neurons, new Random(plan.seed));
        List<Integer> sample = neurons.subList(0, Math.min(plan.sample, patterns));
        List<Pattern> shown = sample.stream().map(store::pattern).toList();
        List<Double> nearest = nearest(store, sample, shown);
        int done = 1;
        progress.at(done, plan.steps());
        CueMaker cues = new CueMaker(shown, plan.seed);
        List<Condition> conditions = new ArrayList<>();
        for (double hidden : plan.hidden) {
            for (double noise : plan.noise) {
                conditions.add(condition(store, sample, shown, cues, hidden, noise));
                progress.at(++done, plan.steps());
            }
        }
        Recommendation recommendation = Recommendation.of(conditions, grey, store.criteria(), plan.mistakes);
        return new Calibration(patterns, grey, sample.size(), nearest, conditions, store.criteria(), recommendation);
    }

    private static List<Double> nearest(PatternStore store, List<Integer> sample, List<Pattern> shown) {
        List<Recall> recalls = store.recallAll(shown.stream().map(Cue::bipolar).toList(), TWO);
        return IntStream.range(0, shown.size())
                .mapToObj(i -> other(recalls.get(i), sample.get(i)))
                .toList();
    }

    private static double other(Recall recall, int neuron) {
        Candidate other = recall.candidates().stream()
                .filter(candidate -> candidate.neuron() != neuron)
                .findFirst()
                .orElseThrow();
        return 1 - other.agreement();
    }

    private static Condition condition(
            PatternStore store, List<Integer> sample, List<Pattern> shown, CueMaker cues, double hidden, double noise) {
        List<Trial> stored = trials(
                store,
                sample,
                i -> cues.stored(i, hidden, noise),
                (i, winner) -> winner == sample.get(i) || store.pattern(winner).equals(shown.get(i)));
        List<Trial> unseen = trials(store, sample, i -> cues.unseen(i, hidden, noise), (i, winner) -> false);
        return new Condition(hidden, noise, stored, unseen);
    }

    /** Whether a winner is the right one for the cue of this index. */
    private interface Right {
        boolean is(int index, int winner);
    }

    private static List<Trial> trials(PatternStore store, List<Integer> sample, IntFunction<Shown> cue, Right right) {
        List<Shown> shown = IntStream.range(0, sample.size()).mapToObj(cue).toList();
        List<Recall> bipolar = recall(store, shown, Coding.BIPOLAR);
        List<Recall> unipolar = recall(store, shown, Coding.UNIPOLAR);
        return IntStream.range(0, sample.size())
                .mapToObj(i -> Trial.of(
                        bipolar.get(i),
                        unipolar.get(i),
                        right.is(i, bipolar.get(i).neuron())))
                .toList();
    }

    private static List<Recall> recall(PatternStore store, List<Shown> shown, Coding coding) {
        return store.recallAll(shown.stream().map(one -> one.cue(coding)).toList(), RecallOptions.DEFAULT);
    }

    List<Trial> stored() {
        return Condition.all(conditions, Condition::stored);
    }

    List<Trial> unseen() {
        return Condition.all(conditions, Condition::unseen);
    }

    /** How many sampled patterns are stored twice. */
    long twins() {
        return nearest.stream().filter(share -> share == 0).count();
    }
}
