package org.engram.cluster;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.engram.store.Contest;
import org.engram.store.Cue;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Pattern;

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

    Nearest nearest(BitSet asked, List<Shown> shown, Scope scope) {
        Map<Integer, Segment> here = new TreeMap<>();
        asked.stream().filter(readable).forEach(number -> {
            Segment segment = segments.get(number);
            if (segment != null && segment.isSound()) {
                here.put(number, segment);
            }
        });
        List<Cue> cues = shown.stream().map(one -> one.cue(geometry)).toList();
        try {
            List<Share> shares = new Search(List.copyOf(here.values()), cues, scope).shares();
            if (shares.size() == cues.size() && here.keySet().stream().allMatch(number -> isStill(number, here))) {
                BitSet searched = new BitSet();
                here.keySet().forEach(searched::set);
                return new Nearest(searched.toByteArray(), shares);
            }
        } catch (EngramException.Closed | EngramException.UnknownNeuron changed) {
            // whoever has them now is asked
        }
        return new Nearest(new byte[0], List.of());
    }

    private boolean isStill(int number, Map<Integer, Segment> here) {
        return readable.test(number) && segments.get(number) == here.get(number);
    }

    Standings rivals(BitSet asked, List<Champion> champions, Scope scope) {
        List<Contest> contests = champions.stream().map(this::contest).toList();
        BitSet searched = new BitSet();
        asked.stream().forEach(number -> {
            Segment segment = segments.get(number);
            if (segment == null || !segment.isSound() || !readable.test(number)) {
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
        Contest contest = new Contest(champion.cue().cue(geometry), winner, champion.sketches());
        if (champion.tiesAreKnown()) {
            contest.knowTies();
        }
        return contest;
    }

    private static void addRivals(Contest contest, Segment segment, Hit winner, Scope scope) {
        segment.reading(store -> {
            int home = store.neuronOf(winner.key()).orElse(-1);
            store.network().addRivals(contest, home, scope.among());
            return null;
        });
    }
}
