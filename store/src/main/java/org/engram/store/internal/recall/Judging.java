package org.engram.store.internal.recall;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Judgement;
import org.engram.store.Judgement.Criterion;
import org.engram.store.Judgement.Measure;
import org.engram.store.Judgement.Rival;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.kernel.ShownValues;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;
import org.jspecify.annotations.Nullable;

/** Judges the answer to a cue. Only this class decides which criteria apply. Not safe for threads. */
final class Judging {

    private final Votes cue;
    private final SearchResult search;
    private final NeuronTable.View neurons;
    private final Weights weights;
    private final boolean isByResponse;

    /** The search must have ranked at least one neuron. */
    Judging(Votes cue, SearchResult search, NeuronTable.View neurons, Weights weights) {
        this.cue = cue;
        this.search = search;
        this.neurons = neurons;
        this.weights = weights;
        this.isByResponse = cue.voters() > 0
                && (cue.coding() == Coding.UNIPOLAR
                        || !search.contrast().isDefined()
                        || !Float.isFinite(search.ranked().response(0)));
    }

    /** Judges the candidates, which are the first of {@code named}. {@code live} neurons of the store are live. */
    Judgement of(List<Candidate> candidates, Ranking named, int live, Criteria criteria) {
        boolean few = live < Criteria.COMPANY;
        return new Judgement(
                criteria(candidates.get(0), live, criteria),
                isByResponse
                        ? search.ranked().size() > 1 && isTied(search.ranked(), 1)
                        : search.contrast().hasTwin(few),
                search.contrast().reported(),
                rivals(candidates, named, few));
    }

    private List<Criterion> criteria(Candidate winner, int live, Criteria criteria) {
        if (cue.voters() == 0) {
            return List.of();
        }
        if (isByResponse) {
            return ofResponse(winner, criteria);
        }
        boolean twoValued = cue.isTwoValued() && neurons.isTwoValued(winner.neuron());
        double agreement = twoValued ? winner.agreement() : 1 - unexplained();
        Criteria asked = twoValued ? criteria.among(live, cue.visible()) : criteria;
        return ofNearest(live, search.contrast(), agreement, asked);
    }

    private static List<Criterion> ofResponse(Candidate winner, Criteria criteria) {
        return List.of(Measure.THRESHOLD.of(winner.normalisedQ(), criteria));
    }

    /**
     * Judges the winner of several stores, all black and white as the cue is. Its contrast is over the rivals in all of them.
     * It is tied when another neuron responds as much.
     */
    static Judgement overStores(
            Votes cue,
            Candidate winner,
            boolean tied,
            Contrast contrast,
            long live,
            Criteria criteria,
            List<Rival> rivals) {
        if (cue.voters() == 0) {
            return new Judgement(List.of(), false, Double.NaN, rivals);
        }
        boolean few = live < Criteria.COMPANY;
        boolean unipolar = cue.coding() == Coding.UNIPOLAR;
        return new Judgement(
                unipolar
                        ? ofResponse(winner, criteria)
                        : ofNearest(live, contrast, winner.agreement(), criteria.among(live, cue.visible())),
                unipolar ? tied : contrast.hasTwin(few),
                contrast.reported(),
                rivals);
    }

    /** What is asked of a winner that is nearest to a cue, among so many live neurons. */
    static List<Criterion> ofNearest(long live, Contrast contrast, double agreement, Criteria criteria) {
        if (live < Criteria.COMPANY) {
            return List.of(Measure.AGREEMENT.of(agreement, criteria));
        }
        return List.of(
                Measure.CONTRAST.of(contrast.overOthers(), criteria), Measure.DISAGREEMENT.of(1 - agreement, criteria));
    }

    /**
     * {@code d_i / s}, 0 to 1: the share of the cue's own differences that the winner does not explain. A pale picture
     * differs little from everything, so d_i alone would take it for any other.
     */
    private double unexplained() {
        double deficit = search.ranked().deficit(0);
        double told = deficit == 0 ? deficitInDoubles() : deficit;
        return told == 0 ? 0 : Math.min(1, told / cue.voters() / cue.spread());
    }

    /** The squares of floats below 1e-22 are 0, so that a sum of them does not tell whether anything differs. */
    private double deficitInDoubles() {
        ShownValues shown = Exhibit.of(cue, weights).values();
        MemorySegment w = weights.w(search.ranked().neuron(0));
        double sum = 0;
        for (int j = 0; j < shown.values().length; j++) {
            double difference = (double) shown.values()[j] - w.getAtIndex(LittleEndian.FLOAT, j);
            sum += shown.minus()[j] == 0 ? 0 : difference * difference;
        }
        return sum / ((double) weights.white() * weights.white());
    }

    private List<Rival> rivals(List<Candidate> candidates, Ranking named, boolean few) {
        if (candidates.size() == 1) {
            return List.of();
        }
        Comparison comparison = search.contrast().isDefined()
                ? new Comparison(weights)
                        .begin(cue, candidates.get(0).neuron(), search.ranked().deficit(0), neurons)
                : null;
        List<Rival> rivals = new ArrayList<>(candidates.size() - 1);
        for (int rank = 1; rank < candidates.size(); rank++) {
            rivals.add(rival(named, rank, comparison, few));
        }
        return rivals;
    }

    private Rival rival(Ranking named, int rank, @Nullable Comparison comparison, boolean few) {
        int neuron = named.neuron(rank);
        double deficit = named.deficit(rank);
        if (comparison == null || deficit == Ranking.NO_DEFICIT) {
            return new Rival(neuron, Double.NaN, Double.NaN, isByResponse && isTied(named, rank));
        }
        double distance = comparison.distance(neuron);
        double contrast = comparison.contrast(search.contrast(), neuron, deficit, distance);
        return new Rival(
                neuron,
                contrast,
                distance / cue.voters(),
                isByResponse ? isTied(named, rank) : distance == 0 || (few && contrast == 0));
    }

    private boolean isTied(Ranking ranked, int rank) {
        return ranked.response(rank) == search.ranked().response(0);
    }
}
