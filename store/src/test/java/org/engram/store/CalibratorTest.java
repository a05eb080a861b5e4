package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host learns of its store before it trusts the verdicts. */
class CalibratorTest {

    private static final Geometry G = new Geometry(32, 32);

    @TempDir
    Path temp;

    private PatternStore store(int patterns) {
        PatternStore store = PatternStore.create(
                temp.resolve("store"), StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED));
        for (int i = 0; i < patterns; i++) {
            store.memorize("k" + i, Patterns.random(G, i));
        }
        return store;
    }

    @Test
    void whatItRecommendsKnowsAllThatIsStoredAndNothingElse() {
        try (PatternStore store = store(40)) {
            List<String> told = new ArrayList<>();
            Calibration measured = Calibrator.DEFAULT.measure(store, (done, total) -> told.add(done + " of " + total));
            assertEquals(List.of("1 of 10", "10 of 10"), List.of(told.getFirst(), told.getLast()));
            assertEquals(40, measured.patterns());
            assertEquals(9, measured.conditions().size());
            assertEquals(9 * 40, measured.stored().size());
            assertEquals(0, measured.twins());
            assertEquals(Criteria.DEFAULT, measured.now());
            assertNotEquals(Criteria.DEFAULT, measured.recommended());
            for (Calibration.Condition condition : measured.conditions()) {
                assertEquals(40, condition.recognised(measured.recommended()));
                assertEquals(0, condition.mistaken(measured.recommended()));
            }
            assertEquals(measured, Calibrator.DEFAULT.measure(store, (done, total) -> {}));
            assertNotEquals(measured, Calibrator.DEFAULT.withSample(500, 2).measure(store, (done, total) -> {}));
            store.setCriteria(measured.recommended());
            assertEquals(
                    "k3",
                    store.recall(Cue.bipolar(Patterns.random(G, 3)))
                            .recognised()
                            .orElseThrow()
                            .key());
            assertEquals(
                    Verdict.UNKNOWN,
                    store.recall(Cue.bipolar(Patterns.random(G, -1))).verdict());
        }
    }

    @Test
    void fewPatternsAndNumbersOutOfRangeAreRefused() {
        try (PatternStore store = store(Criteria.COMPANY - 1)) {
            assertEquals(
                    "too few patterns to calibrate with: expected at least 8, found 7; memorize more, until then agreement decides",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> Calibrator.DEFAULT.measure(store, (done, total) -> {}))
                            .getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> Calibrator.DEFAULT.withDamage(List.of(1.0), List.of(0.0)));
        assertThrows(IllegalArgumentException.class, () -> Calibrator.DEFAULT.withSample(7, 1));
        assertThrows(IllegalArgumentException.class, () -> Calibrator.DEFAULT.withMistakes(Double.NaN));
    }

    @Test
    void noiseDamagesJustTheShareOfTheVisiblePixels() {
        Pattern clean = Patterns.random(G, 1);
        Mask window = Mask.lowerRight(G, 10);
        Pattern noisy = clean.withNoise(0.3, window, 5);
        int differing = 0;
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                boolean differs = clean.value(x, y) != noisy.value(x, y);
                assertTrue(!differs || window.isVisible(x, y));
                differing += differs ? 1 : 0;
            }
        }
        assertEquals(30, differing);
        assertEquals(noisy, clean.withNoise(0.3, window, 5));
        assertNotEquals(noisy, clean.withNoise(0.3, window, 6));
    }

    @Test
    void aNumberThatNothingWasMeasuredForStays() {
        try (PatternStore store = store(40)) {
            Calibration noWhole = Calibrator.DEFAULT
                    .withDamage(List.of(0.5), List.of(0.0, 0.1))
                    .measure(store, (done, total) -> {});
            assertEquals(Criteria.DEFAULT.threshold(), noWhole.recommended().threshold());
            assertEquals(
                    "threshold: measured of 0 stored ones and 0 others: it tells nothing, and stays",
                    noWhole.reasons().getLast());
            assertEquals(
                    Criteria.DEFAULT,
                    Calibrator.DEFAULT
                            .withDamage(List.of(), List.of())
                            .measure(store, (done, total) -> {})
                            .recommended());
            for (List<Double> damage : List.of(List.of(0.9), List.of(0.99))) {
                Calibration hardly =
                        Calibrator.DEFAULT.withDamage(damage, damage).measure(store, (done, total) -> {});
                assertEquals(3, hardly.reasons().size(), hardly::toString);
                store.setCriteria(hardly.recommended());
            }
        }
    }

    @Test
    void blankTemplatesOfAStoreWithMasksTellNothing() {
        try (PatternStore store = PatternStore.create(
                temp.resolve("templates"),
                StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED).withMasks())) {
            for (int i = 0; i < 20; i++) {
                store.memorize("blank" + i, Patterns.random(G, i).withKnown(Mask.of(G, new BitSet())));
            }
            assertEquals(
                    Criteria.DEFAULT,
                    Calibrator.DEFAULT.measure(store, (done, total) -> {}).recommended());
            for (int i = 0; i < 20; i++) {
                store.memorize("k" + i, Patterns.random(G, 100 + i));
            }
            Calibration half = Calibrator.DEFAULT.measure(store, (done, total) -> {});
            assertTrue(half.recommended().contrast() < 0.9, half::toString);
        }
    }

    @Test
    void noiseOfAShareOrAMaskThatDoesNotFitIsRefused() {
        Pattern clean = Patterns.random(G, 1);
        for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
            assertEquals(
                    "share out of range: expected 0 to 1, found " + share,
                    assertThrows(IllegalArgumentException.class, () -> clean.withNoise(share, Mask.all(G), 1))
                            .getMessage());
        }
        assertThrows(
                EngramException.WrongGeometry.class, () -> clean.withNoise(0.1, Mask.all(new Geometry(40, 40)), 1));
    }
}
