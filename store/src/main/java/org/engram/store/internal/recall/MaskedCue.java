package org.engram.store.internal.recall;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Criteria;
import org.engram.store.Judgement;
import org.engram.store.Judgement.Criterion;
import org.engram.store.Judgement.Rival;
import org.engram.store.Recall;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.MaskKernel;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;
import org.jspecify.annotations.Nullable;

/**
 * What a search among neurons with unknown pixels finds for one cue. A first pass ranks the neurons. A second one compares
 * all of them with the winner. Threads may share a pass.
 *
 * <p>The winner i and a rival j are compared on the pixels T that the cue and both know. e is the share, of the pixels
 * in which i and j differ, in which the cue speaks for j. Their contrast is {@code (1 - 2 e) / (1 - 2 d_i)}, which is
 * that of {@link Contrast} where all pixels are known. Where T is too small to tell, only the shares are left: the pair
 * counts as unrelated patterns, which differ in half of all pixels, and the contrast is {@code (d_j - d_i) / (0.5 (1 -
 * 2 d_i))}.
 */
final class MaskedCue {

    /** A neuron competes if it shares this many pixels with the cue, or a quarter of what the cue shows. */
    private static final int ENOUGH = 128;

    private static final int QUARTER = 4;

    private final Votes cue;
    private final Weights weights;
    private final NeuronTable.View neurons;
    private final Request request;
    private final MaskKernel kernel = Kernels.masks();
    private final int least;
    private final MaskedRanking ranking;
    /** The neurons that are named. They are the ranked ones, unless a radius tells which. */
    private final MaskedRanking named;

    private final Contrast contrast = new Contrast();
    /** The winner on the pixels that it and the cue both know, and on those of them in which they differ. */
    private final Shown[] winner = new Shown[2];

    private int competing;

    MaskedCue(Votes cue, Weights weights, NeuronTable.View neurons, Request request) {
        this.cue = cue;
        this.weights = weights;
        this.neurons = neurons;
        this.request = request;
        this.least = Math.clamp(Math.ceilDiv(cue.voters(), QUARTER), 1, ENOUGH);
        this.ranking = new MaskedRanking(request.searched(), least);
        this.named = request.hasRadius() ? new MaskedRanking(request.candidates(), least) : ranking;
    }

    Shown shown() {
        return cue.bits();
    }

    /** Takes the counts of neighbouring neurons: the deficits, and the numbers of pixels that they share with the cue. */
    synchronized void rank(int first, int count, int[] deficits, int[] shared) {
        for (int i = 0; i < count; i++) {
            if (neurons.isLive(first + i)) {
                competing += shared[i] >= least ? 1 : 0;
                ranking.offer(first + i, deficits[i], shared[i]);
                if (named != ranking
                        && shared[i] >= least
                        && request.radius().holds(deficits[i], agreement(deficits[i], shared[i]))) {
                    named.offer(first + i, deficits[i], shared[i]);
                }
            }
        }
    }

    /** What the second pass shows, or nothing when no neuron competes. */
    Shown[] winner() {
        if (ranking.size() == 0 || !ranking.competes(0)) {
            contrast.undefine();
            return new Shown[0];
        }
        contrast.begin(ranking.deficit(0), ranking.shared(0), cue.isInCrowd(competing));
        int words = weights.bitLayout().words();
        long[] white = new long[words];
        long[] both = new long[words];
        long[] wrong = new long[words];
        int neuron = ranking.neuron(0);
        weights.maskedBits(neuron).copy(neuron, white, both);
        for (int w = 0; w < words; w++) {
            both[w] &= cue.bits().voters()[w];
            wrong[w] = (white[w] ^ cue.bits().white()[w]) & both[w];
        }
        winner[0] = new Shown(white, both);
        winner[1] = new Shown(white, wrong);
        return winner;
    }

    /**
     * How a neuron stands against the winner. The contrast is {@code behind / (distance (1 - 2 d_i))}; a twin has
     * distance 0.
     */
    private record Pair(double behind, double distance, boolean isDirect) {}

