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
import java.util.stream.Stream;
import org.engram.store.fixture.BindMount;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.StoreBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader in another process than the writer: sees whole neurons while they are appended, and writes nothing. */
@Timeout(value = 7200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReaderProcessTest {

    private static final int BATCH = 50;
    /** A stripe of several pages, so that a reader may come upon a part of one. */
    private static final Geometry PROCESSES = new Geometry(58, 58);

    private static final long SEED = 2026;

    @TempDir
    Path directory;

    /** What runs beside the writer. */
    private static final List<Class<?>> BESIDE = List.of(Reader.class, Reader.class, Compacter.class);

    private static final int CHANGES_PER_STORE = 500;
    private static final int CHANGES = Campaign.CHANGES;
    private static final List<String> QUICK =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m");

    @Test
    void processesThatReadWhileAnotherWritesSeeOnlyWholeNeurons() throws IOException {
        Tally tally = new Tally();
        for (int done = 0; done < CHANGES; done += CHANGES_PER_STORE) {
            writeAndRead(SEED + done, Math.min(CHANGES_PER_STORE, CHANGES - done), tally);
        }
        System.out.printf(
                "changes %d, by %d reading processes: looks %d, at different states %d, neurons checked %d, readers killed %d, stopped %d%n",
                CHANGES, tally.started, tally.looks, tally.states, tally.checked, tally.killed, tally.stopped);
        assertTrue(tally.states * 5 > tally.looks, "the readers saw hardly any change: " + tally.states);
        assertTrue(tally.killed > 0 && tally.stopped > 0, "no reader came and went");
    }

    /** What all readers did. */
    private static final class Tally {
        private int started;
        private int looks;
        private int states;
        private int checked;
        private int killed;
        private int stopped;
    }

    /** One writer, and beside it readers, of which one goes and another comes every few batches. */
    private void writeAndRead(long seed, int changes, Tally tally) throws IOException {
        Path path = directory.resolve("store " + seed);
        PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(PROCESSES)).close();
        String[] args = {path.toString(), String.valueOf(seed), String.valueOf(changes)};
        List<ChildJvm> readers = new ArrayList<>();
        try (ChildJvm writer = ChildJvm.start(Writer.class, QUICK, args)) {
            for (Class<?> kind : BESIDE) {
                readers.add(begin(kind, args, tally));
            }
            writer.expect("open");
            for (int batch = 0; batch * BATCH < changes; batch++) {
                writer.tell("go on"); // the next batch is written while this one is looked at
                look(readers, tally);
                writer.expect("wrote");
                if (batch % 4 == 3) {
                    int going = batch / 4 % readers.size();
                    end(readers.get(going), batch % 8 == 3, tally);
                    readers.set(going, begin(BESIDE.get(going), args, tally));
                }
            }
            writer.expect("done");
            assertEquals(0, writer.exitCode(), writer::err);
            for (ChildJvm reader : readers) {
                reader.tell("last");
                reader.expect("all " + changes);
                end(reader, false, tally);
            }
        } finally {
            readers.forEach(ChildJvm::close);
        }
        for (String name : StoreBytes.of(path).keySet()) {
            Files.delete(path.resolve(name));
        }
    }

    private static ChildJvm begin(Class<?> kind, String[] args, Tally tally) {
        ChildJvm reader = ChildJvm.start(kind, QUICK, args);
        tally.started++;
        return reader;
    }

    private static void look(List<ChildJvm> readers, Tally tally) {
        readers.forEach(reader -> reader.tell("look"));
        for (ChildJvm reader : readers) {
            String[] said = String.valueOf(reader.line()).split(" ", -1);
            assertEquals("looked", said[0], reader::err);
            tally.looks++;
            tally.states += Integer.parseInt(said[1]);
            tally.checked += Integer.parseInt(said[2]);
        }
    }

    private static void end(ChildJvm reader, boolean kill, Tally tally) {
        if (kill) {
            reader.tell("look");
            reader.kill();
            assertEquals(ChildJvm.KILLED, reader.exitCode());
            tally.killed++;
        } else {
            reader.tell("stop");
            assertEquals(0, reader.exitCode(), reader::err);
            tally.stopped++;
        }
        reader.close();
    }

    /**
     * A process that reads. Told to look, it looks and says how many states it saw and how many neurons it checked; told
     * that this is the last, it makes sure that all is there.
     */
    static final class Reader {

        private final Path path;
        private final ChangeScript script;
        private final SplittableRandom random;
        private final Set<Integer> checked = new HashSet<>();
        private PatternStore store;

        private Reader(String[] args) {
            this.path = Path.of(args[0]);
            this.script = new ChangeScript(PROCESSES, Long.parseLong(args[1]), true);
            this.random = new SplittableRandom(Long.parseLong(args[1]));
            this.store = PatternStore.openReadOnly(path);
        }

        public static void main(String[] args) throws IOException {
            Reader reader = new Reader(args);
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null && !line.equals("stop"); line = in.readLine()) {
                    if (line.equals("last")) {
                        reader.lookAtTheEnd(Integer.parseInt(args[2]));
                    } else {
                        reader.look();
                    }
                }
            }
            reader.store.close();
        }

        private void look() {
            if (random.nextInt(4) == 0) {
                store.close();
                store = PatternStore.openReadOnly(path);
            }
            int before = checked.size();
            Set<Integer> states = glimpse(store, script);
            catchUp(script, store);
            check(store, script, checked, random);
            System.out.printf("looked %d %d%n", states.size(), checked.size() - before);
        }

        private void lookAtTheEnd(int changes) {
            assertTrue(store.refresh() >= 0);
            assertEquals(0, store.refresh(), "nobody writes any more");
            catchUp(script, store);
            check(store, script, checked, random);
            script.advanceTo(changes);
            assertEquals(script.live(), ChangeScript.liveIn(store));
            System.out.println("all " + changes);
        }
    }

    /** A process that compacts, whenever it is told to look or that this is the last; it answers as a {@link Reader} does. */
    static final class Compacter {

        private Compacter() {}

        public static void main(String[] args) throws IOException {
            Path path = Path.of(args[0]);
            int changes = Integer.parseInt(args[2]);
            ChangeScript script = new ChangeScript(PROCESSES, Long.parseLong(args[1]), true);
            Path target = path.resolveSibling(
                    "compacted by " + ProcessHandle.current().pid());
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null && !line.equals("stop"); line = in.readLine()) {
                    StoreCare.compact(path, target, CareStores.SILENT);
                    int from = script.step();
                    while (!holds(target, script)) {
                        assertTrue(script.step() <= from + CHANGES_PER_STORE, () -> "no state since step " + from);
                        script.advanceTo(script.step() + 1);
                    }
                    StoreBytes.delete(target);
                    if (line.equals("last")) {
                        List<String> keys = List.copyOf(script.live().values());
                        script.advanceTo(changes);
                        assertEquals(List.copyOf(script.live().values()), keys);
                    }
                    System.out.println(
                            line.equals("last")
                                    ? "all " + changes
                                    : "looked 1 " + script.live().size());
                }
            }
        }

        /** Whether a compacted store has the live neurons of a moment, in their order. */
        private static boolean holds(Path compacted, ChangeScript script) {
            try (PatternStore store = PatternStore.openReadOnly(compacted)) {
                List<String> keys = store.neurons().stream().map(Neuron::key).toList();
                return keys.equals(List.copyOf(script.live().values()))
                        && script.live().entrySet().stream()
                                .allMatch(live -> script.pattern(live.getKey()).equals(store.pattern(live.getValue())));
            }
        }
    }

    /** Looks at the newest neuron at once, when its writer may hardly be done with it, again and again. */
    private static Set<Integer> glimpse(PatternStore reader, ChangeScript script) {
        Map<Integer, Pattern> seen = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            if (reader.refresh() > 0) {
                List<Neuron> neurons = reader.neurons();
                int newest = neurons.get(neurons.size() - 1).neuron();
                seen.put(newest, reader.pattern(newest));
            }
        }
        seen.forEach((neuron, pattern) -> assertEquals(script.pattern(neuron), pattern, "newest neuron " + neuron));
        return seen.keySet();
    }

    /** Takes steps until the script is where the store is; a state that it never passes is a fault. */
    private static void catchUp(ChangeScript script, PatternStore reader) {
        Map<Integer, String> found = ChangeScript.liveIn(reader);
        int from = script.step();
        while (!found.equals(script.live())) {
            assertTrue(
                    script.step() <= from + CHANGES_PER_STORE,
                    () -> "no state after step " + from + " has the neurons " + found);
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
                if (script.pattern(neuron).isTwoValued()) {
                    assertEquals(neuron, recall.neuron());
                    assertEquals(script.live().get(neuron), recall.key());
                    assertEquals(1.0, recall.agreement());
                }
            }
        }
    }

    @Test
    void aReadingSessionChangesNoNameSizeOrTime() throws IOException {
        Path path = fill();
        Map<String, String> before = listing(path);
        read(path);
        StoreCare.verify(path, (done, total) -> {});
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
        assertTrue(StoreCare.verify(path, (done, total) -> {}).isSound());
        EngramException.ReadOnly refused = assertThrows(EngramException.ReadOnly.class, () -> PatternStore.open(path));
        assertEquals(
                "cannot write to %s: no permission to write; open it read-only or change its permissions"
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
                    "store was opened read-only: %s; open it for writing to change it".formatted(path),
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

    /** The process that writes, a batch for every line it is sent. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws IOException {
            ChangeScript script = new ChangeScript(PROCESSES, Long.parseLong(args[1]), true);
            int changes = Integer.parseInt(args[2]);
            try (PatternStore store = PatternStore.open(Path.of(args[0]));
                    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                System.out.println("open");
                while (script.step() < changes && in.readLine() != null) {
                    int end = Math.min(changes, script.step() + BATCH);
                    while (script.step() < end) {
                        script.perform(store);
                    }
                    System.out.println("wrote");
                }
            }
            System.out.println("done");
        }
    }
}
