package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.engram.store.Doors;
import org.engram.store.Geometry;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.store.StoreReport;
import org.engram.store.fixture.FailingMedium;
import org.engram.store.fixture.IndexedStore;
import org.engram.store.fixture.InterceptedMedium;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Quiet;
import org.engram.store.fixture.SmallStores;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.IndexHeader;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** When an index is made, and of which segments. */
@ExtendWith(Quiet.class)
class IndexerTest {

    private static final Geometry G = new Geometry(3, 3);

    @TempDir
    Path temp;

    private Path store;

    @BeforeEach
    void createStore() {
        store = temp.resolve("store");
        SmallStores.createEmpty(store, G);
    }

    /** A writer appends some neurons, each in a record of 72 bytes, and closes, which takes another record of 64. */
    private void memorize(int count) {
        try (PatternStore open = Doors.open(store, IndexedStore.access(1))) {
            memorize(open, count);
        }
    }

    private static void memorize(PatternStore open, int count) {
        for (int i = 0; i < count; i++) {
            int neuron = open.sizeWithRetired();
            open.memorize("k%03d".formatted(neuron), Patterns.random(G, neuron));
        }
    }

    /** How many records each segment is about, by its name. */
    private Map<String, Long> segments() throws IOException {
        Map<String, Long> records = new TreeMap<>();
        for (String name : IndexedStore.segments(store)) {
            byte[] bytes = Files.readAllBytes(store.resolve(name));
            records.put(
                    name,
                    IndexHeader.decode(Arrays.copyOf(bytes, IndexHeader.LENGTH))
                            .orElseThrow()
                            .records());
        }
        return records;
    }

    @Test
    void aSegmentAtMostFourTimesAsLongAsAllBehindItIsTakenIn() throws IOException {
        memorize(7);
        assertEquals(Map.of("index-0", 8L), segments());
        memorize(1);
        assertEquals(Map.of("index-0", 10L), segments());
    }

    @Test
    void aSegmentMoreThanFourTimesAsLongStays() throws IOException {
        memorize(8);
        long end = 640;
        byte[] first = Files.readAllBytes(store.resolve("index-0"));
        memorize(1);
        assertEquals(Map.of("index-0", 9L, "index-" + end, 2L), segments());
        assertEquals(Arrays.toString(first), Arrays.toString(Files.readAllBytes(store.resolve("index-0"))));
        // 9 is more than four times 2, but not than four times 2 and 2
        memorize(1);
        assertEquals(Map.of("index-0", 13L), segments());
        assertEquals(10, IndexedStore.indexed(store));
        assertEquals(
                StoreReport.Index.VALID,
                StoreCare.verify(store, (done, total) -> {}).index());
    }

    @Test
    void oneRecordForEveryTwoHundredFiftySixNeuronsIsWorthAnIndex() throws IOException {
        memorize(768);
        Map<String, Long> before = segments();
        assertEquals(Map.of("index-0", 769L), before);
        Map<String, byte[]> files = StoreBytes.of(store);
        forget(1);
        assertEquals(before, segments());
        StoreBytes.restore(store, files);
        forget(2);
        assertEquals(Map.of("index-0", 769L, "index-" + (768 * 72 + 64), 3L), segments());
    }

    private void forget(int count) {
        try (PatternStore open = Doors.open(store, IndexedStore.access(1))) {
            for (int i = 0; i < count; i++) {
                open.forget("k%03d".formatted(i));
            }
        }
    }

    @Test
    void anIndexThatCannotBeMadeCostsNothingButItself() throws IOException {
        for (InterceptedMedium.Call call : List.of(InterceptedMedium.Call.RENAME, InterceptedMedium.Call.CREATE)) {
            memorize(2);
            Map<String, Long> before = segments();
            FailingMedium medium = new FailingMedium(StoreDirectory.DISK);
            try (PatternStore open = Doors.open(store, IndexedStore.access(1).on(medium))) {
                memorize(open, 20);
                medium.arm(new FailingMedium.Fault(Set.of(call), 1, true, false, FailingMedium.BROKEN));
                open.sync();
                assertEquals(call, medium.failedFirst());
                medium.disarm();
            }
            assertEquals(before, segments());
        }
        memorize(1);
        assertEquals(Map.of("index-0", 2 + 1 + 20 + 1 + 2 + 1 + 20 + 1 + 1 + 1L), segments());
        assertEquals(45, IndexedStore.indexed(store));
    }
}
