package org.engram.store.internal.recall;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Recall;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.MaskKernel;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Recalls from bipolar cues in a store with masks. Several cues share each of two passes over the bits of all neurons. One
 * cue alone is searched for in the same way, so that the answer is the same. Safe for any number of threads.
 */
final class MaskedRecognizer {

    /** The most cues of a pass. Their counts stay in the nearer caches. */
    private static final int CUES = 16;

    private static final int RUN = 256;

    private final Weights weights;

    MaskedRecognizer(Weights weights) {
        this.weights = weights;
    }

    Recall recall(Votes cue, NeuronTable.View neurons, Request request) {
        return recall(List.of(cue), neurons, request).get(0);
    }

    List<Recall> recall(List<Votes> cues, NeuronTable.View neurons, Request request) {
        List<Recall> answers = new ArrayList<>(cues.size());
        for (int from = 0; from < cues.size(); from += CUES) {
            List<MaskedCue> together = cues.subList(from, Math.min(cues.size(), from + CUES)).stream()
                    .map(cue -> new MaskedCue(requireTwoValued(cue), weights, neurons, request))
                    .toList();
            rank(together, neurons, request);
            compare(together, neurons, request);
            together.forEach(cue -> answers.add(cue.answer()));
        }
        return answers;
    }

    private static Votes requireTwoValued(Votes cue) {
        if (!cue.isTwoValued()) {
            throw new EngramException.InvalidPattern(Diagnosis.of("cue does not fit a store with masks")
                    .expected("a black and white cue", "a real-valued one")
                    .remedy("make it black and white"));
        }
        return cue;
    }

    private void rank(List<MaskedCue> cues, NeuronTable.View neurons, Request request) {
        Shown[] shown = cues.stream().map(MaskedCue::shown).toArray(Shown[]::new);
        pass(shown, neurons, request, (first, count, deficits, shared) -> {
            for (int c = 0; c < shown.length; c++) {
                cues.get(c).rank(first, count, deficits[c], shared[c]);
            }
        });
    }

    private void compare(List<MaskedCue> cues, NeuronTable.View neurons, Request request) {
        List<MaskedCue> answered = new ArrayList<>();
        List<Shown> winners = new ArrayList<>();
        for (MaskedCue cue : cues) {
            List<Shown> winner = List.of(cue.winner());
            winners.addAll(winner);
            if (!winner.isEmpty()) {
                answered.add(cue);
            }
        }
        pass(winners.toArray(Shown[]::new), neurons, request, (first, count, deficits, shared) -> {
            for (int c = 0; c < answered.size(); c++) {
                answered.get(c).compare(first, count, shared[2 * c], deficits[2 * c], deficits[2 * c + 1]);
            }
        });
    }

    /** Takes the counts of neighbouring neurons, a row for each that is shown. */
    @FunctionalInterface
    private interface Taker {
        void take(int first, int count, int[][] deficits, int[][] shared);
    }

    private void pass(Shown[] shown, NeuronTable.View neurons, Request request, Taker taker) {
        if (shown.length == 0) {
            return;
        }
        MaskKernel kernel = Kernels.masks();
        int perChunk = weights.bitsPerChunk();
        request.forEachChunk(Math.ceilDiv(neurons.count(), perChunk), (chunk, _) -> {
            int[][] deficits = new int[shown.length][RUN];
            int[][] shared = new int[shown.length][RUN];
            int end = Math.min(neurons.count(), (chunk + 1) * perChunk);
            neurons.forEachSpan(chunk * perChunk, end - chunk * perChunk, (from, some) -> {
                for (int first = from; first < from + some; first += RUN) {
                    int count = Math.min(RUN, from + some - first);
                    kernel.count(weights.maskedBits(first), first, count, shown, shown.length, deficits, shared);
                    taker.take(first, count, deficits, shared);
                }
            });
        });
    }
}
