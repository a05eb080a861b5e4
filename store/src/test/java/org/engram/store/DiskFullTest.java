package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.engram.store.fixture.BindMount;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.care.Rebuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that may not write any further: the system refuses, as it does on a full disk. */
class DiskFullTest {

    @TempDir
    Path temp;

    /** Appends until that fails, goes on to show that the store still answers, and prints what happened. */
    static final class Appender {
        public static void main(String[] args) {
            Path dir = Path.of(args[0]);
            Geometry geometry = new Geometry(Integer.parseInt(args[1]), 1);
            String prefix = "k".repeat(Integer.parseInt(args[2]));
            int stored = 0;
            StoreOptions options = StoreOptions.DEFAULT.withGeometry(geometry).withLayout(Layout.valueOf(args[3]));
            try (PatternStore store = PatternStore.create(dir, options)) {
                try {
                    for (; ; stored++) {
                        store.memorize(prefix + stored, Patterns.random(geometry, stored));
                    }
                } catch (EngramException.IoFailure e) {
                    System.out.println(e.getMessage());
                }
                for (int i = 0; i < stored; i++) {
                    if (!store.pattern(prefix + i).equals(Patterns.random(geometry, i))) {
                        System.out.println("wrong " + i);
                    }
                }
            } catch (EngramException.IoFailure e) {
                System.out.println("close: " + e.getMessage());
            }
            System.out.println(stored);
        }
    }

