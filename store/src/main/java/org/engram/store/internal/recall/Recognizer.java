package org.engram.store.internal.recall;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Judgement;
import org.engram.store.Recall;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * From a cue to an answer: chooses how to search, and judges what was found. Searches are kept and used again, so that
 * recalls one after the other allocate little but their answers. Safe for any number of threads.
 */
public final class Recognizer {

    private final Weights weights;
    /** Shared with recalls from many cues at once. */
    final SearchPool searches;

    public Recognizer(Weights weights) {
        this.weights = weights;
        this.searches = new SearchPool(weights);
    }

    public Recall recall(Votes cue, NeuronTable.View neurons, Request request) {
        return isSearchedByBits(cue, neurons, request)
                ? searchBits(cue, neurons, request)
                : searchFloats(cue, neurons, request);
    }

    /** Whether deficits rank the neurons as responses do. */
    boolean isSearchedByBits(Votes cue, NeuronTable.View neurons, Request request) {
        return Responses.isCounted(cue, request.path()) && Deficits.rankAll(neurons);
    }

    /** A new array of all responses, NaN for retired neurons. */
    public float[] responses(Votes cue, NeuronTable.View neurons, Request request) {
        FloatSearch search = searches.byFloats.borrow();
        float[] q = Arrays.copyOf(search.responses(cue, neurons, request), neurons.count());
        searches.byFloats.giveBack(search);
        Responses.blankRetired(q, neurons);
        return q;
    }

    private Recall searchBits(Votes cue, NeuronTable.View neurons, Request request) {
        BitSearch search = searches.byBits.borrow();
        search.run(cue, neurons, request);
        Recall recall = answer(cue, search, neurons, request);
        searches.byBits.giveBack(search);
        return recall;
    }

    private Recall searchFloats(Votes cue, NeuronTable.View neurons, Request request) {
        FloatSearch search = searches.byFloats.borrow();
        search.run(cue, neurons, request);
        Recall recall = answer(cue, search, neurons, request);
        searches.byFloats.giveBack(search);
        return recall;
    }

    /** Judges what was found. */
    Recall answer(Votes cue, SearchResult search, NeuronTable.View neurons, Request request) {
        if (search.ranked().size() == 0) {
            return new Recall(Judgement.NONE, List.of());
        }
        int named = Math.min(search.ranked().size(), request.candidates());
        Candidate winner = candidate(cue, search, 0, neurons);
        List<Candidate> candidates = named == 1 ? List.of(winner) : new ArrayList<>(named);
        if (named > 1) {
            candidates.add(winner);
            for (int rank = 1; rank < named; rank++) {
                candidates.add(candidate(cue, search, rank, neurons));
            }
        }
        Judgement judgement = new Judging(cue, search, weights)
                .of(candidates, neurons.live(), request.criteriaOr(neurons.criteria()));
        return new Recall(judgement, candidates);
    }

    private Candidate candidate(Votes cue, SearchResult search, int rank, NeuronTable.View neurons) {
        int neuron = search.ranked().neuron(rank);
        long deficit = search.ranked().deficit(rank);
        double agreement;
        if (cue.voters() == 0) {
            agreement = 0;
        } else if (deficit != Ranking.NO_DEFICIT) {
            agreement = 1 - (double) deficit / cue.voters();
        } else {
            agreement = Math.max(0, 1 - meanDifference(cue, neuron));
        }
        float q = search.ranked().response(rank);
        return new Candidate(
                neuron, neurons.key(neuron), q, (double) q / weights.geometry().pixels(), agreement);
    }

    private double meanDifference(Votes cue, int neuron) {
        MemorySegment stripe = weights.w(neuron);
        double sum = 0;
        for (int j = 0; j < weights.geometry().pixels(); j++) {
            if (cue.floats()[j] != 0) {
                sum += Math.abs(cue.shown(j) - stripe.get(LittleEndian.FLOAT, (long) j * Float.BYTES));
            }
        }
        return sum / cue.voters();
    }
}
