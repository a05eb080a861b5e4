package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Mask;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files so long that chunks of the usual size would be more than a process may map. */
class LongStripeFileTest {

    private static final long TB = 1_000_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 32, 64, 116, 255, 1000})
    void aTerabyteHasAFewThousandChunks(int side) {
        Geometry geometry = new Geometry(side, side);
        long target = StripeLayout.chunkTarget(StripeLayout.CHUNK_TARGET_BYTES, TB);
        for (Layout layout : Layout.values()) {
            long widest = Part.of(layout).stream()
                    .mapToLong(part -> part.stripeBytes(geometry))
                    .max()
                    .orElseThrow();
            for (Part part : Part.of(layout)) {
                StripeLayout stripes = part.stripes(geometry, target);
                long chunks = Math.ceilDiv(TB / widest, stripes.stripesPerChunk());
                assertTrue(chunks < 4096, () -> "%s %s of %s: %s chunks".formatted(layout, part, geometry, chunks));
            }
        }
    }

    @Test
    void chunksGrowFrom32GiBOn() {
        long most = (32L << 30) - 1;
        assertEquals(16L << 20, StripeLayout.chunkTarget(16L << 20, most));
        assertEquals(32L << 20, StripeLayout.chunkTarget(16L << 20, most + 1));
        assertEquals(1L << 30, StripeLayout.chunkTarget(16L << 20, Long.MAX_VALUE));
        assertEquals(1, StripeLayout.chunkTarget(1, 0));
    }

    @Test
    void aStoreWithALongFileAnswersAsBefore(@TempDir Path temp) throws IOException {
        Path dir = temp.resolve("store");
        try (PatternStore store = PatternStore.create(dir, StoreOptions.DEFAULT.withLayout(Layout.PACKED))) {
            for (int i = 0; i < 5; i++) {
                store.memorize("key " + i, Patterns.random(Geometry.PAPER, i));
            }
        }
        try (RandomAccessFile planes =
                new RandomAccessFile(dir.resolve("plane.bits").toFile(), "rw")) {
            planes.setLength(70L << 30); // a hole: it takes no room
        }
        StoreDirectory directory = StoreDirectory.onDisk(dir);
        try (StoreFiles files = StoreFiles.open(directory, Header.read(directory), Access.READ_ONLY)) {
            StripeFile planes = files.stripes().getLast();
            assertEquals(32_768, planes.layout().stripesPerChunk(), "chunks of 64 MiB at most");
            assertEquals(32_768, files.stripes().getFirst().layout().stripesPerChunk());
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            for (int i = 0; i < 5; i++) {
                Cue quarter =
                        Cue.bipolar(Patterns.random(Geometry.PAPER, i), Mask.rectangle(Geometry.PAPER, 58, 58, 58, 58));
                assertEquals("key " + i, store.recall(quarter).winner().key());
            }
        }
    }
}
