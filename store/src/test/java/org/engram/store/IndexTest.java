package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.IndexedStore;
import org.engram.store.fixture.OpenFiles;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Quiet;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.neurons.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store with an index shows what it shows without, and opens from it. */
@ExtendWith(Quiet.class)
class IndexTest {

    private static final int SEEDS = Campaign.EXHAUSTIVE ? 100 : 1;
    private static final int LIVES = 10;

    @TempDir
    Path temp;

    private static StoreReport verify(Path directory) {
        return StoreCare.verify(directory, (done, total) -> {});
    }

    private void assertShowsWhatItsJournalTells(IndexedStore store) throws IOException {
        Path alone = IndexedStore.withoutIndex(store.directory(), temp.resolve("without"));
        Map<String, Object> expected = IndexedStore.shown(alone);
        Map<String, byte[]> before = StoreBytes.of(store.directory());
        assertEquals(expected, IndexedStore.shown(store.directory()));
        StoreBytes.assertSame(before, StoreBytes.of(store.directory()));
        StoreBytes.delete(alone);
    }

    @ParameterizedTest
    @EnumSource
    void afterEveryLifeAReaderShowsWhatTheJournalTells(IndexedStore.Kind kind) throws IOException {
        for (long seed = 1; seed <= SEEDS; seed++) {
            IndexedStore store = new IndexedStore(temp.resolve("store " + seed), kind, seed);
            SplittableRandom random = new SplittableRandom(seed);
            for (int life = 0; life < LIVES; life++) {
                store.live(random.nextInt(1, 25), random.nextInt(1, 12));
                assertShowsWhatItsJournalTells(store);
            }
            assertTrue(IndexedStore.indexed(store.directory())
                    > store.script().live().size() / 2);
            StoreReport report = verify(store.directory());
            assertEquals(StoreReport.Index.VALID, report.index());
            assertEquals(List.of(), Sentences.of(report.problems()));
            assertEquals(List.of(), Sentences.of(report.notes()));
        }
    }

    /** Its own changes on top of what is indexed, and those of a batch. */
    @ParameterizedTest
    @EnumSource
    void aWriterShowsItsChangesOnTopOfTheIndex(IndexedStore.Kind kind) throws IOException {
        IndexedStore store = new IndexedStore(temp.resolve("store"), kind, 7).live(40, 1);
        try (PatternStore open = Doors.open(store.directory(), IndexedStore.access(5))) {
            assertTrue(Doors.view(open).indexed() > 20);
            for (int i = 0; i < 40; i++) {
                store.change(open, 2);
                assertEquals(store.script().live(), ChangeScript.liveIn(open));
            }
            Path alone = IndexedStore.withoutIndex(store.directory(), temp.resolve("without"));
            assertEquals(IndexedStore.shown(alone), IndexedStore.shown(open));
        }
    }

    /** An old view, and a stream, stay what they were. */
    @Test
    void whatWasTakenFromAnIndexedStoreStaysAsItWas() {
        IndexedStore store = new IndexedStore(temp.resolve("store"), IndexedStore.Kind.PACKED, 3).live(60, 1);
        List<Neuron> expected;
        Stream<Neuron> kept;
        try (PatternStore open = Doors.open(store.directory(), IndexedStore.access(1))) {
            expected = open.neurons();
            kept = open.stream();
            for (Neuron neuron : expected) {
                open.forget(neuron.key());
            }
            assertEquals(List.of(), open.neurons());
            assertEquals(0, open.size());
            for (Neuron neuron : expected) {
                assertTrue(open.neuronOf(neuron.key()).isEmpty(), neuron::toString);
                assertTrue(open.neuron(neuron.neuron()).retired(), neuron::toString);
            }
        }
        assertEquals(expected, kept.toList());
    }

