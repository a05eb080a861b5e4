package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.engram.store.Criteria;
import org.engram.store.Doors;
import org.engram.store.Durability;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.PatternStore;
import org.engram.store.fixture.DiskImage;
import org.engram.store.fixture.InterceptedMedium;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.RecordingMedium;
import org.engram.store.fixture.SmallStores;
import org.engram.store.fixture.Specimen;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.medium.Medium;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a writer writes and forces, call by call. */
class StoreWriterTest {

    private static final Geometry G = new Geometry(5, 3);
    private static final Picture PICTURE = Doors.picture(Patterns.random(G, 1));

    @TempDir
    Path temp;

    private Path store;

    @BeforeEach
    void createStore() {
        store = temp.resolve("store");
        SmallStores.createEmpty(store, G);
    }

    private static StoreFiles open(Path store, Medium medium) {
        StoreDirectory directory = new StoreDirectory(store, medium);
        Access access = Access.writer(Durability.PROCESS_SAFE, Specimen.CLOCK).on(medium);
        return StoreFiles.open(directory, Header.read(directory), access);
    }

    private static StoreWriter writer(StoreFiles files, Durability durability) {
        return new StoreWriter(files, durability, Specimen.CLOCK);
    }

    private static int syncs(StoreFiles files) {
        JournalScan scan = new JournalScan(files.journal(), files.header(), 0, 0);
        int syncs = 0;
        for (JournalEntry entry = scan.next(); entry != null; entry = scan.next()) {
            syncs += entry instanceof JournalEntry.Synced ? 1 : 0;
        }
        return syncs;
    }

    @Test
    void whereEachChangeIsForcedASyncComesWithEverySixtyFourRecords() {
        try (StoreFiles files = open(store, StoreDirectory.DISK)) {
            StoreWriter writer = writer(files, Durability.ALWAYS);
            for (int i = 1; i <= 130; i++) {
                assertEquals(i - 1, writer.memorize("k" + i, PICTURE, -1));
                assertEquals(i / 64, syncs(files), "after " + i);
            }
        }
    }

    @Test
    void aStoreThatIsMovedUnderTheSixtyFourthChangeIsReportedByThatChange() {
        boolean[] moves = {false};
        InterceptedMedium medium = new InterceptedMedium(StoreDirectory.DISK) {
            @Override
            protected void onWrite(Path path, long position, byte[] bytes, int length) throws IOException {
                if (moves[0]) {
                    moves[0] = false;
                    Files.move(store, temp.resolve("elsewhere"));
                }
            }
        };
        try (StoreFiles files = open(store, medium)) {
            StoreWriter writer = writer(files, Durability.ALWAYS);
            for (int i = 1; i < 64; i++) {
                writer.memorize("k" + i, PICTURE, -1);
            }
            moves[0] = true;
            assertThrows(EngramException.Superseded.class, () -> writer.memorize("k64", PICTURE, -1));
            assertFalse(moves[0]);
        }
    }

    @Test
    void aBatchCountsAsItsRecords() {
        try (StoreFiles files = open(store, StoreDirectory.DISK)) {
            StoreWriter writer = writer(files, Durability.ALWAYS);
            List<Storable> batch = new ArrayList<>();
            for (int i = 0; i < 62; i++) {
                batch.add(new Storable("k" + i, PICTURE));
            }
            assertEquals(0, writer.memorizeAll(batch));
            assertEquals(0, syncs(files));
            writer.forget("k0", 0);
            assertEquals(1, syncs(files));
        }
    }

    /** All of a batch is looked at before the first byte of it is written. */
    @Test
    void ofABatchWithAPictureThatDoesNotFitNothingIsWritten() {
        Picture grey = Doors.picture(Patterns.realValued(G, 1));
        List<Path> written = new ArrayList<>();
        InterceptedMedium medium = new InterceptedMedium(StoreDirectory.DISK) {
            @Override
            protected void onWrite(Path path, long position, byte[] bytes, int length) {
                written.add(path);
            }
        };
        try (StoreFiles files = open(store, medium)) {
            StoreWriter writer = writer(files, Durability.PROCESS_SAFE);
            List<Storable> batch = List.of(new Storable("fits", PICTURE), new Storable("grey", grey));
            assertThrows(EngramException.InvalidPattern.class, () -> writer.memorizeAll(batch));
            assertEquals(List.of(), written);
            writer.memorizeAll(batch.subList(0, 1));
            assertFalse(written.isEmpty());
        }
    }

