package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.fixture.Entries;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.SmallStores;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader takes in of a journal that changes under it; RecoveryTest has what is left after a crash. */
class ReplayTest {

    private static final Geometry G = new Geometry(5, 3);
    private static final int END = SmallStores.END_OF_TWO;

    @TempDir
    Path temp;

    private Path store;
    private Path journal;

    @BeforeEach
    void createStore() throws IOException {
        store = temp.resolve("store");
        journal = SmallStores.createOfTwo(store, G);
    }

    private StoreFiles open() {
        StoreDirectory directory = StoreDirectory.onDisk(store);
        return StoreFiles.open(directory, Header.read(directory), Access.READ_ONLY);
    }

    private void append(JournalEntry entry) throws IOException {
        byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
        int length = new JournalRecord(Header.read(store)).encode(Entries.at(Files.size(journal), entry), bytes);
        StoreBytes.append(journal, Arrays.copyOf(bytes, length));
    }

    @Test
    void aJournalThatIsShorterThanWhatWasReadIsCut() throws IOException {
        byte[] whole = Files.readAllBytes(journal);
        try (StoreFiles files = open()) {
            for (int length : new int[] {72, END - 1}) {
                Files.write(journal, Arrays.copyOf(whole, length));
                assertEquals(
                        "journal is cut: %s: expected at least 208 bytes, as were read before, found %d; restore it from a copy, or run engram salvage"
                                .formatted(journal, length),
                        assertThrows(EngramException.Corrupt.class, files::takeIn)
                                .getMessage());
            }
            Files.write(journal, whole);
            assertEquals(0, files.takeIn());
            append(Entries.forgotten(4, 1, 0, "k1"));
            append(Entries.synced(5, 2));
            assertEquals(2, files.takeIn());
            assertEquals(1, files.table().view().live());
            assertEquals(END + 72 + 64, files.position());
            assertEquals(5, files.replay().sequence());
            assertEquals(END + 72, files.replay().vouchedUntil());
            assertEquals(true, files.replay().isSynced());
        }
    }

    @Test
    void recordsThatContradictTheOthersEndTheIntakeForGood() throws IOException {
        byte[] whole = Files.readAllBytes(journal);
        try (StoreFiles files = open()) {
            append(Entries.forgotten(4, 1, 0, "k1"));
            append(Entries.forgotten(5, 0, 0, "k1"));
            EngramException.Corrupt damage = assertThrows(EngramException.Corrupt.class, files::takeIn);
            assertEquals(
                    "journal is damaged: %s: offset %d: expected a live neuron under this key, found 0; run engram verify, restore it from a copy, or run engram salvage"
                            .formatted(journal, END + 72),
                    damage.getMessage());
            Files.write(journal, whole);
            assertSame(damage, assertThrows(EngramException.Corrupt.class, files::takeIn));
        }
    }

    @Test
    void remainsAreToldUntilTheyAreGone() throws IOException {
        String remains =
                "incomplete append: %s: offset 208: expected a record, found the remains of one".formatted(journal);
        byte[] whole = Files.readAllBytes(journal);
        StoreBytes.append(journal, new byte[9]);
        try (StoreFiles files = open()) {
            assertEquals(remains, Sentences.of(files.stoppedBy()));
            assertEquals(0, files.takeIn());
            assertEquals(remains, Sentences.of(files.stoppedBy()));
            Files.write(journal, whole);
            assertEquals(0, files.takeIn());
            assertEquals("", Sentences.of(files.stoppedBy()));
        }
    }

    @Test
    void moreThanOneStripeWithoutARecordIsTold() throws IOException {
        Path sketches = store.resolve("sketch.bits");
        byte[] whole = Files.readAllBytes(sketches);
        for (int surplus : new int[] {0, 1, 64, 127}) {
            Files.write(sketches, Arrays.copyOf(whole, 128 + surplus));
            try (StoreFiles files = open()) {
                assertEquals("", Sentences.of(files.stoppedBy()), surplus + " bytes");
            }
        }
        Files.write(sketches, Arrays.copyOf(whole, 128 + 128));
        try (StoreFiles files = open()) {
            assertEquals(
                    "journal lacks records: %s: expected 2 stripes, as the journal has, found 4; appends overwrite the others"
                            .formatted(sketches),
                    Sentences.of(files.stoppedBy()));
        }
    }

    /** Nothing of the journal is taken in that could tell of them. */
    @Test
    void theStripesOfIndexedNeuronsMustBeThere() throws IOException {
        try (TwoSegments indexed = new TwoSegments(temp.resolve("indexed"))) {
            Path w = indexed.directory.resolve("w.stripes");
            StoreFiles.open(indexed.directory, indexed.header, Access.READ_ONLY).close();
            StoreBytes.cut(w, 22 * 192 - 1);
            assertEquals(
                    "stripe file is cut: %s: expected at least 4224 bytes for 22 neurons, found 4223; restore it from a copy, or run engram salvage"
                            .formatted(w),
                    assertThrows(
                                    EngramException.Corrupt.class,
                                    () -> StoreFiles.open(indexed.directory, indexed.header, Access.READ_ONLY))
                            .getMessage());
        }
    }

    @Test
    void theLengthOfAStoreIsThatOfWhatIsCommittedOrOfItsFiles() throws IOException {
        StoreBytes.append(journal, new byte[9]);
        StoreBytes.append(store.resolve("sketch.bits"), new byte[9]);
        try (StoreFiles files = open()) {
            assertEquals(128 + END + 2 * 64, files.committedBytes());
            assertEquals(128 + END + 9 + 2 * 64, files.bytes());
            assertEquals(2, files.neurons());
        }
    }

    @Test
    void theFilesOfTwoStoresAreNoStore() throws IOException {
        Map<String, byte[]> before = StoreBytes.of(store);
        StoreDirectory directory = StoreDirectory.onDisk(store);
        Header mine = Header.read(directory);
        Path other = temp.resolve("other");
        SmallStores.createEmpty(other, G);
        Files.write(store.resolve("header"), Files.readAllBytes(other.resolve("header")));
        assertEquals(
                "store was replaced while it was being opened: %s: expected the files of one store, found those of two; open it again"
                        .formatted(store),
                assertThrows(EngramException.Superseded.class, () -> StoreFiles.open(directory, mine, Access.READ_ONLY))
                        .getMessage());
        StoreBytes.restore(store, before);
        StoreFiles.open(directory, mine, Access.READ_ONLY).close();
    }
}