    /**
     * Compares the winner with neighbouring neurons. The counts are those of the pixels on which both can be compared,
     * of those in which they differ, and of those in which the cue speaks for the neuron.
     */
    synchronized void compare(int first, int count, int[] common, int[] distances, int[] against) {
        for (int i = 0; i < count; i++) {
            int neuron = first + i;
            if (neurons.isLive(neuron) && neuron != ranking.neuron(0)) {
                Pair pair = pair(neuron, common[i], distances[i], against[i]);
                if (pair != null) {
                    contrast.add(ranking.deficit(0) + pair.behind, pair.distance);
                }
            }
        }
    }

    /** The pair of a neuron and the winner; null when the neuron does not compete. */
    private @Nullable Pair pair(int neuron, int common, int distance, int against) {
        if (common >= least) {
            return new Pair(distance - 2.0 * against, distance, true);
        }
        int[] deficit = new int[1];
        int[] shares = new int[1];
        count(neuron, cue.bits(), deficit, shares);
        if (shares[0] < least) {
            return null;
        }
        long behind = (long) deficit[0] * ranking.shared(0) - (long) ranking.deficit(0) * shares[0];
        return new Pair(2.0 * behind, behind == 0 ? 0 : (double) ranking.shared(0) * shares[0], false);
    }

    private void count(int neuron, Shown shown, int[] deficit, int[] shared) {
        kernel.count(weights.maskedBits(neuron), neuron, 1, new Shown[] {shown}, 1, new int[][] {deficit}, new int[][] {
            shared
        });
    }

    Recall answer() {
        List<Candidate> candidates = new ArrayList<>(named.size());
        for (int rank = 0; rank < named.size(); rank++) {
            candidates.add(candidate(rank));
        }
        if (candidates.isEmpty() || named.neuron(0) != ranking.neuron(0)) {
            return new Recall(Judgement.NONE, candidates);
        }
        List<Rival> rivals = new ArrayList<>();
        for (int rank = 1; rank < named.size(); rank++) {
            rivals.add(rival(rank));
        }
        Judgement judgement = new Judgement(
                criteria(candidates.get(0).agreement(), request.criteriaOr(neurons.criteria())),
                contrast.hasTwin(few()),
                contrast.reported(),
                rivals);
        return new Recall(judgement, candidates);
    }

    private Candidate candidate(int rank) {
        int neuron = named.neuron(rank);
        int deficit = weights.pixelBits(neuron).distance(cue.positive(), cue.mask());
        float q = neurons.gain(neuron) * (cue.positives() - deficit);
        return new Candidate(
                neuron,
                neurons.key(neuron),
                q,
                (double) q / weights.geometry().pixels(),
                agreement(named.deficit(rank), named.shared(rank)),
                named.deficit(rank));
    }

    private static double agreement(int deficit, int shared) {
        return shared == 0 ? 0 : 1 - (double) deficit / shared;
    }

    private Rival rival(int rank) {
        int neuron = named.neuron(rank);
        if (!contrast.isDefined()) {
            return noRival(neuron);
        }
        int[] apart = new int[1];
        int[] common = new int[1];
        int[] against = new int[1];
        count(neuron, winner[1], against, common);
        count(neuron, winner[0], apart, common);
        Pair pair = pair(neuron, common[0], apart[0], against[0]);
        if (pair == null) {
            return noRival(neuron);
        }
        Contrast alone = new Contrast();
        alone.begin(ranking.deficit(0), ranking.shared(0), cue.isInCrowd(competing));
        alone.add(ranking.deficit(0) + pair.behind, pair.distance);
        double distance = pair.isDirect ? (double) apart[0] / common[0] : Double.NaN;
        return new Rival(neuron, alone.reported(), distance, alone.hasTwin(few()));
    }

    private static Rival noRival(int neuron) {
        return new Rival(neuron, Double.NaN, Double.NaN, false);
    }

    private List<Criterion> criteria(double agreement, Criteria criteria) {
        if (!contrast.isDefined()) {
            return List.of();
        }
        return Judging.ofNearest(competing, contrast, agreement, criteria.among(competing, cue.visible()));
    }

    private boolean few() {
        return competing < Criteria.COMPANY;
    }
}
