package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.KillOracle;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.QuickJvm;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.neurons.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of real appending processes at random moments: what a call that returned did is there, and nothing else. */
@DisabledOnOs(OS.WINDOWS)
public class KillTest {

    private static final int KILLS = Campaign.KILLS;
    private static final int BATCH_KILLS = Campaign.BATCH_KILLS;
    private static final long SEED = Long.getLong("engram.seed", 20_260_101);
    private static final int KILLS_PER_STORE = 5;
    private static final List<Layout> LAYOUTS = List.of(Layout.values());
    private static final List<Durability> DURABILITIES = List.of(Durability.values());

    private static final String OPENING = "opening";
    private static final String BATCH_BEGINS = "batch";

    private final KillOracle oracle = new KillOracle();
    private final LongAdder duringOpening = new LongAdder();
    private final LongAdder insideBatches = new LongAdder();
    private final LongAdder wholeBatches = new LongAdder();

    /** What the process that is killed does. */
    private enum Mode {
        /** Opens once and changes. */
        APPEND,
        /** Opens, changes once, closes, again and again. */
        REOPEN,
        /** As APPEND, with the remains of a torn append to recover from, and killed while it opens. */
        RECOVER,
        /** As APPEND, mostly hundreds at once. */
        BATCHES
    }

    @Test
    void everythingAcknowledgedSurvivesKillMinusNineAndNothingElseAppears(@TempDir Path directory) throws Exception {
        KillOracle.sideBySide(
                Math.ceilDiv(KILLS, KILLS_PER_STORE),
                number -> liveAndDie(directory.resolve("store " + number), number, KILLS, false));
        oracle.close("at random (seed %d), %d of them while opening".formatted(SEED, duringOpening.sum()));
        assertEquals(KILLS, oracle.kills.sum());
        assertTrue(oracle.acknowledged.sum() >= KILLS, "too few changes between kills: " + oracle.acknowledged.sum());
        assertTrue(KILLS < 100 || duringOpening.sum() > 0, "no kill fell into an opening");
        assertTrue(KILLS < 100 || oracle.recoveries.sum() > 0, "no kill tore an append");
    }

    @Test
    void aBatchThatWasKilledIsWholeOrNotThere(@TempDir Path directory) throws Exception {
        KillOracle.sideBySide(
                Math.ceilDiv(BATCH_KILLS, KILLS_PER_STORE),
                number -> liveAndDie(directory.resolve("store " + number), number, BATCH_KILLS, true));
        oracle.close("of batches of 400 to 1,000 (seed %d), %d of them inside a batch, of which %d were whole after all"
                .formatted(SEED, insideBatches.sum(), wholeBatches.sum()));
        assertEquals(BATCH_KILLS, oracle.kills.sum());
        assertTrue(insideBatches.sum() >= BATCH_KILLS / 4, "too few inside a batch: " + insideBatches.sum());
        assertTrue(oracle.recoveries.sum() > 0, "no kill tore a batch");
    }

