package org.engram.tools.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not complete yet belongs to its process alone, and to nobody once that is dead. */
class UnfinishedTest {

    private static final Geometry GEOMETRY = new Geometry(64, 64);

    @TempDir
    private Path directory;

    private Path store(String name, int first, int patterns) {
        Path store = directory.resolve(name);
        try (PatternStore open = PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(GEOMETRY))) {
            for (int i = 0; i < patterns; i++) {
                float[] values = new float[GEOMETRY.pixels()];
                values[i] = 1;
                values[GEOMETRY.pixels() - 1 - first] = 1;
                open.memorize("%s %d".formatted(name, i), Pattern.of(GEOMETRY, values));
            }
        }
        return store;
    }

    private static List<String> entries(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** In a container every first process has the pid 1. */
    @Test
    void twoProcessesOfOnePidWriteIntoOneDirectory() throws Exception {
        assumeTrue(canUnshare(), "needs the right to make a namespace of pids");
        Path one = store("one", 1, 1500);
        Path two = store("two", 2, 1500);
        Path shared = Files.createDirectory(directory.resolve("shared"));
        List<Process> running = new ArrayList<>();
        for (String target : List.of("a.npy", "pictures")) {
            running.add(inNamespace("export", one, shared.resolve("1 " + target)));
            running.add(inNamespace("export", two, shared.resolve("2 " + target)));
        }
        for (Process process : running) {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS));
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.exitValue(), said);
        }
        assertEquals(
                List.of("1 a.keys", "1 a.npy", "1 pictures", "2 a.keys", "2 a.npy", "2 pictures"), entries(shared));
        for (String name : List.of("1 pictures", "2 pictures", "1 a.npy", "2 a.npy")) {
            Path back = directory.resolve("back of " + name);
            Cli.run("create", back, "--size", "64x64").expect(0);
            List<Object> verb = new ArrayList<>(List.of("import", back, shared.resolve(name)));
            if (name.endsWith(".npy")) {
                verb.addAll(List.of("--keys", shared.resolve(name.replace("npy", "keys"))));
            }
            Cli.run(verb.toArray()).expect(0);
            Cli.run("diff", name.startsWith("1") ? one : two, back).expect(0);
        }
    }

    private static boolean canUnshare() {
        try {
            return new ProcessBuilder("unshare", "-p", "-f", "--mount-proc", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static Process inNamespace(Object... verb) throws IOException {
        ProcessBuilder builder = Cli.process(verb).redirectErrorStream(true);
        List<String> command = new ArrayList<>(List.of("unshare", "-p", "-f", "--mount-proc"));
        command.addAll(builder.command());
        return builder.command(command).start();
    }

    /** What a killed export of a directory leaves, and a killed one of a file beside it. */
    private void leave(Path place, boolean half) throws IOException {
        Path left = Files.createDirectory(place.resolve(".engram-123"));
        Files.createFile(left.resolve("lock"));
        Path made = Files.createDirectory(left.resolve("made"));
        Files.writeString(made.resolve("b.png"), "b");
        if (half) {
            Files.writeString(left.resolve("moved"), "a.png\nb.png\n");
            Files.writeString(place.resolve("a.png"), "a");
        }
        Files.createDirectory(place.resolve(".engram-124"));
    }

    @Test
    void whatAKilledRunLeftIsNamedAndRemovedByTheNext() throws Exception {
        Path store = store("one", 1, 2);
        Path place = Files.createDirectory(directory.resolve("place"));
        leave(place, false);
        Process process = Cli.process("export", store, place.resolve("x.npy"))
                .redirectErrorStream(true)
                .start();
        String said = Cli.withoutJavasOwn(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor(), said);
        for (String name : List.of(".engram-123", ".engram-124")) {
            String note = "engram: note: removed %s, which a killed run had left\n".formatted(place.resolve(name));
            assertTrue(said.contains(note), said);
        }
        assertEquals(List.of("x.keys", "x.npy"), entries(place));
    }

    @Test
    void whatWasMovedHalfWayIsTakenBackByTheNextRun() throws Exception {
        Path store = store("one", 1, 2);
        Path place = Files.createDirectory(directory.resolve("place"));
        leave(place, true);
        Cli.run("export", store, place).expect(0);
        assertEquals(List.of("keys.tsv", "one 0.png", "one 1.png"), entries(place));
    }

    @Test
    void whatIsNoLeftoverStays() throws Exception {
        Path store = store("one", 1, 2);
        Path place = Files.createDirectory(directory.resolve("place"));
        Files.writeString(place.resolve(".engram-5"), "a file");
        Files.writeString(Files.createDirectory(place.resolve(".engram-6")).resolve("letter"), "no lock beside it");
        Files.createFile(Files.createDirectory(place.resolve(".engram-mine")).resolve("lock"));
        Cli.run("export", store, place.resolve("x.csv")).expect(2);
        assertEquals(List.of(".engram-5", ".engram-6", ".engram-mine", "x.csv"), entries(place));
        assertEquals("no lock beside it", Files.readString(place.resolve(".engram-6/letter")));
    }

    @Test
    void whatALiveRunMakesStays() throws Exception {
        Path store = store("one", 1, 2);
        Path place = Files.createDirectory(directory.resolve("place"));
        NewFile.write(place.resolve("outer"), out -> {
            out.write(1);
            NewFile.write(place.resolve("inner"), inner -> inner.write(2));
            Process other = Cli.process("export", store, place.resolve("other.zip"))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(said.contains("exported 2 patterns"), said);
        });
        assertEquals(List.of("inner", "other.zip", "outer"), entries(place));
    }

    @Test
    void whatCannotAllBeMovedIsTakenBack() throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        assertThrows(
                Failure.class,
                () -> NewDirectory.write(place, made -> {
                    Files.writeString(made.resolve("a"), "a");
                    Files.writeString(made.resolve("b"), "b");
                    Files.writeString(place.resolve("b"), "of somebody else");
                }));
        assertEquals(List.of("b"), entries(place));
        assertEquals("of somebody else", Files.readString(place.resolve("b")));
    }
}
