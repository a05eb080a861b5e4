package org.engram.store;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * From responses to an answer: which neurons respond most, how far the winner stands out, whether that is enough. Safe
 * for any number of threads.
 *
 * <p>Between black and white patterns everything follows from the responses. With P votes for white, a neuron of gain g
 * disagrees with {@code P - q / g} of the voters; shown the winner itself as a cue, that counts the pixels in which a
 * rival differs from it.
 */
final class Recognizer {

    /** A neuron that disagrees with more voters than this many times the winner's cannot lower the contrast below 0.5. */
    private static final int RIVAL_FACTOR = 3;

    private final Geometry geometry;
    private final StripeMapping w;
    private final StripeMapping v;
    private final Responder responder;

    Recognizer(Geometry geometry, StripeMapping w, StripeMapping v, Responder responder) {
        this.geometry = geometry;
        this.w = w;
        this.v = v;
        this.responder = responder;
    }

    Recall recall(Cue cue, int k, Criteria criteria, NeuronTable.View neurons) {
        float[] q = responder.borrowResponses(cue, neurons.count());
        try {
            TopNeurons top = new TopNeurons(k);
            for (int i = 0; i < neurons.count(); i++) {
                if (neurons.isLive(i)) {
                    top.offer(i, q[i]);
                }
            }
            List<Candidate> candidates = new ArrayList<>(top.size());
            for (int rank = 0; rank < top.size(); rank++) {
                candidates.add(candidate(cue, top.neuron(rank), top.response(rank), neurons));
            }
            if (candidates.isEmpty()) {
                return new Recall(Verdict.UNKNOWN, Double.NaN, candidates);
            }
            return judge(cue, candidates, criteria, neurons, q);
        } finally {
            responder.giveBack(q);
        }
    }

    private Candidate candidate(Cue cue, int neuron, float q, NeuronTable.View neurons) {
        double agreement;
        if (cue.voters() == 0) {
            agreement = 0;
        } else if (cue.isBlackAndWhite() && neurons.isCountable(neuron, geometry)) {
            agreement = 1 - (double) disagreeing(cue, q, neurons.gains()[neuron]) / cue.voters();
        } else {
            agreement = Math.max(0, 1 - meanDifference(cue, neuron));
        }
        return new Candidate(neuron, neurons.keys()[neuron], q, (double) q / geometry.pixels(), agreement);
    }

    /** The voters that a neuron's pattern does not agree with, from its response. */
    private static long disagreeing(Cue cue, float q, float gain) {
        return Math.round(cue.positives() - (double) q / gain);
    }

    private double meanDifference(Cue cue, int neuron) {
        MemorySegment stripe = w.stripe(neuron);
        double sum = 0;
        for (int j = 0; j < geometry.pixels(); j++) {
            if (cue.votes()[j] != 0) {
                sum += Math.abs(cue.shown(j) - stripe.get(ScalarKernel.LITTLE_ENDIAN_FLOAT, (long) j * Float.BYTES));
            }
        }
        return sum / cue.voters();
    }

    private Recall judge(Cue cue, List<Candidate> candidates, Criteria criteria, NeuronTable.View neurons, float[] q) {
        Candidate winner = candidates.get(0);
        boolean comparable =
                cue.isBlackAndWhite() && neurons.isCountable(winner.neuron(), geometry) && cue.voters() > 0;
        Contrast contrast = comparable ? contrast(cue, winner.neuron(), neurons, q) : Contrast.UNDEFINED;
        return new Recall(verdict(cue, winner, contrast, criteria, neurons, q), contrast.reported(), candidates);
    }

    private static Verdict verdict(
            Cue cue, Candidate winner, Contrast contrast, Criteria criteria, NeuronTable.View neurons, float[] q) {
        boolean recognised;
        boolean tied = contrast.hasTwin();
        if (cue.voters() == 0 || !Float.isFinite(winner.q())) {
            recognised = false;
        } else if (cue.coding() == Coding.UNIPOLAR || !contrast.isDefined()) {
            recognised = winner.normalisedQ() >= criteria.threshold();
            tied = isTied(winner, neurons, q);
        } else if (neurons.live() < Criteria.COMPANY) {
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

    private static boolean isTied(Candidate winner, NeuronTable.View neurons, float[] q) {
        for (int j = 0; j < neurons.count(); j++) {
            if (q[j] == winner.q() && j != winner.neuron() && neurons.isLive(j)) {
                return true;
            }
        }
        return false;
    }

    /**
     * How the winner stands against its rivals.
     *
     * @param overOthers the least contrast over rivals that differ from it on the voters, 0 to 1
     * @param hasTwin whether a rival is the same on all of them
     */
    private record Contrast(double overOthers, boolean hasTwin) {

        static final Contrast UNDEFINED = new Contrast(Double.NaN, false);

        boolean isDefined() {
            return !Double.isNaN(overOthers);
        }

        double reported() {
            return hasTwin ? 0 : overOthers;
        }
    }

    private Contrast contrast(Cue cue, int winner, NeuronTable.View neurons, float[] q) {
        long ofWinner = disagreeing(cue, q[winner], neurons.gains()[winner]);
        double share = 1 - 2.0 * ofWinner / cue.voters();
        int[] rivals = rivals(cue, winner, ofWinner, neurons, q);
        if (rivals.length == 0) {
            return new Contrast(1, false);
        }
        Cue winnerShown = cue.likeStripe(v.stripe(winner).toArray(ScalarKernel.LITTLE_ENDIAN_FLOAT));
        float[] toWinner = responder.borrowResponses(winnerShown, rivals, neurons.count());
        double least = 1;
        boolean twin = false;
        for (int j : rivals) {
            long differing = disagreeing(winnerShown, toWinner[j], neurons.gains()[j]);
            if (differing == 0) {
                twin = true;
            } else {
                long behind = disagreeing(cue, q[j], neurons.gains()[j]) - ofWinner;
                least = Math.min(least, share <= 0 ? 0 : Math.max(0, behind / (differing * share)));
            }
        }
        responder.giveBack(toWinner);
        return new Contrast(least, twin);
    }

    private int[] rivals(Cue cue, int winner, long ofWinner, NeuronTable.View neurons, float[] q) {
        IntArrayList rivals = new IntArrayList();
        for (int j = 0; j < neurons.count(); j++) {
            if (j != winner
                    && neurons.isLive(j)
                    && neurons.isCountable(j, geometry)
                    && disagreeing(cue, q[j], neurons.gains()[j]) <= RIVAL_FACTOR * ofWinner) {
                rivals.addInt(j);
            }
        }
        return rivals.toIntArray();
    }
}