    /** Rebuilds the bits and prints what happened. */
    static final class Rebuilder {
        public static void main(String[] args) {
            try {
                System.out.println(StoreCare.rebuild(Path.of(args[0]), (done, total) -> {}));
            } catch (EngramException.IoFailure e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private List<String> appendUntilFull(Path dir, int blocks, int width, int keyLength)
            throws IOException, InterruptedException {
        return appendUntilFull(dir, blocks, width, keyLength, Layout.FULL);
    }

    private List<String> appendUntilFull(Path dir, int blocks, int width, int keyLength, Layout layout)
            throws IOException, InterruptedException {
        return run(
                blocks,
                Appender.class,
                dir.toString(),
                String.valueOf(width),
                String.valueOf(keyLength),
                layout.name());
    }

    /** Runs a class in a process whose files may have at most this number of blocks of 512 bytes. */
    private static List<String> run(int blocks, Class<?> main, String... args)
            throws IOException, InterruptedException {
        Path flags = Path.of("jvm.args").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "ulimit -f " + blocks + "; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + flags,
                "-Xmx256m",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out.lines().toList();
    }

    private static void assertHoldsAndGoesOn(Path dir, int width, int keyLength, int stored) {
        Geometry geometry = new Geometry(width, 1);
        String prefix = "k".repeat(keyLength);
        assertTrue(StoreCare.verify(dir, (done, total) -> {}).isSound());
        try (PatternStore store = PatternStore.open(dir)) {
            assertEquals(stored, store.size());
            for (int i = 0; i < stored; i++) {
                assertEquals(Patterns.random(geometry, i), store.pattern(prefix + i));
            }
            assertEquals(stored, store.memorize("more", Patterns.random(geometry, -1)));
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(Patterns.random(geometry, -1), store.pattern("more"));
        }
    }

    @Test
    void aStripeThatCannotBeWrittenIsAnErrorAndPublishesNothing() throws Exception {
        Path dir = temp.resolve("store");
        List<String> out = appendUntilFull(dir, 600, 1000, 1);
        assertEquals("cannot write %s: File too large".formatted(dir.resolve("w.stripes")), out.get(0));
        assertEquals(2, out.size(), out.toString());
        int stored = Integer.parseInt(out.get(1));
        assertTrue(stored > 50, out.toString());
        assertEquals(stored * 4032L, Files.size(dir.resolve("w.stripes")));
        assertHoldsAndGoesOn(dir, 1000, 1, stored);
    }

    @Test
    void bitsThatCannotBeWrittenAreAnErrorAndTheirOtherHalfIsTakenBack() throws Exception {
        Path dir = temp.resolve("store");
        List<String> out = appendUntilFull(dir, 300, 1200, 1, Layout.PACKED);
        assertEquals("cannot write %s: File too large".formatted(dir.resolve("plane.bits")), out.get(0));
        assertEquals(2, out.size(), out.toString());
        int stored = Integer.parseInt(out.get(1));
        assertEquals(300 * 512 / 128, stored);
        assertEquals(stored * 128L, Files.size(dir.resolve("plane.bits")));
        assertEquals(stored * 64L, Files.size(dir.resolve("sketch.bits")));
        assertHoldsAndGoesOn(dir, 1200, 1, stored);
    }

    @Test
    void aRebuildThatFindsNoRoomLeavesTheStoreAsItWas() throws Exception {
        Path dir = temp.resolve("store");
        Geometry geometry = new Geometry(1200, 1);
        try (PatternStore store = PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(geometry))) {
            for (int i = 0; i < 40; i++) {
                store.memorize("k" + i, Patterns.random(geometry, i));
            }
        }
        Map<String, byte[]> before = StoreBytes.of(dir);
        assertEquals(
                List.of("cannot write %s: File too large".formatted(dir.resolve("plane.bits.tmp"))),
                run(9, Rebuilder.class, dir.toString()));
        StoreBytes.assertSame(before, StoreBytes.of(dir));
        assertEquals(List.of("40"), run(100, Rebuilder.class, dir.toString()));
        StoreBytes.assertSame(before, StoreBytes.of(dir));
    }

    @Test
    void aRecordThatCannotBeWrittenLeavesStripesWithoutARecordNotTheReverse() throws Exception {
        Path dir = temp.resolve("store");
        List<String> out = appendUntilFull(dir, 600, 1, 4000);
        assertEquals("cannot write %s: File too large".formatted(dir.resolve("journal")), out.get(0));
        int stored = Integer.parseInt(out.get(out.size() - 1));
        assertTrue(stored > 50, out.toString());
        assertHoldsAndGoesOn(dir, 1, 4000, stored);
    }

    @Test
    void aStoreThatCannotBeCreatedLeavesNothingBehind() throws Exception {
        Path dir = temp.resolve("store");
        List<String> out = appendUntilFull(dir, 0, 1, 1);
        assertEquals("close: cannot write %s: File too large".formatted(dir.resolve("header.tmp")), out.get(0));
        assertEquals("0", out.get(1));
        assertFalse(Files.exists(dir));
    }

    /** Takes all the room that is left. */
    private static void fill(Path ballast) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] page = new byte[4096];
            assertThrows(IOException.class, () -> {
                while (true) {
                    out.write(page);
                }
            });
        }
    }

    private static String failure(Runnable call) {
        return assertThrows(EngramException.IoFailure.class, call::run).getMessage();
    }

    @Test
    void aFileSystemThatIsFullTakesNothingUntilThereIsRoomAgain() throws Exception {
        Path at = temp.toRealPath().resolve("memory");
        try (BindMount mount = BindMount.ofMemory(at, "512k")) {
            assumeTrue(mount != null, "no right to mount a file system");
            Geometry geometry = new Geometry(1000, 1);
            StoreOptions options = StoreOptions.DEFAULT.withGeometry(geometry);
            Path dir = at.resolve("store");
            Path ballast = at.resolve("ballast");
            String noSpace = ": No space left on device";
            fill(ballast);
            assertEquals(
                    "cannot write " + dir.resolve("header.tmp") + noSpace,
                    failure(() -> PatternStore.create(dir, options)));
            assertFalse(Files.exists(dir));
            Files.delete(ballast);
            int stored = 0;
            try (PatternStore store = PatternStore.create(dir, options)) {
                for (; stored < 3; stored++) {
                    store.memorize("k" + stored, Patterns.random(geometry, stored));
                }
                store.sync();
                fill(ballast);
                // the room in pages that are already there may do for some, but not for a stripe of 4,032 bytes each
                String failed = failure(() -> {
                    for (int i = 3; ; i++) {
                        store.memorize("k" + i, Patterns.random(geometry, i));
                    }
                });
                assertTrue(failed.startsWith("cannot write " + dir) && failed.endsWith(noSpace), failed);
                stored = store.size();
                assertTrue(stored < 5, () -> "stored " + store.size());
                Files.delete(ballast);
                store.memorize("k" + stored, Patterns.random(geometry, stored));
                stored++;
                store.sync();
            }
            fill(ballast);
            try (PatternStore store = PatternStore.open(dir)) {
                String failed = failure(() -> {
                    for (int i = 100; ; i++) {
                        store.memorize("k" + i, Patterns.random(geometry, i));
                    }
                });
                assertTrue(failed.startsWith("cannot write " + dir) && failed.endsWith(noSpace), failed);
                stored = store.size();
            }
            StoreBytes.cut(ballast, Files.size(ballast) - 4096);
            Map<String, byte[]> before = StoreBytes.of(dir);
            String failed = failure(() -> StoreCare.rebuild(dir, (done, total) -> {}));
            assertTrue(failed.startsWith("cannot write " + dir) && failed.endsWith(".bits.tmp" + noSpace), failed);
            StoreBytes.assertSame(before, StoreBytes.of(dir));
            Files.delete(ballast);
            assertEquals(stored, StoreCare.rebuild(dir, (done, total) -> {}));
            assertHoldsAndGoesOn(dir, 1000, 1, stored);
        }
    }
}
