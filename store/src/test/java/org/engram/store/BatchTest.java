package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many cues at once: those that share passes over all planes have the answers that each has alone. */
class BatchTest {

    @TempDir
    Path temp;

    private PatternStore create(Geometry geometry) {
        return PatternStore.create(
                temp.resolve("store"),
                StoreOptions.DEFAULT.withGeometry(geometry).withLayout(Layout.PACKED));
    }

    private static void assertSameAsAlone(PatternStore store, List<Cue> cues) {
        for (RecallOptions options :
                List.of(RecallOptions.DEFAULT, RecallOptions.DEFAULT.withPath(RecallPath.PLANES))) {
            for (int candidates : new int[] {1, 3}) {
                RecallOptions wanted = options.withCandidates(candidates);
                List<Recall> alone =
                        cues.stream().map(cue -> store.recall(cue, wanted)).toList();
                assertEquals(alone, store.recallAll(cues, wanted), "all together");
                assertEquals(alone.subList(0, 2), store.recallAll(cues.subList(0, 2), wanted), "two");
                assertEquals(alone.subList(0, 1), store.recallAll(cues.subList(0, 1), wanted), "one");
                assertEquals(
                        alone.get(0),
                        store.recall(cues.get(0), wanted.withPath(RecallPath.STRIPES)),
                        "floats, which are searched by other code");
            }
        }
    }

    /** The guess wins for the known ones. For strangers the sketch that fits best says nothing. */
    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64, 116})
    void knownCuesAndStrangersOfManyShapesAreAnsweredAsAlone(int side) {
        Geometry g = new Geometry(side, side);
        try (PatternStore store = create(g)) {
            for (int i = 0; i < 1500; i++) {
                store.memorize("k" + i, Patterns.random(g, i));
            }
            store.forget("k700");
            List<Cue> cues = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                cues.add(Cue.bipolar(Patterns.random(g, 5000 + i)));
                cues.add(Cue.bipolar(Patterns.flipped(Patterns.random(g, 20L * i), 0.1, i)));
                cues.add(Cue.bipolar(Patterns.flipped(Patterns.random(g, 20L * i), 0.3, i), Patterns.mask(g, 0.25, i)));
            }
            assertSameAsAlone(store, cues);
        }
    }

    private static Pattern flippedAt(Pattern pattern, int... pixels) {
        Pattern flipped = pattern;
        for (int pixel : pixels) {
            flipped = Patterns.flippedAt(flipped, pixel);
        }
        return flipped;
    }

    /** Neuron i has pixel i turned. Of the many rivals as near as that, the one that counts has the highest number. */
    @Test
    void moreRivalsThanAreComparedOneByOneAreAllCompared() {
        Geometry g = new Geometry(64, 64);
        Pattern common = Patterns.random(g, 1);
        try (PatternStore store = create(g)) {
            for (int i = 0; i < 300; i++) {
                store.memorize("k" + i, flippedAt(common, i));
            }
            List<Cue> cues = new ArrayList<>();
            for (int from = 10; from < 300; from += 7) {
                Pattern shown = flippedAt(common, from, 1000 + from, 2000 + from, 3000 + from);
                store.memorize("rival " + from, flippedAt(shown, 3600, 3700, 3800, 3900, 4000));
                cues.add(Cue.bipolar(shown));
            }
            List<Recall> found = store.recallAll(cues, RecallOptions.DEFAULT.withPath(RecallPath.PLANES));
            for (int cue = 0; cue < cues.size(); cue++) {
                assertEquals(10 + 7 * cue, found.get(cue).neuron());
                // The winner differs from the cue in 3 pixels and from that rival in 8, and the rival from the cue in
                // 5.
                assertEquals(
                        2 / (8 * (1 - 2 * 3.0 / g.pixels())), found.get(cue).contrast());
            }
            assertSameAsAlone(store, cues);
        }
    }

    /** The winner has a neighbour that only the pixels tell apart that the cue does not show. */
    @Test
    void aTwinAmongMoreRivalsThanAreComparedOneByOneIsSeen() {
        Geometry g = new Geometry(64, 64);
        Pattern common = Patterns.random(g, 1);
        BitSet visible = new BitSet();
        visible.set(0, 4000);
        try (PatternStore store = create(g)) {
            for (int i = 0; i < 300; i++) {
                store.memorize("k" + i, Patterns.flippedAt(common, i));
            }
            store.memorize("twin", Patterns.flippedAt(Patterns.flippedAt(common, 250), 4050));
            Pattern shown = Patterns.flippedAt(Patterns.flippedAt(common, 250), 3000);
            Cue cue = Cue.bipolar(shown, Mask.of(g, visible));
            Recall recall =
                    store.recallAll(List.of(cue, cue), RecallOptions.DEFAULT).get(1);
            assertEquals(250, recall.neuron());
            assertEquals(0, recall.contrast());
            assertEquals(Verdict.AMBIGUOUS, recall.verdict());
            assertSameAsAlone(store, List.of(cue, cue, Cue.bipolar(common)));
        }
    }

    /** Strangers share passes over planes that no cache holds, and known cues do not; too few strangers wait in vain. */
    @Test
    void cuesOfALargeStoreAreAnsweredAsAloneHoweverManyAreStrange() {
        Geometry g = new Geometry(116, 116);
        try (PatternStore store = create(g)) {
            Map<String, Pattern> many = new LinkedHashMap<>();
            for (int i = 0; i < 10_000; i++) {
                many.put("k" + i, Patterns.random(g, i));
            }
            store.memorizeAll(many.entrySet());
            store.forget("k300");
            store.memorize("twin", Patterns.random(g, 600));
            List<Cue> cues = new ArrayList<>();
            for (int i = 0; i < 45; i++) {
                cues.add(Cue.bipolar(Patterns.random(g, 50_000 + i)));
                if (i % 3 == 0) {
                    Pattern stored = Patterns.random(g, 100L * i);
                    cues.add(Cue.bipolar(Patterns.flipped(stored, 0.1, i)));
                    cues.add(Cue.bipolar(
                            Patterns.flipped(stored, List.of(0.01, 0.03, 0.2).get(i / 3 % 3), i)));
                    cues.add(Cue.bipolar(Patterns.flipped(stored, 0.05, i), Patterns.mask(g, 0.25, i)));
                }
            }
            cues.add(Cue.bipolar(Patterns.random(g, 1), Mask.of(g, new BitSet())));
            for (RecallOptions options : List.of(
                    RecallOptions.DEFAULT.withCandidates(2),
                    RecallOptions.DEFAULT.withinAgreement(0.51),
                    RecallOptions.DEFAULT.withinAgreement(0.51).withCandidates(3))) {
                List<Recall> alone =
                        cues.stream().map(cue -> store.recall(cue, options)).toList();
                for (int count : new int[] {1, 2, 12, cues.size()}) {
                    assertEquals(alone.subList(0, count), store.recallAll(cues.subList(0, count), options));
                }
            }
        }
    }
}
