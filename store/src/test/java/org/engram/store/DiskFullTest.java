package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
            try (PatternStore store = PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(geometry))) {
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

    private List<String> appendUntilFull(Path dir, int blocks, int width, int keyLength)
            throws IOException, InterruptedException {
        Path flags = Path.of("jvm.args").toAbsolutePath();
        Process process = new ProcessBuilder(
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
                        Appender.class.getName(),
                        dir.toString(),
                        String.valueOf(width),
                        String.valueOf(keyLength))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out.lines().toList();
    }

    private static void assertHoldsAndGoesOn(Path dir, int width, int keyLength, int stored) {
        Geometry geometry = new Geometry(width, 1);
        String prefix = "k".repeat(keyLength);
        assertTrue(StoreInspector.verify(dir, (done, total) -> {}).isSound());
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
    void aRecordThatCannotBeWrittenLeavesStripesWithoutARecordAndNeverTheReverse() throws Exception {
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
        try (Stream<Path> left = Files.list(dir)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
