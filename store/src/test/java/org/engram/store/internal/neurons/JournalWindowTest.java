package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Checksums;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single records of a journal of two neurons and a SYNC, of 72, 72 and 64 bytes, read and mapped. */
class JournalWindowTest {

    private static final Geometry G = new Geometry(5, 3);

    @TempDir
    Path temp;

    private Path path;
    private Header header;
    private StoreFile journal;

    @BeforeEach
    void createStore() throws IOException {
        Path store = temp.resolve("store");
        try (PatternStore open =
                PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED))) {
            open.memorize("k0", Patterns.random(G, 0));
            open.memorize("k1", Patterns.random(G, 1));
        }
        path = store.resolve(StoreDirectory.JOURNAL);
        assertEquals(208, Files.size(path));
        header = Header.read(store);
        journal = StoreDirectory.onDisk(store).open(StoreDirectory.JOURNAL, false);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void assertFinds(JournalWindow window) {
        assertEquals(64, window.committedLength(144));
        assertTrue(window.isSync(144));
        assertTrue(window.claimsSync(144));
        assertEquals(72, window.committedLength(0));
        assertFalse(window.isSync(0));
        assertFalse(window.claimsSync(0));
        assertEquals(72, window.committedLength(72));
        JournalEntry.Memorized second = (JournalEntry.Memorized) window.decode(72, 72);
        assertEquals(1, second.neuron());
        assertEquals(72, second.offset());
        for (long at : new long[] {8, 64, 80, 136, 145, 152, 208, 216, 1 << 20}) {
            assertEquals(0, window.committedLength(at), "at " + at);
            assertFalse(window.isSync(at), "at " + at);
        }
    }

    @Test
    void recordsAreFoundInAnyOrderAndOnlyWhereTheyAre() throws IOException {
        assertFinds(JournalWindow.ofOneRecord(journal, header));
        assertFinds(JournalWindow.from(journal, header, 0));
        assertFinds(JournalWindow.from(journal, header, 208));
        JournalWindow window = JournalWindow.ofOneRecord(journal, header);
        assertEquals(64, window.committedLength(144));
        int checksum = ByteBuffer.wrap(Files.readAllBytes(path))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(148);
        assertEquals(checksum, window.checksum(144));
    }

    @Test
    void theNextSyncIsFoundBehindPlacesWithoutNumberThatHaveOnlyItsType() throws IOException {
        int sync = 2 * JournalWindow.BUFFER_BYTES + 24;
        byte[] bytes = new byte[3 * JournalWindow.BUFFER_BYTES];
        Arrays.fill(bytes, (byte) 3);
        System.arraycopy(Files.readAllBytes(path), 144, bytes, sync, 64);
        Checksums.fixRecord(bytes, sync, header.encode());
        Files.write(path, bytes);
        for (JournalWindow window :
                List.of(JournalWindow.from(journal, header, 0), JournalWindow.ofOneRecord(journal, header))) {
            assertEquals(sync, window.nextSync(8, bytes.length));
            assertEquals(sync, window.nextSync(sync, sync + 1));
            assertEquals(-1, window.nextSync(8, sync));
            assertEquals(-1, window.nextSync(sync + 8, bytes.length));
        }
        bytes[sync + 16] ^= 1;
        Files.write(path, bytes);
        assertEquals(-1, JournalWindow.from(journal, header, 0).nextSync(8, bytes.length));
    }

    @Test
    void whatWasReadIsReadAgainOnlyAfterARefresh() throws IOException {
        JournalWindow window = JournalWindow.from(journal, header, 0);
        assertEquals(72, window.committedLength(0));
        byte[] bytes = Files.readAllBytes(path);
        bytes[40] ^= 1;
        Files.write(path, bytes);
        assertEquals(72, window.committedLength(0));
        window.refresh();
        assertEquals(0, window.committedLength(0));
        assertEquals(72, window.committedLength(72));
    }

    private static void assertNeuron(int neuron, JournalEntry entry) {
        assertEquals(
                neuron, assertInstanceOf(JournalEntry.Memorized.class, entry).neuron());
    }

    @Test
    void aMappedRecordMustBeWholeAndEndWithinThePart() throws IOException {
        try (MappedRecords records = new MappedRecords(journal, header, 208)) {
            assertNeuron(0, records.read(0));
            assertNeuron(1, records.read(72));
            assertInstanceOf(JournalEntry.Synced.class, records.read(144));
            for (long at : new long[] {-8, 8, 64, 76, 136, 145, 152, 208, 1 << 20, Long.MAX_VALUE - 7}) {
                assertNull(records.read(at), "at " + at);
            }
        }
        try (MappedRecords records = new MappedRecords(journal, header, 144)) {
            assertNeuron(1, records.read(72));
            assertNull(records.read(144));
        }
        try (MappedRecords records = new MappedRecords(journal, header, 136)) {
            assertNeuron(0, records.read(0));
            assertNull(records.read(72));
        }
    }

    @Test
    void aRecordThatNoWriterHasWrittenIsNone() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        bytes[8] = 9;
        Checksums.fixRecord(bytes, 0, header.encode());
        bytes[72 + 70] ^= 1;
        Files.write(path, bytes);
        try (MappedRecords records = new MappedRecords(journal, header, 208)) {
            assertNull(records.read(0));
            assertNull(records.read(72));
            assertInstanceOf(JournalEntry.Synced.class, records.read(144));
        }
        assertEquals(72, JournalWindow.ofOneRecord(journal, header).committedLength(0));
    }
}
