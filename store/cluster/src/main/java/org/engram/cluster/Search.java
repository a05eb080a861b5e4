package org.engram.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.engram.store.Candidate;
import org.engram.store.Contest;
import org.engram.store.Cue;
import org.engram.store.RecallOptions;

/**
 * One search for the nearest patterns in some segments of this member. It reads the sketches of all segments first. They
 * tell the contenders, and the k-th nearest of these is a bound for the k nearest of all. Then only what may be within the
 * bound is read, as in one store with all these patterns. Not safe for threads.
 */
final class Search {

    /** More than a member has. */
    private static final int MOST = 1 << 30;

    private final List<Segment> segments;
    private final List<Cue> cues;
    private final Scope scope;
    private final RecallOptions among;
    /** How many of the nearest are looked for: as many as are named, or one where a radius tells how many. */
    private final int wanted;
    /** How many are sent: one more than is named, to show a tie; or {@link Scope#ALL}. */
    private final int sent;
    /** What is near to each cue. */
    private final List<List<Found>> found = new ArrayList<>();

    Search(List<Segment> segments, List<Cue> cues, Scope scope) {
        this.segments = segments;
        this.cues = cues;
        this.scope = scope;
        this.among = scope.among();
        this.wanted = scope.nearest() == Scope.ALL ? 1 : Math.min(scope.nearest(), MOST);
        this.sent = scope.nearest() == Scope.ALL ? Scope.ALL : wanted + 1;
    }

    /** A pattern in one segment that is near to a cue. Its bits are read only if it is sent. */
    private record Found(Candidate candidate, Segment segment) {

        static final Comparator<Found> NEAREST_FIRST = Comparator.comparingDouble(Found::deficit)
                .thenComparing(found -> found.candidate().key());

        double deficit() {
            return candidate.deficit();
        }
    }

    /** A share for each cue; none when the segments have changed meanwhile, so that something near may be left out. */
    List<Share> shares() {
        List<int[][]> sketches = segments.stream().map(this::sketches).toList();
        int[][] all = new int[cues.size()][];
        int[][] contenders = new int[cues.size()][];
        int[] most = new int[cues.size()];
        for (int c = 0; c < most.length; c++) {
            all[c] = together(sketches, c);
            contenders[c] = contenders(cues.get(c), all[c]);
            most[c] = most(cues.get(c), contenders[c]);
            found.add(new ArrayList<>());
        }
        for (int s = 0; s < segments.size(); s++) {
            search(segments.get(s), sketches.get(s), most);
        }
        List<Share> shares = new ArrayList<>();
        for (int c = 0; c < most.length; c++) {
            if (found.get(c).size() < Math.min(wanted, contenders[c].length)) {
                return List.of();
            }
            shares.add(share(found.get(c), contenders[c], all[c]));
        }
        return shares;
    }

    /** How near the sketches of a segment are to each cue. */
    private int[][] sketches(Segment segment) {
        return segment.reading(store ->
                cues.stream().map(cue -> store.network().sketches(cue, among)).toArray(int[][]::new));
    }

    /** How near the sketches of all segments are to one cue. */
    private static int[] together(List<int[][]> sketches, int cue) {
        return sketches.stream().map(ofCues -> ofCues[cue]).reduce(new int[0], Contest::together);
    }

    /** The least deficits of the contenders in all segments, ascending. */
    private int[] contenders(Cue cue, int[] ofAll) {
        RecallOptions some = among.withCandidates(told());
        return segments.stream()
                .map(segment -> segment.reading(store -> store.network().contenders(cue, some, ofAll)))
                .flatMapToInt(Arrays::stream)
                .sorted()
                .limit(told())
                .toArray();
    }

    /** How many contenders are looked at: the next after those that are sent tells how far behind the others are. */
    private int told() {
        return wanted + 2;
    }

    /** The k nearest are not further than this. */
    private int most(Cue cue, int[] contenders) {
        if (scope.nearest() == Scope.ALL) {
            return Math.max(contenders.length == 0 ? 0 : contenders[0], scope.radius(cue));
        }
        return contenders.length < wanted ? Integer.MAX_VALUE : contenders[wanted - 1];
    }

    private void search(Segment segment, int[][] ofCue, int[] most) {
        int[] near = IntStream.range(0, cues.size())
                .filter(c -> nearest(ofCue[c]) <= most[c])
                .toArray();
        if (near.length == 0) {
            return;
        }
        List<Cue> some = Arrays.stream(near).mapToObj(cues::get).toList();
        int[] bounds = Arrays.stream(near).map(c -> most[c]).toArray();
        segment.reading(store -> {
            RecallOptions few = sent == Scope.ALL ? among : among.withCandidates(sent + 1);
            List<List<Candidate>> answers = store.network().nearest(some, bounds, few);
            for (int i = 0; i < near.length; i++) {
                List<Candidate> named = answers.get(i);
                if (named.size() > sent
                        && named.get(sent).deficit() == named.get(sent - 1).deficit()) {
                    // The key decides which of several tied patterns is sent, so all of them are needed.
                    int last = (int) named.get(sent).deficit();
                    named = store.network()
                            .nearest(List.of(some.get(i)), new int[] {last}, among)
                            .getFirst();
                }
                List<Found> ofThis = found.get(near[i]);
                named.forEach(candidate -> ofThis.add(new Found(candidate, segment)));
            }
            return null;
        });
    }

    /** The least deficit of a sketch, which no pattern is below. */
    private static int nearest(int[] sketches) {
        for (int deficit = 0; deficit < sketches.length; deficit++) {
            if (sketches[deficit] > 0) {
                return deficit;
            }
        }
        return Integer.MAX_VALUE;
    }

    private Share share(List<Found> near, int[] contenders, int[] ofAll) {
        near.sort(Found.NEAREST_FIRST);
        List<Hit> hits = near.stream().limit(sent).map(Search::hit).toList();
        int unsent = hits.size() < near.size() ? (int) near.get(hits.size()).deficit() : Share.NONE;
        return new Share(hits, Math.min(unsent, next(hits, contenders)), ofAll);
    }

    /** The least deficit that a contender behind all hits may have. */
    private int next(List<Hit> hits, int[] contenders) {
        int last = hits.isEmpty() ? -1 : hits.getLast().deficit();
        return Arrays.stream(contenders)
                .filter(deficit -> deficit > last)
                .findFirst()
                .orElse(contenders.length < told() ? Share.NONE : last);
    }

    private static Hit hit(Found found) {
        Candidate candidate = found.candidate();
        byte[] bits = Bits.of(found.segment().reading(store -> store.pattern(candidate.neuron())));
        return new Hit(candidate.key(), (int) candidate.deficit(), bits);
    }
}
