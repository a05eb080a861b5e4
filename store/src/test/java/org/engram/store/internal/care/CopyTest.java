package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.engram.store.CopyReport;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.Progress;
import org.engram.store.StoreCare;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.InterceptedMedium;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.medium.Medium;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.WriterLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A copy is the store as it was when copying began, byte for byte, or there is none. */
class CopyTest {

    private static final Progress SILENT = CareStores.SILENT;

    @TempDir
    Path temp;

    private Path target() {
        return temp.resolve("copy");
    }

    private static void assertRefused(Class<? extends EngramException> type, String message, Path store, Path target) {
        assertEquals(
                message,
                assertThrows(type, () -> StoreCare.copy(store, target, SILENT)).getMessage());
    }

    @Test
    void everyStoreIsCopiedByteForByte() throws IOException {
        for (Path store : CareStores.all(temp)) {
            Map<String, byte[]> before = StoreBytes.of(store);
            Path copy = temp.resolve("copy of " + store.getFileName());
            CopyReport copied = StoreCare.copy(store, copy, SILENT);
            StoreBytes.assertSame(before, StoreBytes.of(store));
            before.remove("lock");
            StoreBytes.assertSame(before, StoreBytes.of(copy));
            assertEquals(
                    before.values().stream().mapToLong(bytes -> bytes.length).sum(), copied.bytes());
            assertEquals(StoreCare.inspect(store).neurons().size(), copied.neurons());
            assertEquals(List.of(), CareStores.weightProblems(copy), copy.toString());
            assertEquals(CareStores.contents(store), CareStores.contents(copy));
        }
    }

    @Test
    void progressIsToldAfterEveryNeuron() {
        List<String> told = new ArrayList<>();
        StoreCare.copy(
                CareStores.create(temp.resolve("store"), Layout.TIED),
                target(),
                (done, total) -> told.add(done + "/" + total));
        assertEquals(List.of("1/8", "2/8", "3/8", "4/8", "5/8", "6/8", "7/8", "8/8"), told);
    }

    @Test
    void whatIsNotCommittedAndWhatIsNoPartOfAStoreIsLeftOut() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Map<String, byte[]> whole = CareStores.files(store);
        StoreBytes.append(store.resolve("journal"), new byte[100]);
        StoreBytes.append(store.resolve("w.stripes"), new byte[3000]);
        StoreBytes.append(store.resolve("plane.bits"), new byte[7]);
        Files.write(store.resolve("journal.cut-1-2"), new byte[5]);
        Files.write(store.resolve("sketch.bits.tmp"), new byte[5]);
        Files.createDirectory(target());
        StoreCare.copy(store, target(), SILENT);
        StoreBytes.assertSame(whole, StoreBytes.of(target()));
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void damageIsNamedAndLeavesNoCopy(Layout layout) throws IOException {
        Path store = CareStores.create(temp.resolve("store"), layout);
        Map<String, byte[]> whole = StoreBytes.of(store);
        Geometry geometry = Header.read(store).geometry();
        for (Part part : Part.of(layout)) {
            Path file = store.resolve(part.fileName);
            long stripe = part.stripeBytes(geometry);
            StoreBytes.flip(file, 3 * stripe + 17);
            EngramException e =
                    assertThrows(EngramException.Corrupt.class, () -> StoreCare.copy(store, target(), SILENT));
            assertTrue(
                    e.getMessage()
                            .matches(
                                    "store cannot be copied: \\Q%s\\E: offset %d: expected CRC32C [0-9a-f]{8} for neuron 3, found [0-9a-f]{8}; run engram salvage"
                                            .formatted(file, 3 * stripe)),
                    e.getMessage());
            StoreBytes.cut(file, 5 * stripe + 1);
            assertRefused(
                    EngramException.Corrupt.class,
                    "stripe file is cut: %s: expected at least %d bytes for 8 neurons, found %d; run engram salvage"
                            .formatted(file, 8 * stripe, 5 * stripe + 1),
                    store,
                    target());
            Files.delete(file);
            assertRefused(
                    EngramException.Corrupt.class,
                    "store is incomplete: %s: expected a regular file, found none; run engram salvage".formatted(file),
                    store,
                    target());
            StoreBytes.restore(store, whole);
        }
        StoreBytes.flip(store.resolve("journal"), 80);
        EngramException e = assertThrows(EngramException.Corrupt.class, () -> StoreCare.copy(store, target(), SILENT));
        assertTrue(
                e.getMessage()
                        .matches(
                                "journal is damaged: \\Q%s\\E: offset 72: expected a committed record, as one at offset \\d+ vouches for it, found a checksum that does not match; run engram salvage"
                                        .formatted(store.resolve("journal"))),
                e.getMessage());
        assertEquals(List.of(store), list());
    }

