package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.fixture.SmallStores;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a proof that a writer is the only one is good for. */
class OwnershipTest {

    @TempDir
    Path temp;

    private Path store;
    private StoreFiles files;
    private Ownership ownership;
    private long nanoTime = Long.MAX_VALUE - 5; // it may overflow

    @BeforeEach
    void open() {
        store = temp.resolve("store");
        SmallStores.createEmpty(store, new Geometry(5, 3));
        StoreDirectory directory = StoreDirectory.onDisk(store);
        files = StoreFiles.open(directory, Header.read(directory), Access.READ_ONLY);
        ownership = new Ownership(files, () -> nanoTime);
    }

    @AfterEach
    void close() {
        files.close();
    }

    private void anotherWrites() throws IOException {
        StoreBytes.append(store.resolve("journal"), new byte[8]);
    }

    private void passMs(long ms) {
        nanoTime += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Test
    void theFirstChangeIsProvenAndThoseOfTheNextTenMillisecondsAreNot() throws IOException {
        ownership.proveBefore(0);
        anotherWrites();
        passMs(9);
        ownership.proveBefore(0);
        passMs(1);
        assertThrows(EngramException.Locked.class, () -> ownership.proveBefore(0));
        assertThrows(EngramException.Locked.class, () -> ownership.proveBefore(0), "it is not proven");
    }

    @Test
    void aJournalThatGrewByAQuarterOfTheWayToAFenceIsProvenAnew() throws IOException {
        ownership.proveBefore(0);
        anotherWrites();
        ownership.proveBefore(TornTail.FENCE_BYTES / 4 - 1);
        assertThrows(EngramException.class, () -> ownership.proveBefore(TornTail.FENCE_BYTES / 4));
    }

    @Test
    void aChangeThatTookLongIsProvenOnceMore() throws IOException {
        ownership.proveBefore(0);
        anotherWrites();
        passMs(49);
        ownership.proveAfter(0);
        passMs(1);
        assertThrows(EngramException.Locked.class, () -> ownership.proveAfter(0));
    }

    @Test
    void whatWasNeverProvenIsProvenAfterAnyChange() throws IOException {
        ownership.proveAfter(0);
        anotherWrites();
        assertThrows(EngramException.Locked.class, () -> ownership.proveAfter(0));
    }
}
