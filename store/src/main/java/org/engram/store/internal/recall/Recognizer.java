package org.engram.store.internal.recall;

import java.util.List;
import java.util.Objects;
import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Judgement;
import org.engram.store.Recall;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Chooses how to search for a cue, and judges what was found. Recalls that follow one another use the same searches, so
 * that they allocate little except their answers. Safe for any number of threads.
 */
public final class Recognizer {

    private static final int KEPT = 4;
    /** If more than one neuron in this many is real-valued, these cost more than the bits of all neurons. */
    private static final int MANY_REAL = 32;

    final Pool<BitSearch> byBits;
    final Pool<FewSearch> byFew;
    final Pool<FloatSearch> byFloats;
    final Pool<RealSearch> byDifferences;
    private final Pool<Within> within;
    /** For bipolar cues in a store with masks. */
    final MaskedRecognizer masked;

    private final Weights weights;

    public Recognizer(Weights weights) {
        // Made at opening: if it were made by a recall whose stack ends meanwhile, it would be lost to all later ones.
        Objects.requireNonNull(Idle.CUE);
        this.weights = weights;
        this.masked = new MaskedRecognizer(weights);
        this.byBits = new Pool<>(KEPT, () -> new BitSearch(weights));
        this.byFew = new Pool<>(KEPT, () -> new FewSearch(weights));
        this.byFloats = new Pool<>(KEPT, () -> new FloatSearch(weights));
        this.byDifferences = new Pool<>(KEPT, () -> new RealSearch(weights));
        this.within = new Pool<>(KEPT, () -> new Within(weights));
    }

    /** The name of the kernel that all recalls of this JVM use. The first call chooses it, and may refuse. */
    public static String kernel() {
        return Kernels.selected().name();
    }

    public Recall recall(Votes cue, NeuronTable.View neurons, Request request) {
        if (isMasked(cue)) {
            return masked.recall(cue, neurons, request);
        }
        if (isSearchedAmongFew(cue, neurons, request)) {
            return searchFew(cue, neurons, request);
        }
        if (isSearchedByBits(cue, neurons, request)) {
            return searchBits(cue, neurons, request);
        }
        return Differences.rank(cue, neurons)
                ? searchDifferences(cue, neurons, request)
                : searchFloats(cue, neurons, request);
    }

    /** Whether a recall reads no stripes. */
    public boolean isByBits(Votes cue, NeuronTable.View neurons, Request request) {
        return isMasked(cue) || isSearchedAmongFew(cue, neurons, request) || isSearchedByBits(cue, neurons, request);
    }

    private static boolean isSearchedAmongFew(Votes cue, NeuronTable.View neurons, Request request) {
        return neurons.isFew() && isRankedByCounts(cue, neurons, request);
    }

    private static boolean isRankedByCounts(Votes cue, NeuronTable.View neurons, Request request) {
        return Responses.isCounted(cue, request.path()) && Deficits.rankAll(neurons);
    }

    /** Whether unknown pixels count apart. For a unipolar cue they do not: equation (4) takes their weights as 0. */
    boolean isMasked(Votes cue) {
        return weights.hasMasks() && cue.coding() == Coding.BIPOLAR;
    }

    /** Whether the deficits of two-valued neurons are counted and rank them as their responses do. */
    boolean isSearchedByBits(Votes cue, NeuronTable.View neurons, Request request) {
        boolean manyReal = Differences.rank(cue, neurons) && neurons.notTwoValued() > neurons.count() / MANY_REAL;
        return !manyReal && !neurons.isFew() && isRankedByCounts(cue, neurons, request);
    }

    /** A new array of the responses of all neurons, NaN for retired ones. */
    public float[] responses(Votes cue, NeuronTable.View neurons, Request request) {
        FloatSearch search = byFloats.borrow();
        float[] q = Responses.copy(search.responses(cue, neurons, request), neurons);
        byFloats.giveBack(search);
        return q;
    }

    private Recall searchBits(Votes cue, NeuronTable.View neurons, Request request) {
        BitSearch search = byBits.borrow();
        search.run(cue, neurons, request);
        Recall recall = answerTo(cue, search, neurons, request);
        byBits.giveBack(search);
        return recall;
    }

    private Recall searchFew(Votes cue, NeuronTable.View neurons, Request request) {
        FewSearch search = byFew.borrow();
        search.run(cue, neurons, request);
        Recall recall = search.isWonByReal()
                ? searchDifferences(cue, neurons, request)
                : answer(cue, search.result, neurons, request);
        byFew.giveBack(search);
        return recall;
    }

    /** The answer to what was found among bits. If a real-valued neuron won, all are searched again. */
    Recall answerTo(Votes cue, BitSearch search, NeuronTable.View neurons, Request request) {
        return search.isWonByReal()
                ? searchDifferences(cue, neurons, request)
                : answer(cue, search.result, neurons, request);
    }

    private Recall searchDifferences(Votes cue, NeuronTable.View neurons, Request request) {
        RealSearch search = byDifferences.borrow();
        search.run(cue, neurons, request);
        Recall recall = answer(cue, search.result, neurons, request);
        byDifferences.giveBack(search);
        return recall;
    }

    private Recall searchFloats(Votes cue, NeuronTable.View neurons, Request request) {
        FloatSearch search = byFloats.borrow();
        search.run(cue, search.responses(cue, neurons, request), neurons, request);
        Recall recall = answer(cue, search.result, neurons, request);
        byFloats.giveBack(search);
        return recall;
    }

    Recall answer(Votes cue, SearchResult search, NeuronTable.View neurons, Request request) {
        if (search.ranked().size() == 0) {
            return new Recall(Judgement.NONE, List.of());
        }
        if (!request.hasRadius()) {
            return answer(cue, search, search.ranked(), neurons, request);
        }
        Within near = within.borrow();
        near.run(cue, search.measured(), neurons, request);
        Recall recall = answer(cue, search, near.ranked, neurons, request);
        within.giveBack(near);
        return recall;
    }

    private Recall answer(Votes cue, SearchResult search, Ranking ranked, NeuronTable.View neurons, Request request) {
        Candidate[] named = new Candidate[Math.min(ranked.size(), request.candidates())];
        for (int rank = 0; rank < named.length; rank++) {
            named[rank] = candidate(cue, ranked, rank, neurons);
        }
        List<Candidate> candidates = List.of(named);
        if (!request.judged()
                || named.length == 0
                || named[0].neuron() != search.ranked().neuron(0)) {
            return new Recall(Judgement.NONE, candidates);
        }
        Judgement judgement = new Judging(cue, search, neurons, weights)
                .of(candidates, ranked, neurons.live(), request.criteriaOr(neurons.criteria()));
        return new Recall(judgement, candidates);
    }

    private Candidate candidate(Votes cue, Ranking ranked, int rank, NeuronTable.View neurons) {
        int neuron = ranked.neuron(rank);
        float q = ranked.response(rank);
        double deficit = ranked.deficit(rank);
        if (deficit == Ranking.NO_DEFICIT) {
            deficit = new Distances(weights).to(neuron, Exhibit.of(cue, weights).values());
        }
        return new Candidate(
                neuron,
                neurons.key(neuron),
                q,
                (double) q / weights.geometry().pixels(),
                cue.agreement(deficit),
                deficit);
    }
}
