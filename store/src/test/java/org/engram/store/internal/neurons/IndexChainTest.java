package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.engram.store.StoreReport;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.IndexHeader;
import org.engram.store.internal.format.JournalEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which segments are believed, and what they tell together. */
class IndexChainTest {

    @TempDir
    Path temp;

    private TwoSegments store;
    private Map<String, byte[]> whole;

    @BeforeEach
    void makeTwoSegments() throws IOException {
        store = new TwoSegments(temp.resolve("store"));
        whole = StoreBytes.of(store.directory.path());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aChainThatIsWholeTellsOfAllNeurons() {
        try (IndexChain chain = store.chain()) {
            assertEquals(2, chain.segments().size());
            assertEquals(store.end, chain.until());
            assertEquals(27, chain.sequence());
            assertEquals(Optional.empty(), chain.fault());
            assertEquals(StoreReport.Index.VALID, chain.state());
            Indexed.State state = chain.state(store.header, store.journal);
            assertEquals(TwoSegments.ALL, state.neurons());
            assertEquals(19, state.live());
            assertArrayEquals(new long[] {0b1111111111111111010110}, state.lives());
            assertEquals(4, state.notTwoValued());
            assertEquals(Float.NaN, state.commonGain());
            assertEquals(store.header.criteria(), state.criteria());
            JournalEntry.Synced sync = state.sync();
            assertEquals(store.end - 64, sync.offset());
            assertEquals(27, sync.sequence());
            assertEquals(TwoSegments.ALL, sync.neurons());
            assertEquals(store.end, state.position());
        }
    }

    private void assertChain(int segments, StoreReport.Index state, String fault) {
        try (IndexChain chain = store.chain()) {
            assertEquals(fault, Sentences.of(chain.fault()));
            assertEquals(segments, chain.segments().size());
            assertEquals(state, chain.state());
            assertEquals(segments == 0 ? 0 : segments == 1 ? store.middle : store.end, chain.until());
            assertEquals(segments == 0 ? 0 : segments == 1 ? 23 : 27, chain.sequence());
        }
    }

    @Test
    void aChainEndsBeforeTheFirstSegmentThatIsNotThere() throws IOException {
        Files.delete(store.directory.resolve(store.second));
        assertChain(1, StoreReport.Index.VALID, "");
        StoreBytes.restore(store.directory.path(), whole);
        Files.delete(store.directory.resolve("index-0"));
        assertChain(0, StoreReport.Index.ABSENT, "");
    }

    private String fault(String kind, String name, String expected, String found) {
        return "index is %s: %s: expected %s, found %s; the journal is read instead; remove all files index-*, and a writer makes them anew"
                .formatted(kind, store.directory.resolve(name), expected, found);
    }

    private void assertStale(int segments, String name, Consumer<ByteBuffer> change) throws IOException {
        store.forge(name, change);
        String fault = fault("stale", name, "a segment of this journal", "one of another");
        assertChain(segments, StoreReport.Index.STALE, fault);
        StoreBytes.restore(store.directory.path(), whole);
    }

    @Test
    void aSegmentThatDoesNotGoOnFromTheOneBeforeIsStale() throws IOException {
        assertStale(0, "index-0", bytes -> bytes.putLong(16, bytes.getLong(16) ^ 1));
        assertStale(0, "index-0", bytes -> bytes.putLong(24, bytes.getLong(24) ^ 1));
        assertStale(0, "index-0", bytes -> bytes.putLong(32, 8));
        assertStale(0, "index-0", bytes -> bytes.putLong(48, 1));
        for (int seed : new int[] {112, 120}) {
            assertStale(1, store.second, bytes -> bytes.putLong(seed, bytes.getLong(seed) ^ 1));
        }
        assertStale(1, store.second, bytes -> bytes.putLong(16, bytes.getLong(16) ^ 1));
        assertStale(1, store.second, bytes -> bytes.putLong(32, store.middle + 8));
        assertStale(1, store.second, bytes -> bytes.putLong(48, 24));
        assertChain(2, StoreReport.Index.VALID, "");
    }

    @Test
    void aSegmentThatDoesNotEndWithASyncOfTheJournalIsStale() throws IOException {
        assertStale(1, store.second, bytes -> bytes.putInt(88, bytes.getInt(88) ^ 1));
        assertStale(1, store.second, bytes -> bytes.putLong(56, 26));
        assertStale(1, store.second, bytes -> bytes.putLong(40, store.end + 8));
        assertStale(1, store.second, bytes -> bytes.putLong(40, store.end - 8));
        assertStale(1, store.second, bytes -> bytes.putLong(40, store.end + (1L << 40)));
        // of as many neurons, but others
        assertStale(1, store.second, bytes -> bytes.putInt(64, 21).putInt(68, 23));
    }

    @Test
    void aSegmentThatIsNotAsItWasWrittenIsDamaged() throws IOException {
        for (String name : List.of("index-0", store.second)) {
            StoreBytes.cut(store.directory.resolve(name), 100);
            assertChain(
                    name.equals("index-0") ? 0 : 1,
                    StoreReport.Index.DAMAGED,
                    fault("damaged", name, "a segment as it was written", "100 bytes"));
            StoreBytes.restore(store.directory.path(), whole);
        }
    }

    @Test
    void aSegmentThatCannotBeReadTellsTheReasonAndItsFileOnce() throws IOException {
        Path segment = store.directory.resolve(store.second);
        Files.delete(segment);
        Files.createDirectory(segment);
        assertChain(
                1,
                StoreReport.Index.DAMAGED,
                "store is damaged: %s: expected a regular file, found a directory; the journal is read instead; remove all files index-*, and a writer makes them anew"
                        .formatted(segment));
    }

    private String contradiction() {
        try (IndexChain chain = store.chain()) {
            assertEquals(2, chain.segments().size());
            return assertThrows(IndexDamaged.class, () -> chain.state(store.header, store.journal))
                    .getMessage();
        }
    }

    @Test
    void asManyNeuronsLiveAsTheHeaderCountsAndNoneThatIsNotThere() throws IOException {
        IndexHeader last = store.header(store.second);
        int lives = (int) last.livesAt();
        store.forge(store.second, bytes -> bytes.putInt(72, 18));
        assertEquals("19 live neurons for 18", contradiction());
        StoreBytes.restore(store.directory.path(), whole);
        store.forge(store.second, bytes -> bytes.putLong(lives, bytes.getLong(lives) ^ (1L << 22 | 1L << 1)));
        assertEquals("19 live neurons for 19", contradiction());
    }
}
