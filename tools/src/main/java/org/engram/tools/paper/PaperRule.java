package org.engram.tools.paper;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.engram.store.Cue;
import org.engram.store.Judgement;
import org.engram.store.Judgement.Measure;
import org.engram.store.PatternStore;
import org.engram.store.Verdict;

/**
 * The paper's way to recall: the neurons with the largest response win, and are accepted from a fixed q / R on. The
 * winners are in rising order. The paper does not say which of them is the answer. {@code q} holds q / R of neuron i at
 * index i.
 */
record PaperRule(List<Double> q, List<Integer> winners, Verdict verdict) {

    PaperRule {
        q = List.copyOf(q);
        winners = List.copyOf(winners);
    }

    static PaperRule of(PatternStore store, Cue cue) {
        float[] responses = store.network().responses(cue);
        double pixels = store.geometry().pixels();
        List<Double> q = IntStream.range(0, responses.length)
                .mapToObj(i -> responses[i] / pixels)
                .toList();
        double largest = q.stream().mapToDouble(value -> value).max().orElseThrow();
        List<Integer> winners = IntStream.range(0, responses.length)
                .filter(i -> q.get(i) == largest)
                .boxed()
                .toList();
        Judgement judgement = new Judgement(
                List.of(Measure.THRESHOLD.of(largest, store.criteria())), winners.size() > 1, Double.NaN, List.of());
        return new PaperRule(q, winners, judgement.verdict());
    }

    boolean isAccepted() {
        return verdict != Verdict.UNKNOWN;
    }

    String winnerNames() {
        return winners.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    }

    /** The largest q / R. */
    double maxQ() {
        return q.get(winners.get(0));
    }
}
