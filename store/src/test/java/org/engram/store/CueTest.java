package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.PixelBits;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.recall.Votes;
import org.junit.jupiter.api.Test;

/** The votes, as floats and as planes, against the definition pixel by pixel; and the masks that hide some. */
class CueTest {

    private static final List<Geometry> GEOMETRIES = List.of(
            new Geometry(1, 1), Patterns.SMALL, new Geometry(32, 16), new Geometry(27, 19), new Geometry(117, 113));

    private static List<Mask> masks(Geometry geometry) {
        BitSet last = new BitSet();
        last.set(geometry.pixels() - 1);
        return List.of(
                Mask.all(geometry),
                Mask.of(geometry, new BitSet()),
                Mask.of(geometry, last),
                Mask.rectangle(geometry, 0, 0, 1, 1),
                Mask.lowerRight(geometry, (Math.min(geometry.width(), geometry.height()) + 1) / 2),
                Patterns.mask(geometry, 0.3, 8));
    }

    private static float vote(float value, boolean visible, Coding coding) {
        if (!visible) {
            return coding == Coding.BIPOLAR ? 0 : 1;
        }
        return coding == Coding.BIPOLAR ? 2 * value - 1 : value;
    }

    private static void assertVotes(Pattern shown, Mask visible, Coding coding) {
        Votes cue = Cue.of(shown, visible, coding).votes();
        float[] expected = new float[StripeLayout.paddedFloats(shown.geometry())];
        float[] values = shown.values();
        int voters = 0;
        int positives = 0;
        for (int j = 0; j < shown.geometry().pixels(); j++) {
            expected[j] = vote(values[j], visible.isVisible(j), coding);
            boolean votes = coding == Coding.BIPOLAR ? visible.isVisible(j) : expected[j] != 0;
            voters += votes ? 1 : 0;
            assertEquals(votes ? -1 : 0, cue.minus()[j], "pixel " + j + " votes");
            float value = visible.isVisible(j) ? values[j] : 1;
            assertEquals(votes ? value : 0, cue.shown()[j], "pixel " + j);
            positives += expected[j] > 0 ? 1 : 0;
            if (cue.isTwoValued()) {
                assertEquals(expected[j] != 0, cue.mask().get(j), "pixel " + j + " votes");
                assertEquals(expected[j] > 0, cue.positive().get(j), "pixel " + j + " votes for white");
            }
        }
        assertEquals(voters, cue.voters());
        assertEquals(positives, cue.positives());
        assertArrayEquals(expected, cue.floats());
        assertSame(coding, cue.coding());
        assertEquals(shown.geometry(), cue.geometry());
    }

    @Test
    void aTwoValuedCueVotesTheSameInPlanesAndInFloats() {
        for (Geometry geometry : GEOMETRIES) {
            for (Mask visible : masks(geometry)) {
                for (Coding coding : Coding.values()) {
                    for (Pattern shown : List.of(
                            Patterns.random(geometry, 1), Patterns.all(geometry, 0), Patterns.all(geometry, 1))) {
                        assertTrue(Cue.of(shown, visible, coding).votes().isTwoValued());
                        assertVotes(shown, visible, coding);
                    }
                }
            }
        }
    }

    @Test
    void aRealValuedCueVotesInFloatsAlone() {
        for (Geometry geometry : GEOMETRIES) {
            Pattern shown = Patterns.all(geometry, 0.5f);
            assertVotes(shown, Mask.all(geometry), Coding.BIPOLAR);
            for (Mask visible : masks(geometry)) {
                for (Coding coding : Coding.values()) {
                    assertVotes(Patterns.realValued(geometry, 2), visible, coding);
                }
            }
            Votes cue = Cue.bipolar(shown).votes();
            assertFalse(cue.isTwoValued());
            assertThrows(NullPointerException.class, cue::mask);
            assertThrows(NullPointerException.class, cue::positive);
        }
    }

    @Test
    void aHiddenValueThatIsTooLargeToVoteWithDoesNotMatter() {
        Geometry geometry = new Geometry(3, 1);
        Pattern shown = Pattern.of(geometry, 0.5f, 3e38f, 0.25f);
        Mask firstPixel = Mask.rectangle(geometry, 0, 0, 1, 1);
        assertEquals(1, Cue.bipolar(shown, firstPixel).voters());
        assertEquals(3, Cue.unipolar(shown).voters());
        String message = assertThrows(EngramException.InvalidPattern.class, () -> Cue.bipolar(shown))
                .getMessage();
        assertEquals("cue value is too large: pixel (1, 0) is 3.0E38; scale it down", message);
    }