    @Test
    void aTargetThatIsInTheWayOrInTheStoreOrNowhereIsRefused() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Map<String, byte[]> before = StoreBytes.of(store);
        Path file = Files.writeString(temp.resolve("file"), "text");
        Path full = Files.createDirectory(temp.resolve("full"));
        Files.writeString(full.resolve("a"), "text");
        String occupied =
                "cannot create a store: %s: expected an empty directory or none, found %s; choose another path";
        assertRefused(EngramException.AlreadyExists.class, occupied.formatted(file, "a file"), store, file);
        assertRefused(EngramException.AlreadyExists.class, occupied.formatted(full, "a in it"), store, full);
        assertRefused(EngramException.AlreadyExists.class, occupied.formatted(store, "header in it"), store, store);
        Path inside = store.resolve("copy");
        assertRefused(
                EngramException.AlreadyExists.class,
                "cannot create a store: %s: expected a place outside of %s, found one within; choose another path"
                        .formatted(inside, store),
                store,
                inside);
        Path link = Files.createSymbolicLink(temp.resolve("link"), store);
        assertRefused(
                EngramException.AlreadyExists.class,
                "cannot create a store: %s: expected a place outside of %s, found one within; choose another path"
                        .formatted(link.resolve("copy"), store),
                store,
                link.resolve("copy"));
        Path nowhere = temp.resolve("no").resolve("copy");
        assertRefused(
                EngramException.IoFailure.class,
                "cannot create a store: %s: expected a directory %s to put it in, found none; create it first"
                        .formatted(nowhere, nowhere.getParent()),
                store,
                nowhere);
        assertRefused(
                EngramException.NotAStore.class,
                "not a store: %s: expected a file named header, found none; name the directory of a store, or create one"
                        .formatted(full),
                full,
                target());
        StoreBytes.assertSame(before, StoreBytes.of(store));
        assertEquals(List.of(file, full, link, store), list());
    }

    @Test
    void onlyTheRemainsOfAKilledRunAreReplaced() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Path left = temp.resolve("copy.tmp");
        String inTheWay =
                "cannot create a store: %s: expected nothing or the remains of a killed run, found %s; move it away, or choose another path";
        Files.writeString(left, "text");
        assertRefused(EngramException.AlreadyExists.class, inTheWay.formatted(left, "no directory"), store, target());
        Files.delete(left);
        Files.createDirectory(left);
        for (String foreign : List.of("letters", "header", "journal.cut-1-2", "sketch.bits.tmp")) {
            Files.writeString(left.resolve(foreign), "text");
            assertRefused(
                    EngramException.AlreadyExists.class, inTheWay.formatted(left, foreign + " in it"), store, target());
            assertEquals(List.of(foreign), List.copyOf(StoreBytes.of(left).keySet()), "nothing is touched");
            Files.delete(left.resolve(foreign));
        }
        Files.createDirectory(left.resolve("journal"));
        assertRefused(EngramException.AlreadyExists.class, inTheWay.formatted(left, "journal in it"), store, target());
        Files.delete(left.resolve("journal"));
        for (String known : List.of("journal", "header.tmp", "w.stripes", "v.stripes", "sketch.bits", "lock")) {
            Files.writeString(left.resolve(known), "text");
        }
        assertRefused(EngramException.AlreadyExists.class, inTheWay.formatted(left, "journal in it"), store, target());
        Files.createFile(left.resolve("unfinished"));
        WriterLock lock = WriterLock.acquire(left);
        try {
            assertRefused(
                    EngramException.Locked.class,
                    "store is open for writing elsewhere: %s: expected no other writer, found this process, pid %d; close it there, or open the store read-only"
                            .formatted(left, ProcessHandle.current().pid()),
                    store,
                    target());
        } finally {
            lock.close();
        }
        StoreCare.copy(store, target(), SILENT);
        StoreBytes.assertSame(CareStores.files(store), StoreBytes.of(target()));
        assertEquals(List.of(target(), store), list());
    }

    @Test
    void whatAnotherPutsInAtOnceStopsACopyThatLeavesNothingThere() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Path left = temp.resolve("copy.tmp");
        Medium shared = new InterceptedMedium(StoreDirectory.DISK) {
            @Override
            protected void on(Call call, Path path, Pending pending) throws IOException {
                pending.make();
                if (call == Call.CREATE_DIRECTORY) {
                    Files.writeString(path.resolve("letters"), "text");
                }
            }
        };
        assertEquals(
                "cannot create a store: %s: expected nothing or the remains of a killed run, found letters in it; move it away, or choose another path"
                        .formatted(left),
                assertThrows(
                                EngramException.AlreadyExists.class,
                                () -> Copier.copy(store, new StoreDirectory(target(), shared), SILENT))
                        .getMessage());
        assertEquals(List.of("letters"), List.copyOf(StoreBytes.of(left).keySet()));
        assertEquals(List.of(left, store), list());
    }

    @Test
    void aWholeStoreIsNeverTakenForALeftover() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Path named = temp.resolve("copy.tmp");
        StoreCare.copy(store, named, SILENT);
        // As a copy leaves it that was killed when it was complete.
        Files.createFile(named.resolve("unfinished"));
        Map<String, byte[]> before = StoreBytes.of(named);
        assertRefused(
                EngramException.AlreadyExists.class,
                "cannot create a store: %s: expected nothing or the remains of a killed run, found header in it; move it away, or choose another path"
                        .formatted(named),
                store,
                target());
        StoreBytes.assertSame(before, StoreBytes.of(named));
        assertEquals(CareStores.contents(store), CareStores.contents(named));
        PatternStore.open(named).close();
        assertFalse(Files.exists(named.resolve("unfinished")), "who writes to a store takes the mark away");
        assertEquals(CareStores.contents(store), CareStores.contents(named));
    }

    /** A run that is killed between its last two renames. */
    @Test
    void whatAKilledRunLeftAtItsTargetIsNoStoreYetAndIsReplaced() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        StoreCare.copy(store, target(), SILENT);
        Files.createFile(target().resolve("unfinished"));
        Files.move(target().resolve("header"), target().resolve("header.tmp"));
        assertThrows(EngramException.NotAStore.class, () -> PatternStore.open(target()));
        StoreCare.copy(store, target(), SILENT);
        StoreBytes.assertSame(CareStores.files(store), StoreBytes.of(target()));
        assertEquals(List.of(target(), store), list());
    }

    @Test
    void aStoreThatLostItsHeaderIsNoLeftover() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Path headless = CareStores.create(temp.resolve("headless"), Layout.FULL);
        Files.delete(headless.resolve("header"));
        Map<String, byte[]> before = StoreBytes.of(headless);
        assertRefused(
                EngramException.AlreadyExists.class,
                "cannot create a store: %s: expected an empty directory or none, found journal in it; choose another path"
                        .formatted(headless),
                store,
                headless);
        StoreBytes.assertSame(before, StoreBytes.of(headless));
    }

    /** Copies and sleeps in the third neuron until it is killed. */
    static final class Sleeper {

        private Sleeper() {}

        public static void main(String[] args) {
            StoreCare.copy(Path.of(args[0]), Path.of(args[1]), (done, total) -> {
                if (done == 3) {
                    System.out.println("half way");
                    try {
                        Thread.sleep(600_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
        }
    }

    @Test
    void aCopyThatIsKilledLeavesNoTargetAndTheNextOneDoesItAll() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Map<String, byte[]> before = StoreBytes.of(store);
        try (ChildJvm child =
                ChildJvm.start(Sleeper.class, List.of("-Xmx128m"), store.toString(), target().toString())) {
            child.expect("half way");
            EngramException e =
                    assertThrows(EngramException.Locked.class, () -> StoreCare.copy(store, target(), SILENT));
            assertTrue(
                    e.getMessage().contains("expected no other writer, found process " + child.pid()), e.getMessage());
            child.kill();
            assertEquals(ChildJvm.KILLED, child.exitCode());
        }
        assertEquals(List.of(temp.resolve("copy.tmp"), store), list());
        StoreBytes.assertSame(before, StoreBytes.of(store));
        StoreCare.copy(store, target(), SILENT);
        StoreBytes.assertSame(CareStores.files(store), StoreBytes.of(target()));
        assertEquals(List.of(target(), store), list());
    }

    @Test
    void aCopyThatFailsOrIsInterruptedOnTheWayLosesNothing() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        RuntimeException stop = new IllegalStateException("stop");
        assertEquals(
                stop,
                assertThrows(
                        IllegalStateException.class,
                        () -> StoreCare.copy(store, target(), (done, total) -> {
                            throw stop;
                        })));
        assertEquals(List.of(store), list());
        Thread.currentThread().interrupt();
        StoreCare.copy(store, target(), SILENT);
        assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
        StoreBytes.assertSame(CareStores.files(store), StoreBytes.of(target()));
    }

    /** Each copy is a prefix of the store that the writer goes on with, and sound by itself. */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void copiesBesideALiveWriterAreWholePrefixes(Layout layout) throws Exception {
        Path store = CareStores.create(temp.resolve("store"), layout);
        AtomicBoolean stop = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        Thread writer = new Thread(() -> {
            try (PatternStore open = PatternStore.open(store)) {
                for (int i = 0; i < 5000 && !stop.get(); i++) {
                    open.memorize("live " + i, Patterns.random(CareStores.G, i));
                    open.replace("k0", Patterns.random(CareStores.G, i + 1));
                    if (i % 3 == 0) {
                        open.forget("live " + i);
                    }
                    if (i % 50 == 0) {
                        open.sync();
                    }
                }
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 3; i++) {
                CopyReport copied = StoreCare.copy(store, temp.resolve("copy " + i), SILENT);
                assertTrue(copied.neurons() >= 8);
                StoreCare.compact(store, temp.resolve("compact " + i), SILENT);
            }
        } finally {
            stop.set(true);
            writer.join();
        }
        assertEquals(List.of(), failures);
        Map<String, byte[]> all = StoreBytes.of(store);
        for (int i = 0; i < 3; i++) {
            Path copy = temp.resolve("copy " + i);
            Map<String, byte[]> files = StoreBytes.of(copy);
            files.forEach((name, bytes) -> assertArrayEquals(Arrays.copyOf(all.get(name), bytes.length), bytes, name));
            StoreReport report = StoreCare.verify(copy, VerifyLevel.WEIGHTS, SILENT);
            assertEquals(List.of(), Sentences.of(report.problems()));
            // A writer that is quick has replaced enough by then for a compaction to be due.
            assertEquals(
                    List.of(),
                    report.notes().stream()
                            .filter(note -> !note.what().equals("compaction is due"))
                            .toList());
            assertEquals(List.of(), CareStores.weightProblems(temp.resolve("compact " + i)));
        }
    }

    private List<Path> list() throws IOException {
        try (var files = Files.list(temp)) {
            return files.sorted().toList();
        }
    }
}
