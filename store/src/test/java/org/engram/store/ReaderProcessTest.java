package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader in another process than the writer: sees whole neurons while they are appended, and writes nothing. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReaderProcessTest {

    private static final int NEURONS = 2000;
    private static final int BATCH = 50;
    private static final long SEED = 2026;

    @TempDir
    Path directory;

    @Test
    void aReaderSeesOnlyWholeNeuronsWhileAnotherProcessAppends() {
        Path path = directory.resolve("store");
        PatternStore.create(path).close();
        ChangeScript script = new ChangeScript(Geometry.PAPER, SEED, false);
        Set<Integer> counts = new TreeSet<>();
        Set<Integer> checked = new HashSet<>();
        SplittableRandom random = new SplittableRandom(SEED);
        try (PatternStore reader = PatternStore.openReadOnly(path);
                ChildJvm writer =
                        ChildJvm.start(Writer.class, List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"), path.toString())) {
            writer.expect("open");
            for (int batches = 0; script.neurons() < NEURONS; batches++) {
                if (batches * BATCH < NEURONS) {
                    writer.tell("go on"); // the next batch is appended while this one is looked at
                }
                glimpse(reader, script, counts);
                catchUp(script, reader);
                check(reader, script, checked, random);
            }
            writer.expect("done");
            assertEquals(0, writer.exitCode(), writer::err);
            assertTrue(reader.refresh() >= 0);
            assertEquals(0, reader.refresh(), "nobody writes any more");
            catchUp(script, reader);
            check(reader, script, checked, random);
        }
        assertTrue(counts.size() >= 10, "the reader did not overlap with the writer: " + counts);
        assertTrue(checked.size() > NEURONS / 2, "the reader saw too few neurons alive: " + checked.size());
        System.out.printf("reader saw %d different counts, checked %d neurons%n", counts.size(), checked.size());
    }

    /** Looks at the newest neuron at once, when its writer may hardly be done with it, again and again. */
    private static void glimpse(PatternStore reader, ChangeScript script, Set<Integer> counts) {
        Map<Integer, Pattern> seen = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            if (reader.refresh() > 0) {
                List<Neuron> neurons = reader.neurons();
                int newest = neurons.get(neurons.size() - 1).neuron();
                seen.put(newest, reader.pattern(newest));
            }
        }
        seen.forEach((neuron, pattern) -> assertEquals(script.pattern(neuron), pattern, "newest neuron " + neuron));
        counts.addAll(seen.keySet());
    }

    /** Takes steps until the script is where the store is; a state that it never passes is a fault. */
    private static void catchUp(ChangeScript script, PatternStore reader) {
        Map<Integer, String> found = ChangeScript.liveIn(reader);
        int from = script.step();
        while (!found.equals(script.live())) {
            assertTrue(script.neurons() <= NEURONS, () -> "no state after step " + from + " has the neurons " + found);
            script.advanceTo(script.step() + 1);
        }
    }

    private static void check(PatternStore reader, ChangeScript script, Set<Integer> checked, SplittableRandom random) {
        List<Integer> live = new ArrayList<>(script.live().keySet());
        for (int neuron : live) {
            if (checked.add(neuron) || random.nextInt(50) == 0) {
                assertEquals(script.pattern(neuron), reader.pattern(neuron), "neuron " + neuron);
                assertEquals(
                        script.pattern(neuron), reader.pattern(script.live().get(neuron)));
            }
        }
        if (!live.isEmpty()) {
            for (int neuron : List.of(live.get(live.size() - 1), live.get(random.nextInt(live.size())))) {
                Recall recall = reader.recall(Cue.bipolar(script.pattern(neuron)));
                assertEquals(neuron, recall.neuron());
                assertEquals(script.live().get(neuron), recall.key());
                assertEquals(1.0, recall.agreement());
            }
        }
    }

    @Test
    void aReadingSessionChangesNoNameSizeOrTime() throws IOException {
        Path path = fill();
        Map<String, String> before = listing(path);
        read(path);
        StoreInspector.verify(path, (done, total) -> {});
        assertEquals(before, listing(path));
    }

    @Test
    void aReaderWorksWhereNothingCanBeWritten() throws IOException {
        Path path = fill();
        if (isRoot()) {
            Path at = directory.resolve("mount");
            try (BindMount mount = BindMount.of(path, at, true)) {
                assumeTrue(mount != null, "needs the right to mount");
                readAndBeRefusedToWrite(at);
            }
        } else {
            setWritable(path, false);
            try {
                readAndBeRefusedToWrite(path);
            } finally {
                setWritable(path, true);
            }
        }
    }

    private static void readAndBeRefusedToWrite(Path path) throws IOException {
        Map<String, String> before = listing(path);
        read(path);
        assertTrue(StoreInspector.verify(path, (done, total) -> {}).isSound());
        EngramException.ReadOnly refused = assertThrows(EngramException.ReadOnly.class, () -> PatternStore.open(path));
        assertEquals(
                "store cannot be written: %s: no permission to write; open it read-only or change its permissions"
                        .formatted(path),
                refused.getMessage());
        assertEquals(before, listing(path));
    }

    private Path fill() {
        Path path = directory.resolve("filled");
        ChangeScript script = new ChangeScript(Geometry.PAPER, SEED, false);
        try (PatternStore store = PatternStore.create(path)) {
            for (int i = 0; i < 30; i++) {
                script.perform(store);
            }
        }
        return path;
    }

    private static void read(Path path) {
        ChangeScript script = new ChangeScript(Geometry.PAPER, SEED, false).advanceTo(30);
        try (PatternStore reader = PatternStore.openReadOnly(path)) {
            assertEquals(0, reader.refresh());
            assertEquals(script.live(), ChangeScript.liveIn(reader));
            check(reader, script, new HashSet<>(), new SplittableRandom(1));
            EngramException.ReadOnly refused =
                    assertThrows(EngramException.ReadOnly.class, () -> reader.memorize("key", script.pattern(0)));
            assertEquals(
                    "store was opened read-only: %s: open it for writing to change it".formatted(path),
                    refused.getMessage());
        }
    }

    /** Names, sizes and times of change, of the directory too. */
    private static Map<String, String> listing(Path path) throws IOException {
        Map<String, String> listing = new TreeMap<>();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.toList()) {
                listing.put(
                        path.relativize(file).toString(),
                        "%d bytes, %s".formatted(Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        return listing;
    }

    private static void setWritable(Path path, boolean writable) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.toList()) {
                assertTrue(file.toFile().setWritable(writable, true), file.toString());
            }
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** The process that appends, a batch for every line it is sent. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws IOException {
            ChangeScript script = new ChangeScript(Geometry.PAPER, SEED, false);
            try (PatternStore store = PatternStore.open(Path.of(args[0]));
                    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                System.out.println("open");
                while (script.neurons() < NEURONS && in.readLine() != null) {
                    int end = script.neurons() + BATCH;
                    while (script.neurons() < end) {
                        script.perform(store);
                    }
                }
            }
            System.out.println("done");
        }
    }
}
