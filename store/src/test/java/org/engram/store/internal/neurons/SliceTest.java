package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.engram.store.Doors;
import org.engram.store.Durability;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Entries;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Specimen;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a batch writes at once. */
class SliceTest {

    private static final Geometry G = new Geometry(5, 3);

    @TempDir
    Path temp;

    private Path store;
    private JournalRecord record;

    @BeforeEach
    void createStore() {
        store = temp.resolve("store");
        PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.TIED))
                .close();
        record = new JournalRecord(Header.read(store));
    }

    private StoreFiles open() {
        StoreDirectory directory = StoreDirectory.onDisk(store);
        return StoreFiles.open(
                directory, Header.read(directory), Access.writer(Durability.PROCESS_SAFE, Specimen.CLOCK));
    }

    @Test
    void itIsFullWhenAnotherRecordMightNotFit() {
        try (StoreFiles files = open()) {
            Slice slice = new Slice(files, record, 1);
            // 4031 records of 64 bytes leave the room of the longest
            for (int i = 1; i <= 4031; i++) {
                slice.add(Entries.synced(i, 0));
                assertFalse(slice.isFull(), "after " + i);
            }
            assertEquals(4031 * 64, slice.recordBytes());
            slice.add(Entries.synced(4032, 0));
            assertTrue(slice.isFull());
        }
    }

    private JournalEntry.Memorized add(Slice slice, StripeEncoder encoder, int neuron, long offset) {
        slice.learn(encoder, Doors.picture(Patterns.random(G, neuron)));
        JournalEntry.Memorized entry = encoder.entry(offset, neuron + 1, 0, neuron, -1, new byte[] {'k'});
        slice.addNeuron(entry);
        return entry;
    }

    @Test
    void itHoldsAsManyNeuronsAsAreWantedOrFit() {
        try (StoreFiles files = open()) {
            StripeEncoder encoder = new StripeEncoder(files);
            Slice two = new Slice(files, record, 2);
            add(two, encoder, 0, 0);
            assertEquals(1, two.neurons());
            assertFalse(two.isFull());
            add(two, encoder, 1, 72);
            assertTrue(two.isFull());
            Slice many = new Slice(files, record, 1 << 20);
            for (int i = 0; i < 3583; i++) {
                add(many, encoder, i, 0);
            }
            assertFalse(many.isFull(), "3583 records of 72 bytes");
            add(many, encoder, 3583, 0);
            assertTrue(many.isFull());
            assertEquals(3584 * 72, many.recordBytes());
        }
    }

    @Test
    void stripesAndRecordsAreWrittenInTheirPlacesOnce() throws IOException {
        byte[] expected = new byte[1000 + 2 * 72];
        try (StoreFiles files = open()) {
            StripeEncoder encoder = new StripeEncoder(files);
            Slice slice = new Slice(files, record, 5);
            byte[] encoded = new byte[JournalRecord.MAX_LENGTH];
            for (int i = 0; i < 2; i++) {
                long offset = 1000 + 72L * i;
                record.encode(add(slice, encoder, 3 + i, offset), encoded);
                System.arraycopy(encoded, 0, expected, (int) offset, 72);
            }
            assertEquals(1000 + 2 * 72, slice.write(3, 1000));
            assertEquals(0, slice.neurons());
            assertEquals(0, slice.recordBytes());
            assertEquals(2000, slice.write(9, 2000));
            add(slice, encoder, 5, 1144);
            assertEquals(1144 + 72, slice.write(5, 1144));
        }
        byte[] journal = Files.readAllBytes(store.resolve("journal"));
        assertEquals(1144 + 72, journal.length);
        assertArrayEquals(expected, Arrays.copyOf(journal, 1144));
        byte[] w = Files.readAllBytes(store.resolve("w.stripes"));
        assertEquals(6 * 64, w.length);
        assertArrayEquals(new byte[3 * 64], Arrays.copyOf(w, 3 * 64));
        for (int neuron = 3; neuron < 6; neuron++) {
            float[] values = Patterns.random(G, neuron).values();
            for (int j = 0; j < 16; j++) {
                byte one = w[64 * neuron + 4 * j + 3];
                assertEquals(j < 15 && values[j] == 1 ? 0x3F : 0, one, "pixel " + j + " of " + neuron);
            }
        }
        assertEquals(6 * 64, Files.size(store.resolve("sketch.bits")));
    }
}