    /** One store, killed several times, each time checked and gone on with. */
    private void liveAndDie(Path store, int number, int kills, boolean batches) throws IOException {
        long seed = SEED + number;
        Layout layout = LAYOUTS.get(number % LAYOUTS.size());
        boolean large = batches ? layout == Layout.PACKED : number % 5 == 4;
        Geometry geometry = large ? Geometry.PAPER : Patterns.SMALL;
        Durability durability = DURABILITIES.get(number / LAYOUTS.size() % DURABILITIES.size());
        PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(geometry).withLayout(layout))
                .close();
        ChangeScript script = script(geometry, seed, layout, batches);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < KILLS_PER_STORE && number * KILLS_PER_STORE + i < kills; i++) {
            int round = number * KILLS_PER_STORE + i;
            Mode mode = batches
                    ? Mode.BATCHES
                    : i == 0 || random.nextInt(5) > 1 ? Mode.APPEND : random.nextBoolean() ? Mode.REOPEN : Mode.RECOVER;
            try {
                boolean inside = runAndKill(store, layout, durability, script, seed, mode, random);
                int acknowledged = script.step();
                oracle.check(store, script, random);
                insideBatches.add(inside ? 1 : 0);
                wholeBatches.add(inside && script.step() > acknowledged ? 1 : 0);
                if (i == KILLS_PER_STORE - 1 || random.nextInt(3) > 0) {
                    KillOracle.goOn(store, script);
                }
            } catch (AssertionError | RuntimeException e) {
                oracle.fail(
                        "seed %d, round %d (store %d of seed %d, %s, %s, %s)"
                                .formatted(SEED, round, number, seed, layout, durability, mode),
                        e);
                return;
            }
        }
        StoreBytes.delete(store);
    }

    private static ChangeScript script(Geometry geometry, long seed, Layout layout, boolean batches) {
        ChangeScript script = new ChangeScript(geometry, seed, layout != Layout.PACKED);
        return batches ? script.inBatches() : script;
    }

    /** Whether the last thing it said was that a batch begins. */
    private boolean runAndKill(
            Path store,
            Layout layout,
            Durability durability,
            ChangeScript script,
            long seed,
            Mode mode,
            SplittableRandom random)
            throws IOException {
        Geometry geometry = script.pattern(0).geometry();
        // A dying process leaves the remains of one append, so nothing is added to what the last one left.
        if (mode == Mode.RECOVER && StoreCare.inspect(store).notes().isEmpty()) {
            tear(store, layout, geometry, random);
        }
        try (ChildJvm child = QuickJvm.start(
                Appender.class,
                store.toString(),
                String.valueOf(geometry.width()),
                String.valueOf(geometry.height()),
                String.valueOf(seed),
                String.valueOf(script.step()),
                mode.name(),
                layout.name(),
                durability.name(),
                String.valueOf(seed % 2 == 0 ? 1 : Access.INDEX_AFTER))) {
            child.expect(OPENING);
            int acknowledgedNow = 0;
            long withinUs = 80_000;
            if (mode == Mode.BATCHES) {
                // A kill that comes by chance falls into a batch too seldom.
                int batches = random.nextInt(2, 5);
                long began = System.nanoTime();
                while (batches > 0) {
                    String line = child.line();
                    long now = System.nanoTime();
                    if (BATCH_BEGINS.equals(line)) {
                        batches--;
                        began = now;
                    } else {
                        assertEquals(String.valueOf(script.step() + acknowledgedNow), line, child::err);
                        acknowledgedNow++;
                        withinUs = (now - began) / 1000;
                    }
                }
            } else if (mode != Mode.RECOVER) {
                child.expect(String.valueOf(script.step()));
                acknowledgedNow = 1;
                withinUs = 30_000;
            }
            pause(random.nextLong(withinUs + 1));
            child.kill();
            List<String> said = child.remainingLines();
            acknowledgedNow += said.size() - Collections.frequency(said, BATCH_BEGINS);
            assertEquals(ChildJvm.KILLED, child.exitCode(), () -> "exit code; stderr: " + child.err());
            oracle.kills.increment();
            oracle.acknowledged.add(acknowledgedNow);
            duringOpening.add(acknowledgedNow == 0 ? 1 : 0);
            script.advanceTo(script.step() + acknowledgedNow);
            return mode == Mode.BATCHES && (said.isEmpty() || said.getLast().equals(BATCH_BEGINS));
        }
    }

    /** Leaves behind what an append leaves that was killed half way: parts of stripes, part of a record. */
    private static void tear(Path store, Layout layout, Geometry geometry, SplittableRandom random) throws IOException {
        for (Part part : Part.of(layout)) {
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

    public static void pause(long us) {
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
            Mode mode = Mode.valueOf(args[5]);
            ChangeScript script = script(
                            geometry, Long.parseLong(args[3]), Layout.valueOf(args[6]), mode == Mode.BATCHES)
                    .advanceTo(Integer.parseInt(args[4]));
            Access access = Access.writer(Durability.valueOf(args[7]), Clock.systemUTC())
                    .indexingAfter(Integer.parseInt(args[8]));
            try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
                say(out, OPENING);
                while (true) {
                    try (PatternStore store = Doors.open(directory, access)) {
                        do {
                            int step = script.step();
                            script.perform(store, () -> {
                                if (mode == Mode.BATCHES) {
                                    say(out, BATCH_BEGINS);
                                }
                            });
                            say(out, String.valueOf(step));
                        } while (mode != Mode.REOPEN);
                    }
                }
            }
        }

        /** One unbuffered write, whole or not at all in a pipe. */
        private static void say(FileOutputStream out, String line) {
            try {
                out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
