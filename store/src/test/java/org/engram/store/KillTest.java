package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of real appending processes at random moments: what a call that returned did is there, and nothing else. */
@DisabledOnOs(OS.WINDOWS)
class KillTest {

    private static final int KILLS = Integer.getInteger("engram.kills", 200);
    private static final long SEED = Long.getLong("engram.seed", 20_260_101);
    private static final int KILLS_PER_STORE = 5;
    private static final List<Layout> LAYOUTS = List.of(Layout.values());
    /** Quick to start; the appending needs no optimising compiler. */
    private static final List<String> FLAGS =
            List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:+UseSerialGC", "-Xmx256m");

    private static final String OPENING = "opening";

    private final LongAdder kills = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder duringOpening = new LongAdder();
    private final LongAdder recoveries = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** What the process that is killed does. */
    private enum Mode {
        /** Opens once and changes. */
        APPEND,
        /** Opens, changes once, closes, again and again. */
        REOPEN,
        /** As APPEND, with the remains of a torn append to recover from, and killed while it opens. */
        RECOVER
    }

    @Test
    void everythingAcknowledgedSurvivesKillMinusNineAndNothingElseAppears(@TempDir Path directory) throws Exception {
        AtomicInteger stores = new AtomicInteger();
        Callable<Void> worker = () -> {
            for (int s = stores.getAndIncrement(); s * KILLS_PER_STORE < KILLS; s = stores.getAndIncrement()) {
                liveAndDie(directory.resolve("store " + s), s);
            }
            return null;
        };
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (Future<Void> done : two.invokeAll(List.of(worker, worker))) {
                done.get();
            }
        }
        System.out.printf(
                "kills %d (seed %d, while opening %d, torn appends recovered %d), acknowledged %d, lost %d, wrong %d%n",
                kills.sum(), SEED, duringOpening.sum(), recoveries.sum(), acknowledged.sum(), lost.sum(), wrong.sum());
        assertEquals("", String.join("\n", failures));
        assertEquals(0, lost.sum(), "lost");
        assertEquals(0, wrong.sum(), "wrong");
        assertEquals(KILLS, kills.sum());
        assertTrue(acknowledged.sum() >= KILLS, "too few changes between kills: " + acknowledged.sum());
        assertTrue(KILLS < 100 || duringOpening.sum() > 0, "no kill fell into an opening");
        assertTrue(KILLS < 100 || recoveries.sum() > 0, "no kill tore an append");
    }

    /** One store, killed several times, each time checked and gone on with. */
    private void liveAndDie(Path store, int number) throws IOException {
        long seed = SEED + number;
        Geometry geometry = number % 5 == 4 ? Geometry.PAPER : new Geometry(20, 20);
        Layout layout = LAYOUTS.get(number % LAYOUTS.size());
        PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(geometry).withLayout(layout))
                .close();
        ChangeScript script = new ChangeScript(geometry, seed, layout != Layout.PACKED);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < KILLS_PER_STORE && number * KILLS_PER_STORE + i < KILLS; i++) {
            int round = number * KILLS_PER_STORE + i;
            Mode mode =
                    i == 0 || random.nextInt(5) > 1 ? Mode.APPEND : random.nextBoolean() ? Mode.REOPEN : Mode.RECOVER;
            try {
                runAndKill(store, layout, script, seed, mode, random);
                check(store, script, random);
                if (i == KILLS_PER_STORE - 1 || random.nextInt(3) > 0) {
                    goOn(store, script);
                }
            } catch (AssertionError | RuntimeException e) {
                failures.add("seed %d, round %d (store %d of seed %d, %s): %s"
                        .formatted(SEED, round, number, seed, mode, e));
                return;
            }
        }
        try (var files = Files.list(store)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void runAndKill(
            Path store, Layout layout, ChangeScript script, long seed, Mode mode, SplittableRandom random)
            throws IOException {
        Geometry geometry = script.pattern(0).geometry();
        // A dying process leaves the remains of one append, so nothing is added to what the last one left.
        if (mode == Mode.RECOVER && StoreInspector.inspect(store).notes().isEmpty()) {
            tear(store, layout, geometry, random);
        }
        try (ChildJvm child = ChildJvm.start(
                Appender.class,
                FLAGS,
                store.toString(),
                String.valueOf(geometry.width()),
                String.valueOf(geometry.height()),
                String.valueOf(seed),
                String.valueOf(script.step()),
                mode.name(),
                layout.name())) {
            child.expect(OPENING);
            int acknowledgedNow = 0;
            long withinUs = 120_000;
            if (mode != Mode.RECOVER) {
                child.expect(String.valueOf(script.step()));
                acknowledgedNow = 1;
                withinUs = 30_000;
            }
            pause(random.nextLong(withinUs));
            child.kill();
            acknowledgedNow += child.remainingLines().size();
            assertEquals(ChildJvm.KILLED, child.exitCode(), () -> "exit code; stderr: " + child.err());
            kills.increment();
            acknowledged.add(acknowledgedNow);
            duringOpening.add(acknowledgedNow == 0 ? 1 : 0);
            script.advanceTo(script.step() + acknowledgedNow);
        }
    }

    /** Leaves behind what an append leaves that was killed half way: parts of stripes, part of a record. */
    private static void tear(Path store, Layout layout, Geometry geometry, SplittableRandom random) throws IOException {
        for (Part part : layout.parts()) {
            leaveRemains(store.resolve(part.fileName), part.stripeBytes(geometry), random);
        }
        leaveRemains(store.resolve(StoreDirectory.JOURNAL), JournalRecord.MAX_LENGTH, random);
    }

    private static void leaveRemains(Path file, long longest, SplittableRandom random) throws IOException {
        if (longest > 0) {
            byte[] remains = new byte[random.nextInt(1, (int) Math.min(longest, 300))];
            random.nextBytes(remains);
            StoreBytes.append(file, remains);
        }
    }

    /** The store shows the state after all acknowledged steps, or after the one more that was issued. */
    private void check(Path store, ChangeScript script, SplittableRandom random) {
        StoreReport report = StoreInspector.verify(store, (done, total) -> {});
        assertTrue(report.isSound(), () -> "verify: " + report.problems());
        try (PatternStore reader = PatternStore.openReadOnly(store)) {
            recoveries.add(reader.recovery().isEmpty() && report.notes().isEmpty() ? 0 : 1);
            var found = ChangeScript.liveIn(reader);
            var promised = new HashSet<>(script.live().entrySet());
            if (!found.equals(script.live())) {
                script.advanceTo(script.step() + 1);
            }
            if (!found.equals(script.live())) {
                Set<Object> missing = new HashSet<>(promised);
                missing.removeAll(found.entrySet());
                Set<Object> foreign = new HashSet<>(found.entrySet());
                foreign.removeAll(promised);
                lost.add(missing.size());
                wrong.add(foreign.size());
                throw new AssertionError(
                        "after step %d: lost %s, nobody stored %s".formatted(script.step() - 1, missing, foreign));
            }
            assertEquals(script.neurons(), report.neurons().size(), "neurons, retired ones included");
            checkPixels(reader, script, random);
        }
    }

    private void checkPixels(PatternStore reader, ChangeScript script, SplittableRandom random) {
        List<Integer> neurons = new ArrayList<>(script.live().keySet());
        for (int i = 0; i < neurons.size(); i++) {
            int neuron = neurons.get(i);
            boolean recent = i >= neurons.size() - 100;
            if (recent || random.nextInt(4) == 0) {
                Pattern byKey = reader.pattern(script.live().get(neuron));
                if (!byKey.equals(script.pattern(neuron))) {
                    wrong.increment();
                    throw new AssertionError("neuron %d has other pixels than it was given".formatted(neuron));
                }
            }
        }
    }

    /** A writer opens, and its changes work, an append among them. */
    private static void goOn(Path store, ChangeScript script) {
        try (PatternStore writer = PatternStore.open(store)) {
            int before = script.neurons();
            while (script.neurons() == before) {
                script.perform(writer);
            }
            assertEquals(script.live(), ChangeScript.liveIn(writer));
            assertEquals(script.pattern(before), writer.pattern(before));
        }
        StoreReport report = StoreInspector.inspect(store);
        assertEquals(List.of(), report.notes(), "nothing incomplete is left after a writer");
        assertTrue(report.isSound(), () -> "inspect: " + report.problems());
    }

    private static void pause(long us) {
        try {
            TimeUnit.MICROSECONDS.sleep(us);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The process that dies: says which step it took only after the call returned. */
    static final class Appender {

        private Appender() {}

        public static void main(String[] args) throws IOException {
            Path directory = Path.of(args[0]);
            Geometry geometry = new Geometry(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            ChangeScript script = new ChangeScript(
                            geometry, Long.parseLong(args[3]), Layout.valueOf(args[6]) != Layout.PACKED)
                    .advanceTo(Integer.parseInt(args[4]));
            boolean reopen = Mode.valueOf(args[5]) == Mode.REOPEN;
            try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
                say(out, OPENING);
                while (true) {
                    try (PatternStore store = PatternStore.open(directory)) {
                        do {
                            int step = script.step();
                            script.perform(store);
                            say(out, String.valueOf(step));
                        } while (!reopen);
                    }
                }
            }
        }

        /** One unbuffered write, whole or not at all in a pipe. */
        private static void say(FileOutputStream out, String line) throws IOException {
            out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
