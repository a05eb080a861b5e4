package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
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
    private static final long SEED = Long.getLong("engram.seed", 20_260_101);
    private static final int KILLS_PER_STORE = 5;
    private static final List<Layout> LAYOUTS = List.of(Layout.values());
    private static final List<Durability> DURABILITIES = List.of(Durability.values());

    private static final String OPENING = "opening";

    private final KillOracle oracle = new KillOracle();
    private final LongAdder duringOpening = new LongAdder();

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
        KillOracle.sideBySide(
                Math.ceilDiv(KILLS, KILLS_PER_STORE),
                number -> liveAndDie(directory.resolve("store " + number), number));
        oracle.close("at random (seed %d), %d of them while opening".formatted(SEED, duringOpening.sum()));
        assertEquals(KILLS, oracle.kills.sum());
        assertTrue(oracle.acknowledged.sum() >= KILLS, "too few changes between kills: " + oracle.acknowledged.sum());
        assertTrue(KILLS < 100 || duringOpening.sum() > 0, "no kill fell into an opening");
        assertTrue(KILLS < 100 || oracle.recoveries.sum() > 0, "no kill tore an append");
    }

    /** One store, killed several times, each time checked and gone on with. */
    private void liveAndDie(Path store, int number) throws IOException {
        long seed = SEED + number;
        Geometry geometry = number % 5 == 4 ? Geometry.PAPER : Patterns.SMALL;
        Layout layout = LAYOUTS.get(number % LAYOUTS.size());
        Durability durability = DURABILITIES.get(number / LAYOUTS.size() % DURABILITIES.size());
        PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(geometry).withLayout(layout))
                .close();
        ChangeScript script = new ChangeScript(geometry, seed, layout != Layout.PACKED);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < KILLS_PER_STORE && number * KILLS_PER_STORE + i < KILLS; i++) {
            int round = number * KILLS_PER_STORE + i;
            Mode mode =
                    i == 0 || random.nextInt(5) > 1 ? Mode.APPEND : random.nextBoolean() ? Mode.REOPEN : Mode.RECOVER;
            try {
                runAndKill(store, layout, durability, script, seed, mode, random);
                oracle.check(store, script, random);
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

    private void runAndKill(
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
            if (mode != Mode.RECOVER) {
                child.expect(String.valueOf(script.step()));
                acknowledgedNow = 1;
                withinUs = 30_000;
            }
            pause(random.nextLong(withinUs));
            child.kill();
            acknowledgedNow += child.remainingLines().size();
            assertEquals(ChildJvm.KILLED, child.exitCode(), () -> "exit code; stderr: " + child.err());
            oracle.kills.increment();
            oracle.acknowledged.add(acknowledgedNow);
            duringOpening.add(acknowledgedNow == 0 ? 1 : 0);
            script.advanceTo(script.step() + acknowledgedNow);
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
            ChangeScript script = new ChangeScript(
                            geometry, Long.parseLong(args[3]), Layout.valueOf(args[6]) != Layout.PACKED)
                    .advanceTo(Integer.parseInt(args[4]));
            boolean reopen = Mode.valueOf(args[5]) == Mode.REOPEN;
            Access access = Access.writer(Durability.valueOf(args[7]), Clock.systemUTC())
                    .indexingAfter(Integer.parseInt(args[8]));
            try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
                say(out, OPENING);
                while (true) {
                    try (PatternStore store = Doors.open(directory, access)) {
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
