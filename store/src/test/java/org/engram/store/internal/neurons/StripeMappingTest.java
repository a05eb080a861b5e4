package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.Mappings;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of stripes of 64 bytes that grows under its mapping, 1024 of them in a chunk. */
class StripeMappingTest {

    private static final int CHUNK = 1024 * 64;
    /** Where a mapping ends with its file, a chunk that grows has to move. */
    private static final boolean MOVES = Mappings.selected().equals("jdk");

    @TempDir
    Path temp;

    private StoreFile file;
    private Path path;
    private StripeMapping mapping;

    @BeforeEach
    void mapThreeStripes() throws IOException {
        path = temp.resolve("w.stripes");
        grow(3);
        file = StoreDirectory.onDisk(temp).open("w.stripes", false);
        mapping = new StripeMapping(new StripeFile(Part.W, file, new StripeLayout(64, 1024)));
    }

    @AfterEach
    void close() {
        mapping.close();
        file.close();
    }

    private static byte[] stripe(int neuron) {
        byte[] stripe = new byte[64];
        Arrays.fill(stripe, (byte) (neuron * 7 + neuron / 1024 + 1));
        return stripe;
    }

    private void grow(int stripes) throws IOException {
        byte[] bytes = new byte[64 * stripes];
        for (int i = 0; i < stripes; i++) {
            System.arraycopy(stripe(i), 0, bytes, 64 * i, 64);
        }
        Files.write(path, bytes);
    }

    private void assertShows(int neurons) {
        for (int i = 0; i < neurons; i++) {
            MemorySegment shown = mapping.stripe(i);
            assertArrayEquals(stripe(i), shown.toArray(ValueLayout.JAVA_BYTE), "neuron " + i);
            assertTrue(shown.isReadOnly());
        }
    }

    private void assertCovers(int neurons, boolean moves) {
        assertEquals(moves && MOVES, mapping.cover(neurons), neurons + " neurons");
        assertEquals(false, mapping.cover(neurons), neurons + " neurons again");
        assertShows(neurons);
    }

    @Test
    void aChunkThatGrowsIsCopiedIntoRoomAndMappedWhenItIsFull() throws IOException {
        assertEquals(false, mapping.cover(3), "before anybody asked");
        assertShows(3);
        assertEquals(MOVES ? 3 * 64 : CHUNK, mapping.chunkOf(0).byteSize());
        grow(5);
        assertCovers(5, true);
        assertEquals(MOVES ? 10 * 64 : CHUNK, mapping.chunkOf(0).byteSize());
        MemorySegment room = mapping.chunkOf(0);
        grow(10);
        assertCovers(8, false);
        assertCovers(10, false);
        assertSame(room, mapping.chunkOf(0));
        grow(600);
        assertCovers(600, true);
        assertEquals(CHUNK, mapping.chunkOf(0).byteSize());
        grow(1023);
        assertCovers(1023, false);
        grow(1024);
        assertCovers(1024, true);
        grow(1030);
        assertCovers(1030, false);
        assertSame(mapping.chunkOf(1024), mapping.chunkOf(1029));
        grow(1031);
        assertCovers(1031, true);
        assertEquals(64, mapping.offsetInChunk(1025));
    }

    @Test
    void aFileThatEndsBeforeWhatIsToBeCoveredIsCut() throws IOException {
        assertShows(3);
        grow(5);
        if (MOVES) {
            assertEquals(
                    "stripe file is cut: %s: expected at least 384 bytes, found 320; restore it from a copy, or run engram salvage"
                            .formatted(path),
                    assertThrows(EngramException.Corrupt.class, () -> mapping.cover(6))
                            .getMessage());
        }
        assertCovers(5, true);
    }

    @Test
    void stripesWithoutBytesHaveNoMapping() {
        StripeMapping none = new StripeMapping(new StripeFile(Part.PLANES, file, new StripeLayout(0, 1024)));
        assertEquals(MemorySegment.NULL, none.chunkOf(7));
        assertEquals(false, none.cover(2000));
        none.close();
        assertShows(3);
    }

    @Test
    void aFileThatWasReplacedIsNotMapped() throws IOException {
        Files.move(path, temp.resolve("aside"));
        grow(3);
        StripeFile replaced = new StripeFile(Part.W, file, new StripeLayout(64, 1024));
        assertThrows(EngramException.Superseded.class, () -> new StripeMapping(replaced));
    }

    @Test
    void whatWasHandedOutCannotBeReadAfterClosing() {
        StripeMapping other = new StripeMapping(new StripeFile(Part.W, file, new StripeLayout(64, 1024)));
        MemorySegment stripe = other.stripe(1);
        other.close();
        assertThrows(IllegalStateException.class, () -> stripe.get(ValueLayout.JAVA_BYTE, 0));
    }
}