    /** A proof that it is there is good for ten milliseconds. */
    @Test
    void nothingIsWrittenToAStoreThatWasMovedAway() throws Exception {
        List<Storable> batch = List.of(new Storable("more", PICTURE));
        for (BiConsumer<StoreWriter, StoreFiles> change : List.<BiConsumer<StoreWriter, StoreFiles>>of(
                (writer, files) -> writer.memorize("more", PICTURE, -1),
                (writer, files) -> writer.memorizeAll(batch),
                (writer, files) -> files.forEachNeuron(neuron -> writer.adopt(neuron, part -> bytes(files, part))),
                (writer, files) -> writer.forget("k", 0),
                (writer, files) -> writer.judge(Criteria.DEFAULT),
                (writer, files) -> writer.sync())) {
            try (StoreFiles files = open(store, StoreDirectory.DISK)) {
                StoreWriter writer = writer(files, Durability.PROCESS_SAFE);
                writer.memorize("k" + files.neurons(), PICTURE, -1);
                Path aside = Files.move(store, temp.resolve("aside"));
                long length = files.journal().length();
                Thread.sleep(20);
                assertThrows(EngramException.Superseded.class, () -> change.accept(writer, files));
                assertEquals(length, files.journal().length());
                EngramException refused = assertThrows(EngramException.IoFailure.class, writer::requireUsable);
                assertEquals(
                        "store takes no more changes since an earlier one failed: store was replaced since it was"
                                + " opened: %s: expected the same file, found none; reopen the store; reopen it to go on,"
                                        .formatted(store.resolve(StoreDirectory.JOURNAL))
                                + " what came after the last sync may not be on the medium",
                        refused.getMessage());
                assertInstanceOf(EngramException.Superseded.class, refused.getCause());
                Files.move(aside, store);
            }
        }
    }

