package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.engram.store.Criteria;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Progress;
import org.engram.store.StoreCare;
import org.engram.store.StoreDifference;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.StoreBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What two stores mean is compared: settings, live keys and what they show, however it is kept. */
class DiffTest {

    private static final Progress SILENT = CareStores.SILENT;
    private static final Geometry G = CareStores.G;

    @TempDir
    Path temp;

    private Path store(String name, StoreOptions options, Object... keysAndSeeds) {
        Path dir = temp.resolve(name);
        try (PatternStore store = PatternStore.create(dir, options)) {
            for (int i = 0; i < keysAndSeeds.length; i += 2) {
                store.memorize(
                        (String) keysAndSeeds[i], Patterns.random(store.geometry(), (Integer) keysAndSeeds[i + 1]));
            }
        }
        return dir;
    }

    private static StoreOptions options(Layout layout) {
        return StoreOptions.DEFAULT.withGeometry(G).withLayout(layout);
    }

    @Test
    void aStoreDiffersFromItselfInNothing() throws IOException {
        for (Path store : CareStores.all(temp)) {
            Map<String, byte[]> before = StoreBytes.of(store);
            StoreDifference difference = StoreCare.diff(store, store, SILENT);
            int live = StoreCare.inspect(store).live();
            assertEquals(new StoreDifference(List.of(), List.of(), List.of(), List.of(), live), difference);
            assertTrue(difference.isEmpty());
            StoreBytes.assertSame(before, StoreBytes.of(store));
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void keysAndPatternsAreComparedAcrossLayoutsAndOrders(Layout layout) {
        Path one = store("one", options(layout), "a", 1, "b", 2, "c", 3, "d", 4, "gone", 5);
        for (Layout other : Layout.values()) {
            Path two = store("two" + other, options(other), "e", 6, "c", 3, "b", 7, "gone", 5, "a", 1);
            try (PatternStore changed = PatternStore.open(two)) {
                changed.forget("gone");
                changed.replace("a", Patterns.flippedAt(Patterns.random(G, 1), 550));
                changed.memorize("f", Patterns.random(G, 8));
            }
            List<String> told = new ArrayList<>();
            StoreDifference difference = StoreCare.diff(one, two, (done, total) -> told.add(done + "/" + total));
            assertEquals(
                    new StoreDifference(List.of(), List.of("d", "gone"), List.of("e", "f"), List.of("a", "b"), 1),
                    difference);
            assertFalse(difference.isEmpty());
            assertEquals(List.of("1/5", "2/5", "3/5", "4/5", "5/5"), told);
        }
    }

    @Test
    void realValuesAreComparedBitForBit() {
        float[] values = Patterns.realValued(G, 1).values();
        Path one = temp.resolve("one");
        try (PatternStore store = PatternStore.create(one, options(Layout.FULL))) {
            store.memorize("soft", Pattern.of(G, values));
        }
        values[17] = Math.nextUp(values[17]);
        Path two = temp.resolve("two");
        try (PatternStore store = PatternStore.create(two, options(Layout.TIED))) {
            store.memorize("soft", Pattern.of(G, values));
        }
        assertEquals(List.of("soft"), StoreCare.diff(one, two, SILENT).changed());
    }

    @Test
    void aRealValuedPatternIsNoBlackOneThoughNeitherHasABit() {
        Path black = temp.resolve("black");
        try (PatternStore store = PatternStore.create(black, options(Layout.PACKED))) {
            store.memorize("a", Patterns.all(G, 0));
        }
        for (Layout layout : List.of(Layout.FULL, Layout.TIED)) {
            Path soft = temp.resolve("soft " + layout);
            try (PatternStore store = PatternStore.create(soft, options(layout))) {
                store.memorize("a", Patterns.realValued(G, 1));
            }
            assertEquals(List.of("a"), StoreCare.diff(black, soft, SILENT).changed());
            assertEquals(List.of("a"), StoreCare.diff(soft, black, SILENT).changed());
        }
    }

    @Test
    void unknownPixelsAreNotBlackOnesThoughOneStoreKnowsNoOthers() {
        Pattern part = Patterns.random(G, 1).withKnown(Patterns.mask(G, 0.5, 1));
        Path masks = temp.resolve("masks");
        try (PatternStore store =
                PatternStore.create(masks, options(Layout.PACKED).withMasks())) {
            store.memorize("part", part);
            store.memorize("whole", Patterns.random(G, 2));
        }
        Path plain = temp.resolve("plain");
        try (PatternStore store = PatternStore.create(plain, options(Layout.PACKED))) {
            store.memorize("part", part.withKnown(Mask.all(G)));
            store.memorize("whole", Patterns.random(G, 2));
        }
        for (StoreDifference difference :
                List.of(StoreCare.diff(masks, plain, SILENT), StoreCare.diff(plain, masks, SILENT))) {
            assertEquals(List.of("part"), difference.changed());
            assertEquals(1, difference.same());
        }
    }

    @Test
    void damageToWhatNoPatternIsShownFromIsPassedOver() throws IOException {
        Path one = store("one", options(Layout.FULL), "a", 1, "b", 2);
        Path two = store("two", options(Layout.FULL), "a", 1, "b", 2);
        for (String name : List.of("v.stripes", "sketch.bits", "plane.bits")) {
            StoreBytes.flip(one.resolve(name), 9);
        }
        assertTrue(StoreCare.diff(one, two, SILENT).isEmpty());
        assertTrue(StoreCare.diff(two, one, SILENT).isEmpty());
    }

    @Test
    void settingsAreNamedWithBothValues() {
        Path one = store("one", options(Layout.PACKED), "a", 1);
        Path two = store(
                "two",
                options(Layout.PACKED)
                        .withRule(new LearningRule(0.5f, 0.25f, 2, 3))
                        .withCriteria(new Criteria(0.6f, 0.4f, 0.3f, 0.9f)));
        assertEquals(
                List.of(
                        "epsW: 1.0, 0.5",
                        "epsV: 1.0, 0.25",
                        "theta: 1.0, 2.0",
                        "steps: 1, 3",
                        "threshold: 0.7, 0.6",
                        "contrast: 0.5, 0.4",
                        "disagreement: 0.35, 0.3",
                        "agreement: 0.95, 0.9"),
                StoreCare.diff(one, two, SILENT).settings());
        Path white = store("white", options(Layout.PACKED).withRule(new LearningRule(0.5f, 1, 1, 1)), "a", 1);
        assertEquals(
                new StoreDifference(List.of("epsW: 1.0, 0.5"), List.of(), List.of(), List.of("a"), 0),
                StoreCare.diff(one, white, SILENT),
                "white shows as 0.5");
    }

    @Test
    void withAnotherGeometryEveryCommonKeyHasChanged() {
        Path one = store("one", options(Layout.FULL), "a", 1, "b", 2);
        Path two = store("two", options(Layout.FULL).withGeometry(new Geometry(29, 19)), "b", 2, "c", 1);
        assertEquals(
                new StoreDifference(List.of("geometry: 19 x 29, 29 x 19"), List.of("a"), List.of("c"), List.of("b"), 0),
                StoreCare.diff(one, two, SILENT));
    }

    @Test
    void damageInEitherStoreIsNamed() throws IOException {
        for (Layout layout : Layout.values()) {
            Path one = store("one " + layout, options(layout), "a", 1, "b", 2);
            Path two = store("two " + layout, options(Layout.TIED), "b", 2, "a", 1);
            String name = layout == Layout.PACKED ? "plane.bits" : "w.stripes";
            long at = layout == Layout.PACKED ? 64 : 2240;
            StoreBytes.flip(one.resolve(name), at + 9);
            for (Path[] pair : new Path[][] {{one, two}, {two, one}}) {
                EngramException e =
                        assertThrows(EngramException.Corrupt.class, () -> StoreCare.diff(pair[0], pair[1], SILENT));
                assertTrue(
                        e.getMessage()
                                .matches(
                                        "stores cannot be compared: \\Q%s\\E: offset %d: expected CRC32C [0-9a-f]{8} for neuron 1, found [0-9a-f]{8}; run engram salvage"
                                                .formatted(one.resolve(name), at)),
                        e.getMessage());
            }
        }
    }
}
