package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.medium.StoreDirectory;

/** PACKED stores of which every byte of the journal can be counted. */
final class SmallStores {

    /** Where the journal of two neurons ends: a record of 72 bytes each, and a SYNC of 64. */
    static final int END_OF_TWO = 72 + 72 + 64;

    private SmallStores() {}

    static void createEmpty(Path store, Geometry geometry) {
        create(store, geometry).close();
    }

    private static PatternStore create(Path store, Geometry geometry) {
        return PatternStore.create(
                store, StoreOptions.DEFAULT.withGeometry(geometry).withLayout(Layout.PACKED));
    }

    /** Of two random patterns under the keys k0 and k1; returns the journal. */
    static Path createOfTwo(Path store, Geometry geometry) throws IOException {
        try (PatternStore open = create(store, geometry)) {
            open.memorize("k0", Patterns.random(geometry, 0));
            open.memorize("k1", Patterns.random(geometry, 1));
        }
        Path journal = store.resolve(StoreDirectory.JOURNAL);
        assertEquals(END_OF_TWO, Files.size(journal));
        return journal;
    }
}
