package org.engram.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * One seed of the campaign: a history of a small store, whose power goes at random points of it. From each image the store
 * recovers, is checked, and goes on, and the power goes again.
 */
final class PowerLossRun {

    /** What a wrong implementation does between the store and its medium; the right one passes everything on. */
    interface Mistake {
        Medium over(Medium sound, Path store);
    }

    static final Mistake NONE = (sound, store) -> sound;

    private static final int DEPTH = 4;
    private static final List<StoreKind> KINDS = List.of(StoreKind.values());

    /** What the test knows at a point of a log. */
    record Known(StoreState issued, int vouched, boolean created) {
        @Override
        public String toString() {
            return "%d of %d vouched for".formatted(vouched, issued.changes());
        }
    }

    private final Path root;
    private final long seed;
    final Mistake mistake;
    final SplittableRandom random;
    final StoreKind kind;
    final Geometry geometry;
    final Durability durability;
    private final boolean realValuesToo;
    private int patterns;
    private int lives;
    private final int wanted;
    private int images;
    private PowerLossLife current;
    private String where = "";

    /** So many images of one seed. */
    PowerLossRun(Path root, long seed, int wanted, Mistake mistake) {
        this.wanted = wanted;
        this.root = root.toAbsolutePath();
        this.seed = seed;
        this.mistake = mistake;
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L);
        this.kind = KINDS.get(random.nextInt(KINDS.size()));
        this.geometry = random.nextInt(3) > 0 ? new Geometry(5, 3) : new Geometry(24, 24);
        this.durability = random.nextInt(3) > 0 ? Durability.PROCESS_SAFE : Durability.ALWAYS;
        this.realValuesToo = kind.layout != Layout.PACKED && random.nextBoolean();
    }

    /** A time that none of the lives before had. */
    Clock nextClock() {
        return Clock.fixed(Instant.ofEpochMilli(++lives), ZoneOffset.UTC);
    }

    /** How many images were struck so far. */
    int images() {
        return images;
    }

    /** Lives a first life, and as many more as it takes. */
    void run() throws IOException {
        try {
            PowerLossLife first = begin("first", DiskImage.NOTHING, new Known(StoreState.EMPTY, 0, false));
            first.create();
            first.go(4 + random.nextInt(14));
            first.rebuildIfOld();
            first.end();
            while (images < wanted) {
                lose(first, 1);
            }
        } catch (Exception | AssertionError | InternalError e) {
            throw new AssertionError(
                    "power loss: seed %d, image %d: %s, %s, %s: %s: %s; repeat it with -Dengram.image.seed=%d"
                            .formatted(seed, images, kind, geometry, durability, where, e, seed),
                    e);
        } finally {
            current.abandon();
        }
    }

    private PowerLossLife begin(String name, DiskImage before, Known known) throws IOException {
        current = new PowerLossLife(this, root.resolve(name), before, known);
        return current;
    }

    /** The power goes somewhere in a life; from what is left the next one begins. */
    private void lose(PowerLossLife life, int depth) throws IOException {
        images++;
        List<RecordingMedium.Entry> log = life.recorder.log();
        int crash = life.moments.isEmpty() || random.nextInt(3) > 0
                ? crashPoint(log)
                : life.moments.get(random.nextInt(life.moments.size()));
        where = "life %d, crash at %d of %d, after %s"
                .formatted(depth, crash, log.size(), crash == 0 ? "nothing" : log.get(crash - 1));
        Known known = life.atStart;
        for (RecordingMedium.Entry entry : log.subList(0, crash)) {
            known = entry instanceof RecordingMedium.Mark mark ? (Known) mark.known() : known;
        }
        DiskImage image = PowerLoss.strike(life.before, log, crash, random);
        life.assertCutTailIsKept(image);
        if (life.isMakingAnother(crash) || random.nextInt(8) == 0) {
            life.assertOthersAreWhole(image, crash, Files.createDirectories(root.resolve("others")));
        }
        PowerLossLife next = begin("next", image.below(PowerLossLife.STORE::equals), known);
        if (next.recover()) {
            next.end();
            next.check();
            if (depth < DEPTH && random.nextInt(4) > 0 && images < wanted) {
                lose(next, depth + 1);
            }
        }
    }

    /** Any point; rather often one beside a call that is no write, or is about names: order hangs on those, and they are few. */
    private int crashPoint(List<RecordingMedium.Entry> log) {
        int crash = random.nextInt(log.size() + 1);
        int dice = random.nextInt(6);
        if (dice < 3) {
            Predicate<RecordingMedium.Entry> wanted = dice == 0 ? PowerLossRun::isOfNames : PowerLossRun::isOrdering;
            while (crash < log.size() && !wanted.test(log.get(crash))) {
                crash++;
            }
            crash = Math.min(log.size(), crash + random.nextInt(3));
        }
        return crash;
    }

    private static boolean isOfNames(RecordingMedium.Entry entry) {
        return entry instanceof RecordingMedium.Rename || entry instanceof RecordingMedium.ForceDirectory;
    }

    private static boolean isOrdering(RecordingMedium.Entry entry) {
        return !(entry instanceof RecordingMedium.Write || entry instanceof RecordingMedium.Mark);
    }

    /** No two of a run are the same, and no real-valued one responds more than a black and white one. */
    Pattern nextPattern() {
        patterns++;
        if (realValuesToo && random.nextInt(4) == 0) {
            float[] values = new float[geometry.pixels()];
            for (int j = 0; j < values.length; j++) {
                // so little that no black and white pattern is beaten by it
                values[j] = (random.nextInt(2000) - 1000) / (2048f * values.length);
            }
            return Pattern.of(geometry, values);
        }
        // the first 15 pixels tell all patterns of a run apart, and are never all black
        BitSet white = BitSet.valueOf(new long[] {patterns * 7919L & 0x7FFF});
        for (int j = 15; j < geometry.pixels(); j++) {
            white.set(j, random.nextBoolean());
        }
        return Pattern.blackAndWhite(geometry, white);
    }
}
