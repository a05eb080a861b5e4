package org.engram.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Measures how well a store tells what it knows from what it does not, and recommends criteria. It shows the store its own
 * patterns, and mosaics of them that were never stored, through the same windows and with the same noise. Every tile of a
 * mosaic comes from another stored pattern, from the same place. The store is only read. Immutable, safe for any number of
 * threads; the same seed measures the same.
 *
 * <pre>{@code
 * store.setCriteria(Calibrator.DEFAULT.measure(store, (done, total) -> {}).recommended());
 * }</pre>
 *
 * @param hidden the shares of the picture to hide, 0 to below 1
 * @param noise the shares of the visible pixels to damage, 0 to below 1, as {@link Pattern#withNoise} does it
 * @param sample how many patterns to show at most, at least {@link Criteria#COMPANY}
 * @param seed what chooses patterns, windows and noise
 * @param mistakes the share of wrong answers to accept where no criterion avoids them all, 0 to below 1
 */
public record Calibrator(List<Double> hidden, List<Double> noise, int sample, long seed, double mistakes) {

    /** Whole pictures, halves and quarters, clean and with 10 % and 20 % noise, of 500 patterns. */
    public static final Calibrator DEFAULT =
            new Calibrator(List.of(0.0, 0.5, 0.75), List.of(0.0, 0.1, 0.2), 500, 1, 0.001);

    private static final RecallOptions TWO = RecallOptions.DEFAULT.withCandidates(2);

    /** Copies the lists.
     * @throws IllegalArgumentException if a number is out of range */
    public Calibrator {
        hidden = requireShares("hidden", hidden);
        noise = requireShares("noise", noise);
        requireShares("mistakes", List.of(mistakes));
        if (sample < Criteria.COMPANY) {
            throw new IllegalArgumentException(
                    "sample is out of range: expected at least %s, found %s".formatted(Criteria.COMPANY, sample));
        }
    }

    private static List<Double> requireShares(String what, List<Double> shares) {
        for (double share : shares) {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException(
                        "%s is out of range: expected shares from 0 to below 1, found %s".formatted(what, share));
            }
        }
        return List.copyOf(shares);
    }

    /** Sets the damage.
     * @param hiddenShares of the picture
     * @param noiseShares of the visible pixels
     * @return a copy with all pairs of them */
    public Calibrator withDamage(List<Double> hiddenShares, List<Double> noiseShares) {
        return new Calibrator(hiddenShares, noiseShares, sample, seed, mistakes);
    }

    /** Sets what is shown.
     * @param most patterns
     * @param choice the seed
     * @return a copy with them */
    public Calibrator withSample(int most, long choice) {
        return new Calibrator(hidden, noise, most, choice, mistakes);
    }

    /** Sets how many wrong answers to accept.
     * @param share of the answers that may be wrong
     * @return a copy with it */
    public Calibrator withMistakes(double share) {
        return new Calibrator(hidden, noise, sample, seed, share);
    }

    /** How many steps a measurement takes.
     * @return as {@link Progress} counts them */
    public int steps() {
        return 1 + hidden.size() * noise.size();
    }

    /** Measures a store.
     * @param store with at least {@link Criteria#COMPANY} patterns
     * @param progress is told after each step, and may throw to stop
     * @return what was measured
     * @throws IllegalArgumentException if there are fewer patterns */
    public Calibration measure(PatternStore store, Progress progress) {
        List<Neuron> live = store.neurons();
        List<Integer> neurons =
                new ArrayList<>(live.stream().map(Neuron::neuron).toList());
        boolean grey = !live.stream().allMatch(Neuron::twoValued);
        if (neurons.size() < Criteria.COMPANY) {
            throw new IllegalArgumentException(
                    "too few patterns to calibrate with: expected at least %s, found %s; memorize more, until then agreement decides"
                            .formatted(Criteria.COMPANY, neurons.size()));
        }
        int patterns = neurons.size();
        Collections.shuffle(neurons, new Random(seed));
        List<Integer> chosen = neurons.subList(0, Math.min(sample, patterns));
        List<Pattern> shown = chosen.stream().map(store::pattern).toList();
        List<Double> nearest = nearest(store, chosen, shown);
        int done = 1;
        progress.at(done, steps());
        TrialCues cues = new TrialCues(shown, seed);
        List<Calibration.Condition> conditions = new ArrayList<>();
        for (double hiding : hidden) {
            for (double damage : noise) {
                conditions.add(condition(store, chosen, shown, cues, hiding, damage));
                progress.at(++done, steps());
            }
        }
        Recommendation recommendation = Recommendation.of(conditions, grey, store.criteria(), mistakes);
        return new Calibration(
                patterns,
                grey,
                chosen.size(),
                nearest,
                conditions,
                store.criteria(),
                recommendation.criteria(),
                recommendation.reasons());
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

    private static Calibration.Condition condition(
            PatternStore store,
            List<Integer> sample,
            List<Pattern> shown,
            TrialCues cues,
            double hidden,
            double noise) {
        List<Calibration.Trial> stored = trials(
                store,
                sample,
                i -> cues.stored(i, hidden, noise),
                (i, winner) -> winner == sample.get(i) || store.pattern(winner).equals(shown.get(i)));
        List<Calibration.Trial> unseen =
                trials(store, sample, i -> cues.unseen(i, hidden, noise), (i, winner) -> false);
        return new Calibration.Condition(hidden, noise, stored, unseen);
    }

    /** Whether a winner is the right one for the cue of this index. */
    private interface Right {
        boolean is(int index, int winner);
    }

    private static List<Calibration.Trial> trials(
            PatternStore store, List<Integer> sample, IntFunction<TrialCues.Shown> cue, Right right) {
        List<TrialCues.Shown> shown =
                IntStream.range(0, sample.size()).mapToObj(cue).toList();
        List<Recall> bipolar = recall(store, shown, Coding.BIPOLAR);
        List<Recall> unipolar = recall(store, shown, Coding.UNIPOLAR);
        return IntStream.range(0, sample.size())
                .mapToObj(i -> new Calibration.Trial(
                        right.is(i, bipolar.get(i).neuron()),
                        bipolar.get(i),
                        unipolar.get(i).normalisedQ()))
                .toList();
    }

    private static List<Recall> recall(PatternStore store, List<TrialCues.Shown> shown, Coding coding) {
        return store.recallAll(shown.stream().map(one -> one.cue(coding)).toList(), RecallOptions.DEFAULT);
    }
}
