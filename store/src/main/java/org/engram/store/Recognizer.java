package org.engram.store;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From a cue to an answer: chooses how to search, and judges what was found. Searches are kept and used again, so that
 * recalls one after the other allocate nothing but their answers. Safe for any number of threads.
 */
final class Recognizer {

    private static final int KEPT = 4;

    private final Weights weights;
    private final Pool<BitSearch> bitSearches;
    private final Pool<FloatSearch> floatSearches;

    Recognizer(Weights weights) {
        this.weights = weights;
        this.bitSearches = new Pool<>(KEPT, () -> new BitSearch(weights));
        this.floatSearches = new Pool<>(KEPT, () -> new FloatSearch(weights));
    }

    Recall recall(Cue cue, NeuronTable.View neurons, RecallOptions options) {
        return isSearchedByBits(cue, neurons, options)
                ? searchBits(cue, neurons, options)
                : searchFloats(cue, neurons, options);
    }

    /** Whether deficits rank the neurons as responses do. */
    boolean isSearchedByBits(Cue cue, NeuronTable.View neurons, RecallOptions options) {
        return Responses.isCounted(cue, weights, options.path())
                && neurons.hasOneGain()
                && weights.geometry().pixels() <= BitSearch.MAX_PIXELS;
    }

    /** A new array of all responses, NaN for retired neurons. */
    float[] responses(Cue cue, NeuronTable.View neurons, RecallOptions options) {
        FloatSearch search = floatSearches.borrow();
        float[] q = Arrays.copyOf(search.responses(cue, neurons, options), neurons.count());
        floatSearches.giveBack(search);
        neurons.blankRetired(q);
        return q;
    }

    private Recall searchBits(Cue cue, NeuronTable.View neurons, RecallOptions options) {
        BitSearch search = bitSearches.borrow();
        search.run(cue, neurons, options);
        Recall recall = answer(cue, search, neurons, options);
        bitSearches.giveBack(search);
        return recall;
    }

    private Recall searchFloats(Cue cue, NeuronTable.View neurons, RecallOptions options) {
        FloatSearch search = floatSearches.borrow();
        search.run(cue, neurons, options);
        Recall recall = answer(cue, search, neurons, options);
        floatSearches.giveBack(search);
        return recall;
    }

    Pool<BitSearch> bitSearches() {
        return bitSearches;
    }

    Pool<FloatSearch> floatSearches() {
        return floatSearches;
    }

    /** Judges what was found. */
    Recall answer(Cue cue, Search search, NeuronTable.View neurons, RecallOptions options) {
        if (search.ranked().size() == 0) {
            return new Recall(Verdict.UNKNOWN, Double.NaN, List.of());
        }
        int named = Math.min(search.ranked().size(), options.candidates());
        Candidate winner = candidate(cue, search, 0, neurons);
        List<Candidate> candidates = named == 1 ? List.of(winner) : new ArrayList<>(named);
        if (named > 1) {
            candidates.add(winner);
            for (int rank = 1; rank < named; rank++) {
                candidates.add(candidate(cue, search, rank, neurons));
            }
        }
        Verdict verdict = verdict(cue, winner, search, neurons.live(), options.criteriaOr(neurons.criteria()));
        return new Recall(verdict, search.contrast().reported(), candidates);
    }

    private Candidate candidate(Cue cue, Search search, int rank, NeuronTable.View neurons) {
        int neuron = search.ranked().neuron(rank);
        long disagreeing = search.disagreeing(rank);
        double agreement;
        if (cue.voters() == 0) {
            agreement = 0;
        } else if (disagreeing >= 0) {
            agreement = 1 - (double) disagreeing / cue.voters();
        } else {
            agreement = Math.max(0, 1 - meanDifference(cue, neuron));
        }
        float q = search.ranked().response(rank);
        return new Candidate(
                neuron, neurons.key(neuron), q, (double) q / weights.geometry().pixels(), agreement);
    }

    private double meanDifference(Cue cue, int neuron) {
        MemorySegment stripe = weights.w(neuron);
        double sum = 0;
        for (int j = 0; j < weights.geometry().pixels(); j++) {
            if (cue.votes()[j] != 0) {
                sum += Math.abs(cue.shown(j) - stripe.get(LittleEndian.FLOAT, (long) j * Float.BYTES));
            }
        }
        return sum / cue.voters();
    }

    private static Verdict verdict(Cue cue, Candidate winner, Search search, int live, Criteria criteria) {
        Contrast contrast = search.contrast();
        boolean recognised;
        boolean tied = contrast.hasTwin();
        if (cue.voters() == 0 || !Float.isFinite(winner.q())) {
            recognised = false;
        } else if (cue.coding() == Coding.UNIPOLAR || !contrast.isDefined()) {
            recognised = winner.normalisedQ() >= criteria.threshold();
            tied = search.ranked().size() > 1 && search.ranked().response(1) == winner.q();
        } else if (live < Criteria.COMPANY) {
            recognised = winner.agreement() >= criteria.agreement();
        } else {
            recognised =
                    contrast.overOthers() >= criteria.contrast() && 1 - winner.agreement() <= criteria.disagreement();
        }
        if (!recognised) {
            return Verdict.UNKNOWN;
        }
        return tied ? Verdict.AMBIGUOUS : Verdict.RECOGNISED;
    }
}