    @Test
    void aReaderFollowsAWriterThatIndexes() {
        IndexedStore store = new IndexedStore(temp.resolve("store"), IndexedStore.Kind.PACKED, 4).live(30, 1);
        try (PatternStore writer = Doors.open(store.directory(), IndexedStore.access(1));
                PatternStore reader = Doors.open(store.directory(), Access.READ_ONLY)) {
            for (int i = 0; i < 12; i++) {
                store.change(writer, 3);
                if (i % 3 == 0) {
                    writer.sync();
                }
                reader.refresh();
                assertEquals(IndexedStore.shown(writer), IndexedStore.shown(reader));
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aClosedStoreHasNothingOfItMapped() throws IOException {
        IndexedStore store = new IndexedStore(temp.resolve("store"), IndexedStore.Kind.PACKED, 8).live(60, 1);
        try (PatternStore reader = PatternStore.openReadOnly(store.directory())) {
            reader.stream().forEach(neuron -> reader.pattern(neuron.key()));
            List<String> mappings = OpenFiles.mappings(store.directory());
            assertTrue(mappings.stream().anyMatch(line -> line.contains("index-0")), mappings::toString);
        }
        store.live(10, 1);
        verify(store.directory());
        assertEquals(List.of(), OpenFiles.mappings(store.directory()));
    }

    @Test
    void aStoreOfFewChangesHasNoIndexAndOneOfManyHas() throws IOException {
        Path directory = temp.resolve("store");
        StoreOptions options =
                StoreOptions.DEFAULT.withGeometry(new Geometry(3, 3)).withLayout(Layout.PACKED);
        int more = Access.INDEX_AFTER - 1;
        try (PatternStore store = PatternStore.create(directory, options)) {
            for (int i = 0; i < more - 1; i++) {
                store.put("k" + i, Patterns.random(options.geometry(), i));
            }
        }
        assertEquals(List.of(), IndexedStore.segments(directory));
        assertEquals(StoreReport.Index.ABSENT, verify(directory).index());
        try (PatternStore store = PatternStore.open(directory)) {
            store.put("k", Patterns.random(options.geometry(), 1));
            store.sync();
            assertEquals(List.of("index-0"), IndexedStore.segments(directory));
        }
        assertEquals(more, IndexedStore.indexed(directory));
        assertEquals(StoreReport.Index.VALID, verify(directory).index());
        List<String> files = verify(directory).files().stream()
                .map(StoreReport.FileSize::name)
                .toList();
        assertEquals(List.of("header", "journal", "sketch.bits", "plane.bits", "index-0"), files);
    }

    @Test
    void theSegmentsStayFewAndNothingElseIsLeft() throws IOException {
        IndexedStore store = new IndexedStore(temp.resolve("store"), IndexedStore.Kind.PACKED, 5);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            store.live(1, 1);
            numbers.add(IndexedStore.segments(store.directory()).size());
        }
        // each more than four times as long as all behind it
        assertTrue(numbers.stream().allMatch(number -> number <= 5), numbers::toString);
        assertTrue(numbers.stream().anyMatch(number -> number >= 3), numbers::toString);
        assertEquals(store.script().neurons(), IndexedStore.indexed(store.directory()));
        assertShowsWhatItsJournalTells(store);
    }

    /** A key that was replaced very often is sought as fast as any: of its neurons the live one alone has an entry. */
    @Test
    void replacedNeuronsHaveNoEntries() throws IOException {
        Path directory = temp.resolve("store");
        StoreOptions options =
                StoreOptions.DEFAULT.withGeometry(new Geometry(3, 3)).withLayout(Layout.PACKED);
        PatternStore.create(directory, options).close();
        try (PatternStore store = Doors.open(directory, IndexedStore.access(1))) {
            for (int i = 0; i < 3000; i++) {
                store.put("key", Patterns.random(options.geometry(), i));
            }
        }
        long rows = 3000 * 8 + 47 * 8;
        long blocks = Math.ceilDiv(rows + 8, 4096);
        assertEquals(192 + 8 + rows + 4 * blocks, StoreBytes.of(directory).get("index-0").length);
        try (PatternStore reader = PatternStore.openReadOnly(directory)) {
            assertEquals(3000, Doors.view(reader).indexed());
            assertEquals(2999, reader.neuronOf("key").orElseThrow());
            assertEquals(1, reader.size());
            assertEquals(Patterns.random(options.geometry(), 2999), reader.pattern("key"));
        }
    }

    @Test
    void aCopyAndACompactedStoreShowTheSame() throws IOException {
        IndexedStore store = new IndexedStore(temp.resolve("store"), IndexedStore.Kind.FULL, 6).live(80, 1);
        Path copy = temp.resolve("copy");
        StoreCare.copy(store.directory(), copy, (done, total) -> {});
        assertEquals(IndexedStore.shown(store.directory()), IndexedStore.shown(copy));
        Path compact = temp.resolve("compact");
        StoreCare.compact(store.directory(), compact, (done, total) -> {});
        try (PatternStore one = PatternStore.openReadOnly(store.directory());
                PatternStore other = PatternStore.openReadOnly(compact)) {
            assertEquals(
                    one.stream().map(Neuron::key).toList(),
                    other.stream().map(Neuron::key).toList());
        }
        Path salvaged = temp.resolve("salvaged");
        StoreCare.salvage(store.directory(), salvaged, (done, total) -> {});
        assertEquals(
                StoreDifference.class,
                StoreCare.diff(store.directory(), salvaged, (done, total) -> {}).getClass());
    }
}
