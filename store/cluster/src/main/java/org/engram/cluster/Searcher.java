package org.engram.cluster;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.engram.store.Candidate;
import org.engram.store.Contest;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;

/**
 * Searches segments of this member for others. It speaks for a segment only if the segment was here, open and readable,
 * before and after. A segment that is moved away meanwhile is left to its new owner. Safe for any number of threads.
 */
final class Searcher {

    private final Segments segments;
    private final IntPredicate readable;
    private final Geometry geometry;

    /** The predicate tells whether a segment may be read from this member now. */
    Searcher(Segments segments, IntPredicate readable, Geometry geometry) {
        this.segments = segments;
        this.readable = readable;
        this.geometry = geometry;
    }

    /** A pattern in one segment that is near to a cue. Its bits are read only if it is among the nearest of all. */
    private record Found(Candidate candidate, String key, Segment segment) {

        static final Comparator<Found> NEAREST_FIRST = Comparator.<Found>comparingDouble(
                        found -> found.candidate.deficit())
                .thenComparing(Found::key);
    }

    /** What is known of the answer to one cue. */
    private static final class Draft {
        final List<Found> found = new ArrayList<>();
        int unsent = Share.NONE;
        int[] sketches = {};
        int live;
    }

    Nearest nearest(BitSet asked, List<Shown> shown, Scope scope) {
        List<Cue> cues = shown.stream().map(one -> one.cue(geometry)).toList();
        List<Draft> drafts = new ArrayList<>();
        cues.forEach(cue -> drafts.add(new Draft()));
        BitSet searched = new BitSet();
        asked.stream().forEach(number -> {
            Segment segment = segments.get(number);
            if (segment == null || !readable.test(number)) {
                return;
            }
            try {
                List<Draft> here = search(segment, cues, scope);
                if (readable.test(number) && segments.get(number) == segment) {
                    searched.set(number);
                    for (int i = 0; i < here.size(); i++) {
                        add(here.get(i), drafts.get(i));
                    }
                }
            } catch (EngramException.Closed moved) {
                // its new owner is asked
            }
        });
        try {
            return new Nearest(
                    searched.toByteArray(),
                    drafts.stream().map(draft -> share(draft, scope)).toList());
        } catch (EngramException.Closed | EngramException.UnknownNeuron changed) {
            return new Nearest(new byte[0], List.of());
        }
    }

    private static void add(Draft here, Draft all) {
        all.found.addAll(here.found);
        all.unsent = Math.min(all.unsent, here.unsent);
        all.sketches = Contest.together(all.sketches, here.sketches);
        all.live = Math.min(Criteria.COMPANY, all.live + here.live);
    }

    private static List<Draft> search(Segment segment, List<Cue> cues, Scope scope) {
        return segment.reading(store -> {
            RecallOptions among = scope.among();
            int wanted = wanted(scope.nearest() == Scope.ALL ? 1 : scope.nearest());
            RecallOptions some = among.withCandidates(Math.max(wanted + 1, Criteria.COMPANY));
            List<Recall> recalls = store.recallAll(cues, some);
            List<Draft> drafts = new ArrayList<>();
            for (int i = 0; i < cues.size(); i++) {
                drafts.add(draft(segment, store, recalls.get(i).candidates(), wanted, cues.get(i), scope, among));
            }
            return drafts;
        });
    }

    private static Draft draft(
            Segment segment,
            PatternStore store,
            List<Candidate> nearest,
            int wanted,
            Cue cue,
            Scope scope,
            RecallOptions among) {
        Draft draft = new Draft();
        draft.live = nearest.size();
        draft.sketches = store.network().sketches(cue, among);
        List<Candidate> named = nearest;
        if (nearest.size() >= Math.max(wanted + 1, Criteria.COMPANY)) {
            double last = nearest.getLast().deficit();
            draft.unsent = (int) last;
            if (scope.nearest() == Scope.ALL && scope.isWithin(last, agreement(cue, last))) {
                named = store.recall(cue, scope.within(among)).candidates();
            } else if (last == nearest.get(wanted - 1).deficit()) {
                // The key decides which of several tied patterns is named, so all of them are needed.
                named = store.recall(cue, among.withinDeficit(last)).candidates();
            }
        }
        named.forEach(candidate -> draft.found.add(new Found(candidate, candidate.key(), segment)));
        return draft;
    }

    /** How many to ask for: one more than is named, which shows a tie. */
    private static int wanted(int named) {
        return named == Scope.ALL ? Scope.ALL : named + 1;
    }

    private static double agreement(Cue cue, double deficit) {
        return cue.voters() == 0 ? 0 : Math.max(0, 1 - deficit / cue.voters());
    }

    private static Share share(Draft draft, Scope scope) {
        draft.found.sort(Found.NEAREST_FIRST);
        int sent = Math.min(draft.found.size(), wanted(scope.nearest()));
        int unsent = draft.unsent;
        if (sent < draft.found.size()) {
            unsent = Math.min(unsent, (int) draft.found.get(sent).candidate().deficit());
        }
        List<Hit> hits = new ArrayList<>();
        for (Found found : draft.found.subList(0, sent)) {
            Candidate candidate = found.candidate();
            byte[] bits = Bits.of(found.segment().reading(store -> store.pattern(candidate.neuron())));
            hits.add(new Hit(found.key(), (int) candidate.deficit(), bits));
        }
        return new Share(hits, unsent, draft.sketches, draft.live);
    }

    Standings rivals(BitSet asked, List<Champion> champions, Scope scope) {
        List<Contest> contests = champions.stream().map(this::contest).toList();
        BitSet searched = new BitSet();
        asked.stream().forEach(number -> {
            Segment segment = segments.get(number);
            if (segment == null || !readable.test(number)) {
                return;
            }
            try {
                for (int i = 0; i < champions.size(); i++) {
                    addRivals(contests.get(i), segment, champions.get(i).winner(), scope);
                }
                if (readable.test(number) && segments.get(number) == segment) {
                    searched.set(number);
                }
            } catch (EngramException.Closed moved) {
                // its new owner is asked
            }
        });
        return new Standings(
                searched.toByteArray(),
                contests.stream()
                        .map(contest -> new Standing(contest.least(), contest.hasTwin()))
                        .toList());
    }

    private Contest contest(Champion champion) {
        Pattern winner = Bits.pattern(geometry, champion.winner().bits());
        return new Contest(champion.cue().cue(geometry), winner, champion.sketches());
    }

    private static void addRivals(Contest contest, Segment segment, Hit winner, Scope scope) {
        segment.reading(store -> {
            int home = store.neuronOf(winner.key()).orElse(-1);
            store.network().addRivals(contest, home, scope.among());
            return null;
        });
    }
}