    @Test
    void aHiddenGreyPixelMakesNoGreyCue() {
        Geometry geometry = new Geometry(3, 1);
        Mask firstTwo = Mask.rectangle(geometry, 0, 0, 2, 1);
        for (Coding coding : Coding.values()) {
            Votes grey =
                    Cue.of(Pattern.of(geometry, 0, 1, 0.5f), firstTwo, coding).votes();
            Votes black =
                    Cue.of(Pattern.of(geometry, 0, 1, 0), firstTwo, coding).votes();
            assertTrue(grey.isTwoValued());
            assertEquals(black.positive(), grey.positive());
            assertEquals(black.mask(), grey.mask());
            assertFalse(Cue.of(Pattern.of(geometry, 0, 0.5f, 1), firstTwo, coding)
                    .votes()
                    .isTwoValued());
        }
    }

    @Test
    void theCueLikeAPatternAgreesWithItOnEveryVoterAndHasNoOther() {
        for (Geometry geometry : GEOMETRIES) {
            Pattern other = Patterns.random(geometry, 3);
            for (Mask visible : masks(geometry)) {
                for (Coding coding : Coding.values()) {
                    Votes cue = Cue.of(Patterns.random(geometry, 4), visible, coding)
                            .votes();
                    PixelBits white = ((Picture.TwoValued) other.picture()).white();
                    Votes like = cue.like(white);
                    assertSame(Coding.BIPOLAR, like.coding());
                    assertEquals(cue.voters(), like.voters());
                    float[] expected = other.values();
                    for (int j = 0; j < geometry.pixels(); j++) {
                        float agreeing = expected[j] == 1 ? 1 : -1;
                        assertEquals(cue.floats()[j] == 0 ? 0 : agreeing, like.floats()[j]);
                    }
                    float[] stripe = new float[StripeLayout.paddedFloats(geometry)];
                    white.expand(0.3f, stripe);
                    assertArrayEquals(
                            like.floats(),
                            cue.like(PixelBits.of(white.layout(), stripe)).floats());
                }
            }
        }
    }

    @Test
    void aMaskShowsWhatItWasMadeToShow() {
        Geometry geometry = new Geometry(31, 23);
        Mask rectangle = Mask.rectangle(geometry, 5, 7, 11, 13);
        Mask corner = Mask.lowerRight(geometry, 20);
        Mask both = rectangle.and(corner);
        int visibleInBoth = 0;
        for (int y = 0; y < geometry.height(); y++) {
            for (int x = 0; x < geometry.width(); x++) {
                boolean inRectangle = x >= 5 && x < 16 && y >= 7 && y < 20;
                boolean inCorner = x >= 11 && y >= 3;
                assertEquals(inRectangle, rectangle.isVisible(x, y));
                assertEquals(inCorner, corner.isVisible(x, y));
                assertEquals(inRectangle && inCorner, both.isVisible(x, y));
                assertEquals(inCorner, corner.isVisible(geometry.index(x, y)));
                visibleInBoth += inRectangle && inCorner ? 1 : 0;
            }
        }
        assertEquals(11 * 13, rectangle.count());
        assertEquals(20 * 20, corner.count());
        assertEquals(visibleInBoth, both.count());
        assertEquals(geometry.pixels(), Mask.all(geometry).count());
    }

    @Test
    void manyThreadsThatAskForTheVotesFirstAllGetTheWholeOfThem() throws Exception {
        int threads = 4;
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < 200; round++) {
                Pattern shown = Patterns.random(Geometry.PAPER, round);
                Votes cue = Cue.bipolar(shown).votes();
                Callable<float[]> votes = () -> {
                    start.await();
                    return cue.floats().clone();
                };
                List<Future<float[]>> answers = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    answers.add(pool.submit(votes));
                }
                float[] expected = shown.values();
                for (int j = 0; j < expected.length; j++) {
                    expected[j] = 2 * expected[j] - 1;
                }
                for (Future<float[]> answer : answers) {
                    assertArrayEquals(expected, answer.get());
                }
                assertSame(cue.floats(), cue.floats(), "made once, then kept");
            }
        }
    }
}
