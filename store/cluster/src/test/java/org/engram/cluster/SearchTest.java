package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.engram.store.Candidate;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Judgement;
import org.engram.store.Layout;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.store.StoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments of two members are searched as one store with all their patterns is, to the last bit. */
class SearchTest {

    private static final Geometry G = new Geometry(28, 28);
    private static final int SEGMENTS = 6;

    @TempDir
    Path temp;

    /** Pictures in families of look-alikes, some of them the same under several keys. */
    private static Pattern picture(int number) {
        int family = number / 8;
        SplittableRandom random = new SplittableRandom(family);
        BitSet white = new BitSet();
        for (int pixel = 0; pixel < G.pixels(); pixel++) {
            white.set(pixel, random.nextBoolean());
        }
        return flipped(Pattern.twoValued(G, white), number % 8 / 3 * 5, family % 2 * number);
    }

    private static Pattern flipped(Pattern pattern, int pixels, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BitSet white = pattern.toBitSet();
        for (int i = 0; i < pixels; i++) {
            white.flip(random.nextInt(G.pixels()));
        }
        return Pattern.twoValued(G, white);
    }

    private static List<Cue> cues(int stored) {
        List<Cue> cues = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            Pattern near = picture(i * 7 % Math.max(1, stored));
            cues.add(
                    switch (i % 8) {
                        case 0 -> Cue.bipolar(near);
                        case 1 -> Cue.bipolar(near, Mask.lowerRight(G, 9));
                        case 2 -> Cue.bipolar(flipped(near, 60, i));
                        case 3 -> Cue.bipolar(flipped(near, 4, i));
                        case 4 -> Cue.unipolar(near, Mask.lowerRight(G, 14));
                        case 5 -> Cue.bipolar(picture(100_000 + 8 * i));
                        case 6 -> Cue.bipolar(near, Mask.of(G, new BitSet()));
                        default -> Cue.bipolar(near, Mask.lowerRight(G, 2));
                    });
        }
        return cues;
    }

    private void assertAsInOneStore(int stored, List<RecallOptions> all) {
        TreeMap<String, Pattern> patterns = new TreeMap<>();
        for (int i = 0; i < stored; i++) {
            patterns.put("k%05d".formatted(i), picture(i));
        }
        StoreOptions packed = StoreOptions.DEFAULT.withLayout(Layout.PACKED).withGeometry(G);
        try (PatternStore whole = PatternStore.create(temp.resolve("whole"), packed);
                Segments first = new Segments(temp.resolve("first"), G, SEGMENTS);
                Segments second = new Segments(temp.resolve("second"), G, SEGMENTS)) {
            // In the order of the keys, so that ties have the same order here and there.
            whole.memorizeAll(patterns.entrySet());
            patterns.forEach((key, pattern) -> {
                int segment = Math.floorMod(key.hashCode(), SEGMENTS);
                (segment < 2 ? first : second).write(segment, key, Entry.first(Bits.of(pattern), 1));
            });
            List<Searcher> members =
                    List.of(new Searcher(first, segment -> true, G), new Searcher(second, segment -> true, G));
            List<Cue> cues = cues(stored);
            for (RecallOptions options : all) {
                List<Recall> found = recall(members, cues, Scope.of(options));
                for (int i = 0; i < cues.size(); i++) {
                    assertEquals(
                            told(whole.recall(cues.get(i), options)),
                            told(found.get(i)),
                            "%s patterns, cue %s, %s".formatted(stored, i, Scope.of(options)));
                }
            }
        }
    }

    private static List<Recall> recall(List<Searcher> members, List<Cue> cues, Scope scope) {
        BitSet segments = Asking.all(SEGMENTS);
        List<Merge> merges = cues.stream().map(cue -> new Merge(cue, scope)).toList();
        List<Shown> shown = cues.stream().map(Shown::of).toList();
        for (Searcher member : members) {
            List<Share> shares = member.nearest(segments, shown, scope).shares();
            for (int i = 0; i < merges.size(); i++) {
                merges.get(i).add(shares.get(i));
            }
        }
        merges.forEach(Merge::rank);
        for (Merge merge : merges) {
            for (int place = 0; place < members.size(); place++) {
                if (merge.isOpen(place)) {
                    Standings standings = members.get(place).rivals(segments, List.of(merge.champion()), scope);
                    merge.add(standings.standings().getFirst());
                }
            }
        }
        return merges.stream().map(merge -> merge.recall(Criteria.DEFAULT)).toList();
    }

    private static List<Object> told(Recall recall) {
        Judgement judgement = recall.judgement();
        return List.of(
                recall.candidates().stream().map(SearchTest::told).toList(),
                recall.verdict(),
                judgement.criteria(),
                judgement.hasTwin(),
                judgement.contrast(),
                judgement.rivals().stream()
                        .map(rival -> List.of(rival.contrast(), rival.distance(), rival.isTwin()))
                        .toList());
    }

    private static List<Object> told(Candidate candidate) {
        return List.of(candidate.key(), candidate.deficit(), candidate.q(), candidate.agreement());
    }

    @Test
    void manyPatternsAreRankedAndJudgedAsInOneStore() {
        assertAsInOneStore(
                900,
                List.of(
                        RecallOptions.DEFAULT,
                        RecallOptions.DEFAULT.withCandidates(2),
                        RecallOptions.DEFAULT.withCandidates(5),
                        RecallOptions.DEFAULT.withCandidates(100),
                        RecallOptions.DEFAULT.withCandidates(2_000),
                        RecallOptions.DEFAULT.withCandidates(Integer.MAX_VALUE - 1),
                        RecallOptions.DEFAULT.withinDeficit(0),
                        RecallOptions.DEFAULT.withinDeficit(40),
                        RecallOptions.DEFAULT.withinAgreement(0.9).withCandidates(4),
                        RecallOptions.DEFAULT.amongKeysStartingWith("k003").withCandidates(3),
                        RecallOptions.DEFAULT.amongKeys(List.of("k00001", "k00009", "none"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 70})
    void fewPatternsAndNoneAreJudgedAsInOneStore(int stored) {
        List<RecallOptions> all = List.of(
                RecallOptions.DEFAULT,
                RecallOptions.DEFAULT.withCandidates(9),
                RecallOptions.DEFAULT.withinDeficit(30));
        assertAsInOneStore(stored, all);
    }

    @Test
    void aSearchAmongChangesFindsWhatWasThereOrSaysThatItMustBeAskedAgain() throws Exception {
        try (Segments segments = new Segments(temp.resolve("some"), G, SEGMENTS)) {
            for (int i = 0; i < 80; i++) {
                segments.write(i % SEGMENTS, "k" + i, Entry.first(Bits.of(picture(8 * i)), 1));
            }
            byte[][] turns = {Bits.of(flipped(picture(0), 20, 1)), Bits.of(picture(0))};
            AtomicBoolean done = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int i = 2; !done.get(); i++) {
                    segments.write(0, "k0", new Entry(i, turns[i % 2]));
                }
            });
            Searcher searcher = new Searcher(segments, segment -> true, G);
            List<Shown> cue = List.of(Shown.of(Cue.bipolar(picture(0))));
            int covered = 0;
            for (int i = 0; i < 300; i++) {
                Nearest nearest = searcher.nearest(Asking.all(SEGMENTS), cue, Scope.of(RecallOptions.DEFAULT));
                if (nearest.covered().cardinality() == SEGMENTS) {
                    covered++;
                    assertEquals(
                            "k0", nearest.shares().getFirst().hits().getFirst().key());
                }
            }
            done.set(true);
            writer.join();
            assertTrue(covered > 0);
        }
    }
}
