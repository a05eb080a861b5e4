package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is no regular file in place of a file of a store is refused, and never waited for; nor is a file without end. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpecialFilesTest {

    private static final Geometry G = new Geometry(5, 3);
    private static final List<String> NAMES =
            List.of("header", "journal", "w.stripes", "v.stripes", "sketch.bits", "plane.bits");
    private static final List<String> FLAGS = List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final long GIANT = 1L << 40;

    @TempDir
    Path temp;

    private Path dir;

    /** What stands in the place of a file. */
    enum Intruder {
        LINK_TO_THE_FILE("a link") {
            @Override
            void put(Path file, Path original) throws IOException {
                Files.createSymbolicLink(file, original);
            }
        },
        LINK_TO_A_DEVICE("a link") {
            @Override
            void put(Path file, Path original) throws IOException {
                Files.createSymbolicLink(file, Path.of("/dev/zero"));
            }
        },
        LINK_TO_NOTHING("a link") {
            @Override
            void put(Path file, Path original) throws IOException {
                Files.createSymbolicLink(file, original.resolveSibling("nothing"));
            }
        },
        LINK_TO_ITSELF("a link") {
            @Override
            void put(Path file, Path original) throws IOException {
                Files.createSymbolicLink(file, file);
            }
        },
        DIRECTORY("a directory") {
            @Override
            void put(Path file, Path original) throws IOException {
                Files.createDirectory(file);
            }
        },
        PIPE("a device or pipe") {
            @Override
            void put(Path file, Path original) throws Exception {
                assertEquals(
                        0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
            }
        },
        SOCKET("a device or pipe") {
            @Override
            void put(Path file, Path original) throws IOException {
                // a name as short as sockets need, then to its place
                Path name = Files.createTempDirectory("s").resolve("s");
                try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    socket.bind(UnixDomainSocketAddress.of(name));
                }
                Files.move(name, file);
                Files.delete(name.getParent());
            }
        };

        private final String found;

        Intruder(String found) {
            this.found = found;
        }

        abstract void put(Path file, Path original) throws Exception;
    }

    @BeforeEach
    void createStore() {
        dir = temp.resolve("store");
        try (PatternStore store = PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G))) {
            store.memorize("a", Patterns.random(G, 0));
        }
    }

    private String refusal(String name, String found) {
        String remedy = name.endsWith(".bits")
                ? "engram rebuild derives it anew"
                : "restore it from a copy, or run engram salvage";
        return "store is damaged: %s: expected a regular file, found %s; %s"
                .formatted(dir.resolve(name), found, remedy);
    }

    private static void assertRefused(String message, Callable<?> call) {
        assertEquals(
                message, assertThrows(EngramException.Corrupt.class, call::call).getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedInPlaceOfAnyFile(Intruder intruder) throws Exception {
        for (String name : NAMES) {
            Path file = dir.resolve(name);
            Path original = temp.resolve("original");
            Files.move(file, original);
            intruder.put(file, original);
            String message = refusal(name, intruder.found);
            assertRefused(message, () -> PatternStore.openReadOnly(dir));
            assertRefused(message, () -> PatternStore.open(dir));
            if (name.equals("header")) {
                assertRefused(message, () -> StoreCare.inspect(dir));
                assertRefused(message, () -> StoreCare.verify(dir, (done, total) -> {}));
            } else {
                assertEquals(
                        List.of(message), Sentences.of(StoreCare.inspect(dir).problems()));
                assertEquals(
                        List.of(message),
                        Sentences.of(StoreCare.verify(dir, (done, total) -> {}).problems()));
            }
            Files.delete(file);
            Files.move(original, file);
        }
        PatternStore.open(dir).close();
    }

    @ParameterizedTest
    @EnumSource
    void inPlaceOfTheLockItStopsAWriterAndNoReader(Intruder intruder) throws Exception {
        Path lock = dir.resolve("lock");
        Path original = temp.resolve("original");
        Files.move(lock, original);
        intruder.put(lock, original);
        assertRefused(refusal("lock", intruder.found), () -> PatternStore.open(dir));
        assertTrue(StoreCare.inspect(dir).writer().isEmpty());
        assertEquals(
                List.of(),
                Sentences.of(StoreCare.verify(dir, (done, total) -> {}).problems()));
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertEquals(1, reader.size());
        }
        Files.delete(lock);
        PatternStore.open(dir).close();
    }

    /** One process of 32 MiB looks at stores of which one file each claims a tebibyte. */
    @Test
    void filesWithoutEndAreReadInLittleMemory() throws IOException {
        List<String> directories = giants(0);
        try (ChildJvm child = ChildJvm.start(Looker.class, FLAGS, directories.toArray(String[]::new))) {
            child.expect(
                    "Corrupt header is damaged: %s: offset 0: expected 128 bytes, found more; restore the header from a copy of this store, or run engram salvage"
                            .formatted(temp.resolve("giant header/header")));
            child.expect("[incomplete append: %s: offset 0: expected a record, found the remains of one] []"
                    .formatted(temp.resolve("giant journal/journal")));
            for (String name : NAMES.subList(2, NAMES.size())) {
                String file = temp.resolve("giant " + name).resolve(name).toString();
                child.expect(
                        "[journal lacks records: %s: expected 0 bytes for 0 neurons, found %d; a power loss leaves this, and appends overwrite it; if the journal was cut, restore it from a copy first] []"
                                .formatted(file, GIANT));
            }
            assertEquals(0, child.exitCode());
        }
    }

    /** Stores of this number of neurons; one file of each claims a tebibyte. */
    private List<String> giants(int neurons) throws IOException {
        List<String> directories = new ArrayList<>();
        for (String name : NAMES) {
            Path store = temp.resolve("giant " + name);
            try (PatternStore open = PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(G))) {
                for (int i = 0; i < neurons; i++) {
                    open.memorize("k" + i, Patterns.random(G, i));
                }
            }
            try (RandomAccessFile file =
                    new RandomAccessFile(store.resolve(name).toFile(), "rw")) {
                file.setLength(GIANT);
            }
            directories.add(store.toString());
        }
        return directories;
    }

    /** The same for who writes, or makes another store of it: neither reads, nor copies, without end. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void filesWithoutEndAreCaredForInLittleMemoryAndTime() throws IOException {
        List<String> directories = giants(3);
        try (ChildJvm child = ChildJvm.start(Carer.class, FLAGS, directories.toArray(String[]::new))) {
            Path header = temp.resolve("giant header/header");
            String refused =
                    "Corrupt header is damaged: %s: offset 0: expected 128 bytes, found more; restore the header from a copy of this store, or run engram salvage"
                            .formatted(header);
            child.expect("copy: " + refused);
            child.expect("compact: " + refused);
            child.expect(
                    "salvage: Corrupt header is damaged: %s: offset 0: expected the 128 bytes of a header, or all but one bit of them, found more; copy the file header from a copy of this store, as engram copy makes them: it never changes"
                            .formatted(header));
            child.expect("diff: " + refused);
            child.expect("append: " + refused);
            for (String name : NAMES.subList(1, NAMES.size())) {
                child.expect("copy: 3");
                child.expect("compact: 3");
                child.expect("salvage: 3");
                child.expect("diff: nothing");
                child.expect(
                        name.equals("journal")
                                ? "append: Corrupt journal is damaged: %s: offset 280: expected at most 1073741824 bytes behind the last record, found %d; engram salvage makes a store of what is whole"
                                        .formatted(temp.resolve("giant journal/journal"), GIANT - 280)
                                : "append: 3");
            }
            assertEquals(0, child.exitCode(), child::err);
        }
    }

    /** Copies, compacts, salvages, compares and appends; says what came of it. */
    static final class Carer {

        private Carer() {}

        private interface Care {
            Object run();
        }

        public static void main(String[] directories) {
            for (String directory : directories) {
                Path store = Path.of(directory);
                Progress silent = CareStores.SILENT;
                Path copied = Path.of(directory + " copied");
                Path salvaged = Path.of(directory + " salvaged");
                tell("copy", () -> StoreCare.copy(store, copied, silent).neurons());
                tell(
                        "compact",
                        () -> StoreCare.compact(store, Path.of(directory + " compacted"), silent)
                                .neurons());
                tell("salvage", () -> StoreCare.salvage(store, salvaged, silent).neurons());
                tell("diff", () -> StoreCare.diff(store, copied, silent).isEmpty() ? "nothing" : "something");
                tell("append", () -> {
                    try (PatternStore open = PatternStore.open(store)) {
                        return open.memorize("new", Patterns.random(G, 9));
                    }
                });
            }
        }

        private static void tell(String what, Care care) {
            try {
                System.out.println(what + ": " + care.run());
            } catch (EngramException e) {
                System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
            }
        }
    }

    /** Inspects, reads and recalls; says what the inspection found. */
    static final class Looker {

        private Looker() {}

        public static void main(String[] directories) {
            for (String directory : directories) {
                Path store = Path.of(directory);
                try (PatternStore reader = PatternStore.openReadOnly(store)) {
                    reader.recall(Cue.bipolar(Patterns.random(G, 0)));
                    StoreReport report = StoreCare.verify(store, (done, total) -> {});
                    System.out.println(Sentences.of(report.notes()) + " " + Sentences.of(report.problems()));
                } catch (EngramException e) {
                    System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
                }
            }
        }
    }
}
