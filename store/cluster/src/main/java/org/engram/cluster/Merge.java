package org.engram.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Contest;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Judgement;
import org.engram.store.Judgement.Rival;
import org.engram.store.Pattern;
import org.engram.store.Recall;
import org.jspecify.annotations.Nullable;

/**
 * Makes one answer of the shares that segments have sent, each segment once. It is the answer that one store with all
 * of them would give, except that ties are named by key. Not safe for threads.
 */
final class Merge {

    private final Cue cue;
    private final Scope scope;
    private final BitSet white;
    private final BitSet voters;
    private final List<Hit> hits = new ArrayList<>();
    private final List<Integer> unsent = new ArrayList<>();
    private int[] sketches = {};
    /** How many patterns live in all segments. */
    private long live;
    /** That of the winner; null before it is known, and when nothing votes. */
    private @Nullable Contest contest;

    Merge(Cue cue, Scope scope) {
        this.cue = cue;
        this.scope = scope;
        this.white = cue.shown().toBitSet();
        this.voters = voters(cue, white);
    }

    /** Only white pixels of a unipolar cue vote. */
    private static BitSet voters(Cue cue, BitSet white) {
        return switch (cue.coding()) {
            case BIPOLAR -> cue.visible().toBitSet();
            case UNIPOLAR -> white;
        };
    }

    void add(Share share) {
        hits.addAll(share.hits());
        unsent.add(share.unsent());
        sketches = Contest.together(sketches, share.sketches());
    }

    /** Ranks the shares, and begins the contest of the winner. No share is added from here on. */
    void rank() {
        hits.sort(Hit.NEAREST_FIRST);
        live = Arrays.stream(sketches).asLongStream().sum();
        if (!hits.isEmpty() && cue.voters() > 0) {
            Contest begun = new Contest(cue, pattern(hits.getFirst()), sketches);
            hits.stream().skip(1).forEach(hit -> begun.add(pattern(hit)));
            contest = begun;
        }
    }

    /** Whether patterns that the share in this place has not sent can still change the contrast. */
    boolean isOpen(int place) {
        return contest != null && unsent.get(place) != Share.NONE && contest.canChange(unsent.get(place));
    }

    Champion champion() {
        int ofWinner = hits.getFirst().deficit();
        return new Champion(
                Shown.of(cue), hits.getFirst(), sketches, unsent.stream().allMatch(least -> least > ofWinner));
    }

    /** Adds what was found for the champion, if there is a contest. */
    void add(Standing standing) {
        if (contest != null) {
            contest.add(standing.least(), standing.twin());
        }
    }

    /** The answer by these criteria. */
    Recall recall(Criteria criteria) {
        List<Hit> named = named();
        List<Candidate> candidates = named.stream().map(this::candidate).toList();
        if (candidates.isEmpty()) {
            return new Recall(Judgement.NONE, List.of());
        }
        Contest over = contest;
        if (over == null) {
            return new Recall(new Judgement(List.of(), false, Double.NaN, blind(named.size())), candidates);
        }
        List<Rival> rivals = named.stream()
                .skip(1)
                .map(hit -> over.rival(pattern(hit), live))
                .toList();
        boolean tied =
                hits.size() > 1 && hits.get(1).deficit() == hits.getFirst().deficit();
        return new Recall(over.judgement(candidates.getFirst(), tied, live, criteria, rivals), candidates);
    }

    private static List<Rival> blind(int named) {
        List<Rival> rivals = new ArrayList<>();
        for (int i = 1; i < named; i++) {
            rivals.add(new Rival(-1, Double.NaN, Double.NaN, false));
        }
        return rivals;
    }

    private List<Hit> named() {
        return hits.stream()
                .limit(scope.nearest())
                .takeWhile(hit -> scope.isWithin(hit.deficit(), agreement(hit)))
                .toList();
    }

    private Candidate candidate(Hit hit) {
        float q = whiteVoters() - hit.deficit();
        return new Candidate(-1, hit.key(), q, (double) q / cue.geometry().pixels(), agreement(hit), hit.deficit());
    }

    private int whiteVoters() {
        BitSet both = (BitSet) voters.clone();
        both.and(white);
        return both.cardinality();
    }

    private double agreement(Hit hit) {
        return Scope.agreement(cue, hit.deficit());
    }

    private Pattern pattern(Hit hit) {
        return Bits.pattern(cue.geometry(), hit.bits());
    }
}