    private static byte[] bytes(StoreFiles files, Part part) {
        return files.stripes().stream()
                .filter(file -> file.part() == part)
                .map(file -> new byte[(int) file.layout().stripeBytes()])
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSyncVouchesOnceForWhatIsThere() {
        try (StoreFiles files = open(store, StoreDirectory.DISK)) {
            StoreWriter writer = writer(files, Durability.PROCESS_SAFE);
            writer.sync();
            assertEquals(0, syncs(files));
            for (int i = 0; i < 70; i++) {
                writer.memorize("k" + i, PICTURE, -1);
            }
            assertEquals(0, syncs(files));
            writer.sync();
            writer.sync();
            writer.syncIfUsable();
            assertEquals(1, syncs(files));
            writer.forget("k0", 0);
            writer.syncIfUsable();
            assertEquals(2, syncs(files));
        }
        try (StoreFiles files = open(store, StoreDirectory.DISK)) {
            writer(files, Durability.PROCESS_SAFE).sync();
            assertEquals(2, syncs(files));
        }
    }

    /** A list that claims a size, and fails when somebody asks for more than that. */
    private static List<Storable> claiming(int size) {
        return new AbstractList<>() {
            @Override
            public Storable get(int index) {
                throw new IllegalStateException("asked for " + index);
            }

            @Override
            public int size() {
                return size;
            }

            @Override
            public void forEach(Consumer<? super Storable> action) {
                throw new IllegalStateException("asked for all");
            }
        };
    }

    @Test
    void aStoreIsFullWhenItCannotNumberWhatComes() {
        try (StoreFiles files = open(store, StoreDirectory.DISK)) {
            StoreWriter writer = writer(files, Durability.PROCESS_SAFE);
            int most = 1 << 29;
            assertThrows(IllegalStateException.class, () -> writer.memorizeAll(claiming(most)));
            String full = "store is full %s: it holds %d neurons; create another";
            assertEquals(
                    full.formatted(store, 0),
                    assertThrows(EngramException.Full.class, () -> writer.memorizeAll(claiming(most + 1)))
                            .getMessage());
            writer.memorize("k", PICTURE, -1);
            assertEquals(
                    full.formatted(store, 1),
                    assertThrows(EngramException.Full.class, () -> writer.memorizeAll(claiming(most)))
                            .getMessage());
            assertThrows(IllegalStateException.class, () -> writer.memorizeAll(claiming(most - 1)));
        }
    }

    /** A store as a writer leaves it that is killed: one neuron that a SYNC vouches for, two more that none does. */
    private Path killed() throws IOException {
        Path killed = Files.createDirectory(temp.resolve("killed"));
        try (PatternStore living = PatternStore.open(store)) {
            living.memorize("k0", Patterns.random(G, 0));
            living.sync();
            living.memorize("k1", Patterns.random(G, 1));
            living.memorize("k2", Patterns.random(G, 2));
            StoreBytes.restore(killed, StoreBytes.of(store));
        }
        Files.delete(killed.resolve("lock"));
        assertEquals(72 + 64 + 72 + 72, Files.size(killed.resolve("journal")));
        return killed;
    }

    /** What is written and forced when a writer takes the store over; the names of the files for their numbers. */
    private List<String> recover(Path taken, boolean afterAnother) throws IOException {
        TreeMap<Path, byte[]> there = new TreeMap<>();
        StoreBytes.of(taken).forEach((name, bytes) -> there.put(temp.relativize(taken.resolve(name)), bytes));
        RecordingMedium medium = new RecordingMedium(temp, new DiskImage(there, List.of()));
        List<String> names = there.keySet().stream()
                .map(path -> path.getFileName().toString())
                .toList();
        try (StoreFiles files = open(taken, medium)) {
            writer(files, Durability.PROCESS_SAFE).recover(afterAnother, 0);
        }
        return medium.log().stream()
                .map(Object::toString)
                .map(call -> {
                    int at = call.indexOf("file=") + 5;
                    return call.substring(0, at) + names.get(call.charAt(at) - '0') + call.substring(at + 1);
                })
                .toList();
    }

    @Test
    void whatNoSyncVouchesForIsWrittenOnceMoreAndNothingElse() throws IOException {
        Path killed = killed();
        var before = StoreBytes.of(killed);
        assertEquals(
                List.of(
                        "Write[file=journal, position=72, length=208]",
                        "Write[file=sketch.bits, position=64, length=128]"),
                recover(killed, false));
        StoreBytes.assertSame(before, StoreBytes.of(killed));
    }

    @Test
    void afterAWriterThatMayLiveAFenceComesFirstAndItsEndLast() throws IOException {
        Path killed = killed();
        assertEquals(
                List.of(
                        "Write[file=journal, position=1048856, length=8]",
                        "Write[file=journal, position=280, length=8]",
                        "Write[file=journal, position=72, length=208]",
                        "Write[file=sketch.bits, position=64, length=128]",
                        "Write[file=journal, position=344, length=8]",
                        "Force[file=sketch.bits]",
                        "Force[file=plane.bits]",
                        "Force[file=journal]",
                        "Write[file=journal, position=280, length=64]",
                        "SetLength[file=journal, length=344]",
                        "Force[file=journal]"),
                recover(killed, true));
        assertEquals(344, Files.size(killed.resolve("journal")));
        try (PatternStore reader = PatternStore.openReadOnly(killed)) {
            assertEquals(3, reader.size());
            assertEquals(Patterns.random(G, 2), reader.pattern("k2"));
        }
    }

    @Test
    void aStoreOfNothingIsTakenOverWithoutAWord() throws IOException {
        Files.delete(store.resolve("lock"));
        assertEquals(List.of(), recover(store, true));
        assertEquals(0, Files.size(store.resolve("journal")));
    }
}
