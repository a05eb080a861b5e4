package org.engram.store.internal.recall;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Judgement;
import org.engram.store.Judgement.Criterion;
import org.engram.store.Judgement.Measure;
import org.engram.store.Judgement.Rival;
import org.engram.store.internal.format.BitPlane;
import org.engram.store.internal.neurons.Weights;

/** Judges the answer to a cue. Only this class decides which criteria apply. Not safe for threads. */
final class Judging {

    private final Votes cue;
    private final SearchResult search;
    private final Weights weights;
    private final boolean isByResponse;

    /** The search must have ranked at least one neuron. */
    Judging(Votes cue, SearchResult search, Weights weights) {
        this.cue = cue;
        this.search = search;
        this.weights = weights;
        this.isByResponse = cue.voters() > 0
                && (cue.coding() == Coding.UNIPOLAR
                        || !search.contrast().isDefined()
                        || !Float.isFinite(search.ranked().response(0)));
    }

    /** Judges the candidates, which are the first ranked neurons. {@code live} neurons of the store are live. */
    Judgement of(List<Candidate> candidates, int live, Criteria criteria) {
        return new Judgement(
                criteria(candidates.get(0), live, criteria),
                isByResponse
                        ? search.ranked().size() > 1 && isTied(1)
                        : search.contrast().hasTwin(),
                search.contrast().reported(),
                rivals(candidates));
    }

    private List<Criterion> criteria(Candidate winner, int live, Criteria criteria) {
        if (cue.voters() == 0) {
            return List.of();
        }
        if (isByResponse) {
            return List.of(criterion(Measure.THRESHOLD, winner.normalisedQ(), criteria));
        }
        if (live < Criteria.COMPANY) {
            return List.of(criterion(Measure.AGREEMENT, winner.agreement(), criteria));
        }
        return List.of(
                criterion(Measure.CONTRAST, search.contrast().overOthers(), criteria),
                criterion(Measure.DISAGREEMENT, 1 - winner.agreement(), criteria));
    }

    private static Criterion criterion(Measure measure, double value, Criteria criteria) {
        return new Criterion(measure, value, measure.bar(criteria));
    }

    private List<Rival> rivals(List<Candidate> candidates) {
        if (candidates.size() == 1) {
            return List.of();
        }
        BitPlane winner =
                search.contrast().isDefined() ? weights.plane(candidates.get(0).neuron()) : null;
        List<Rival> rivals = new ArrayList<>(candidates.size() - 1);
        for (int rank = 1; rank < candidates.size(); rank++) {
            rivals.add(rival(rank, candidates.get(rank).neuron(), winner));
        }
        return rivals;
    }

    private Rival rival(int rank, int neuron, BitPlane winner) {
        long deficit = search.ranked().deficit(rank);
        if (winner == null || deficit == Ranking.NO_DEFICIT) {
            return new Rival(neuron, Double.NaN, Double.NaN, isByResponse && isTied(rank));
        }
        int distance = winner.differing(weights.plane(neuron), cue.mask());
        return new Rival(
                neuron,
                search.contrast().to(deficit, distance),
                (double) distance / cue.voters(),
                isByResponse ? isTied(rank) : distance == 0);
    }

    private boolean isTied(int rank) {
        return search.ranked().response(rank) == search.ranked().response(0);
    }
}
