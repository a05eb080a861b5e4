package org.engram.store.internal.recall;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.Recall;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Recalls from many cues at once. Cues that a filter serves are searched for one by one, which reads less than any pass
 * over all planes. The other cues share passes over planes or stripes. Safe for any number of threads.
 */
public final class BatchRecognizer {

    private final Weights weights;
    private final Recognizer recognizer;
    private final SearchPool searches;

    public BatchRecognizer(Weights weights, Recognizer recognizer) {
        this.weights = weights;
        this.recognizer = recognizer;
        this.searches = recognizer.searches;
    }

    public List<Recall> recall(List<Votes> cues, NeuronTable.View neurons, Request request) {
        Recall[] answers = new Recall[cues.size()];
        List<BatchSearch> scans = new ArrayList<>();
        List<Integer> scanned = new ArrayList<>();
        List<Integer> summed = new ArrayList<>();
        BitSearch search = null;
        for (int i = 0; i < answers.length; i++) {
            Votes cue = cues.get(i);
            if (recognizer.isSearchedByBits(cue, neurons, request)) {
                search = search == null ? searches.byBits.borrow() : search;
                if (search.tryFilter(cue, neurons, request)) {
                    answers[i] = recognizer.answer(cue, search, neurons, request);
                } else if (search.guess().isNone()) {
                    answers[i] = recognizer.recall(cue, neurons, request);
                } else {
                    scanned.add(i);
                    lastWithRoom(scans).add(cue, search, request.ranked());
                }
            } else if (Responses.isCounted(cue, request.path())) {
                answers[i] = recognizer.recall(cue, neurons, request);
            } else {
                summed.add(i);
            }
        }
        if (search != null) {
            searches.byBits.giveBack(search);
        }
        scan(cues, scans, scanned, answers, neurons, request);
        sum(cues, summed, answers, neurons, request);
        return List.of(answers);
    }

    private BatchSearch lastWithRoom(List<BatchSearch> scans) {
        if (scans.isEmpty() || scans.get(scans.size() - 1).isFull()) {
            scans.add(new BatchSearch(weights));
        }
        return scans.get(scans.size() - 1);
    }

    private void scan(
            List<Votes> cues,
            List<BatchSearch> scans,
            List<Integer> scanned,
            Recall[] answers,
            NeuronTable.View neurons,
            Request request) {
        request.forEachChunk(scans.size(), (scan, worker) -> scans.get(scan).run(neurons));
        for (int i = 0; i < scanned.size(); i++) {
            Votes cue = cues.get(scanned.get(i));
            SearchResult found = scans.get(i / BatchSearch.CUES).found(i % BatchSearch.CUES, neurons);
            answers[scanned.get(i)] = found == null
                    ? recognizer.recall(cue, neurons, request.withPath(RecallPath.PLANES))
                    : recognizer.answer(cue, found, neurons, request);
        }
    }

    private void sum(
            List<Votes> cues, List<Integer> summed, Recall[] answers, NeuronTable.View neurons, Request request) {
        if (summed.isEmpty()) {
            return;
        }
        BatchResponses batch = searches.batches.borrow();
        FloatSearch search = searches.byFloats.borrow();
        int together = BatchResponses.cues(neurons);
        for (int from = 0; from < summed.size(); from += together) {
            List<Integer> pass = summed.subList(from, Math.min(summed.size(), from + together));
            float[][] responses = batch.of(pass.stream().map(cues::get).toList(), neurons, request);
            for (int i = 0; i < pass.size(); i++) {
                Votes cue = cues.get(pass.get(i));
                search.run(cue, responses[i], neurons, request);
                answers[pass.get(i)] = recognizer.answer(cue, search, neurons, request);
            }
        }
        searches.batches.giveBack(batch);
        searches.byFloats.giveBack(search);
    }

    /** The responses of all neurons to each cue, NaN for retired ones. */
    public float[][] responses(List<Votes> cues, NeuronTable.View neurons, Request request) {
        float[][] all = new float[cues.size()][];
        List<Integer> summed = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            if (Responses.isCounted(cues.get(i), request.path())) {
                all[i] = recognizer.responses(cues.get(i), neurons, request);
            } else {
                summed.add(i);
            }
        }
        BatchResponses batch = searches.batches.borrow();
        int together = BatchResponses.cues(neurons);
        for (int from = 0; from < summed.size(); from += together) {
            List<Integer> pass = summed.subList(from, Math.min(summed.size(), from + together));
            float[][] responses = new float[pass.size()][neurons.count()];
            batch.run(pass.stream().map(cues::get).toList(), neurons, request, responses);
            for (int i = 0; i < pass.size(); i++) {
                Responses.blankRetired(responses[i], neurons);
                all[pass.get(i)] = responses[i];
            }
        }
        searches.batches.giveBack(batch);
        return all;
    }
}
