package org.engram.store.internal.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.engram.store.Candidate;
import org.engram.store.Recall;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Recalls from many cues at once. A cue that the sketches serve well is searched for alone. Most other cues share
 * passes over planes or stripes. Safe for any number of threads.
 */
public final class BatchRecognizer {

    private static final int KEPT = 2;

    private final Weights weights;
    /** Its searches are borrowed: each has room for all neurons, and a cue alone needs the same. */
    private final Recognizer recognizer;

    private final Pool<BatchSearch> together;

    private final Pool<Differences> differences;
    private final Pool<BatchResponses> batches;

    public BatchRecognizer(Weights weights, Recognizer recognizer) {
        this.weights = weights;
        this.recognizer = recognizer;
        this.differences = new Pool<>(KEPT, () -> new Differences(weights));
        this.batches = new Pool<>(KEPT, () -> new BatchResponses(weights));
        this.together = new Pool<>(KEPT, () -> new BatchSearch(weights));
    }

    boolean isMasked(Votes cue) {
        return recognizer.isMasked(cue);
    }

    public List<Recall> recall(List<Votes> cues, NeuronTable.View neurons, Request request) {
        if (weights.hasMasks()) {
            return cues.stream().allMatch(recognizer::isMasked)
                    ? recognizer.masked.recall(cues, neurons, request)
                    : cues.stream()
                            .map(cue -> recognizer.recall(cue, neurons, request))
                            .toList();
        }
        Recall[] answers = new Recall[cues.size()];
        BatchPasses passes = new BatchPasses(weights, recognizer, together, neurons, request, answers);
        List<Integer> compared = new ArrayList<>();
        List<Integer> summed = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            Votes cue = cues.get(i);
            if (recognizer.isSearchedByBits(cue, neurons, request)) {
                passes.search(i, cue, request);
            } else if (neurons.isFew() && Responses.isCounted(cue, request.path())) {
                answers[i] = recognizer.recall(cue, neurons, request);
            } else if (Differences.rank(cue, neurons)) {
                compared.add(i);
            } else if (Responses.isCounted(cue, request.path())) {
                answers[i] = recognizer.recall(cue, neurons, request);
            } else {
                summed.add(i);
            }
        }
        passes.finish();
        if (!compared.isEmpty()) {
            compare(cues, compared, answers, neurons, request);
        }
        if (!summed.isEmpty()) {
            sum(cues, summed, answers, neurons, request);
        }
        return List.of(answers);
    }

    /**
     * For each cue the neurons that disagree with at most so many voters, nearest first, not judged. The store must not have
     * masks.
     */
    public List<List<Candidate>> nearest(List<Votes> cues, int[] most, NeuronTable.View neurons, Request request) {
        Recall[] answers = new Recall[cues.size()];
        BatchPasses passes = new BatchPasses(weights, recognizer, together, neurons, request, answers);
        for (int i = 0; i < answers.length; i++) {
            Request within = request.onlyWithin(most[i]);
            if (recognizer.isSearchedByBits(cues.get(i), neurons, within)) {
                passes.search(i, cues.get(i), within);
            } else {
                answers[i] = recognizer.recall(cues.get(i), neurons, within);
            }
        }
        passes.finish();
        return Stream.of(answers).map(Recall::candidates).toList();
    }

    private void compare(
            List<Votes> cues, List<Integer> compared, Recall[] answers, NeuronTable.View neurons, Request request) {
        RealSearch search = recognizer.byDifferences.borrow();
        forEachDifference(cues, compared, neurons, request, (deficits, i) -> {
            search.run(cues.get(i), deficits, neurons, request);
            answers[i] = recognizer.answer(cues.get(i), search.result, neurons, request);
        });
        recognizer.byDifferences.giveBack(search);
    }

    private void sum(
            List<Votes> cues, List<Integer> summed, Recall[] answers, NeuronTable.View neurons, Request request) {
        FloatSearch search = recognizer.byFloats.borrow();
        forEachSum(cues, summed, neurons, request, (q, i) -> {
            search.run(cues.get(i), q, neurons, request);
            answers[i] = recognizer.answer(cues.get(i), search.result, neurons, request);
        });
        recognizer.byFloats.giveBack(search);
    }

    /** A new array for each cue with the responses of all neurons, NaN for retired ones. */
    public float[][] responses(List<Votes> cues, NeuronTable.View neurons, Request request) {
        float[][] all = new float[cues.size()][];
        List<Integer> compared = new ArrayList<>();
        List<Integer> summed = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            if (Differences.rank(cues.get(i), neurons)) {
                compared.add(i);
            } else if (Responses.isCounted(cues.get(i), request.path())) {
                all[i] = recognizer.responses(cues.get(i), neurons, request);
            } else {
                summed.add(i);
            }
        }
        forEachDifference(cues, compared, neurons, request, (deficits, i) -> {
            Responses.respond(deficits, cues.get(i), neurons, deficits, weights);
            all[i] = Responses.copy(deficits, neurons);
        });
        forEachSum(cues, summed, neurons, request, (q, i) -> all[i] = Responses.copy(q, neurons));
        return all;
    }

    private void forEachDifference(
            List<Votes> cues,
            List<Integer> compared,
            NeuronTable.View neurons,
            Request request,
            ObjIntConsumer<float[]> taker) {
        Differences batch = differences.borrow();
        for (boolean twoValued : new boolean[] {true, false}) {
            List<Integer> some = compared.stream()
                    .filter(i -> cues.get(i).isTwoValued() == twoValued)
                    .toList();
            List<Exhibit> shown =
                    some.stream().map(i -> Exhibit.of(cues.get(i), weights)).toList();
            batch.forEach(shown, neurons, request, (deficits, i) -> taker.accept(deficits, some.get(i)));
        }
        differences.giveBack(batch);
    }

    private void forEachSum(
            List<Votes> cues,
            List<Integer> summed,
            NeuronTable.View neurons,
            Request request,
            ObjIntConsumer<float[]> taker) {
        BatchResponses batch = batches.borrow();
        List<Votes> shown = summed.stream().map(cues::get).toList();
        batch.forEach(shown, neurons, request, (q, i) -> taker.accept(q, summed.get(i)));
        batches.giveBack(batch);
    }
}
