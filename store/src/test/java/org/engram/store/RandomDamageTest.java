package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.DamageOracle;
import org.engram.store.fixture.DamagedDirectory;
import org.engram.store.fixture.RandomDamage;
import org.engram.store.fixture.Specimen;
import org.engram.store.fixture.StoreBytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random damage to random files of stores of every layout: what {@link DamageOracle} says. A failure names its seed;
 * {@code -Dengram.damage=SEED} repeats only this seed, with {@code engram.flips} as it was.
 */
class RandomDamageTest {

    private static final int FLIPS = Campaign.FLIPS;
    private static final long SEED = Long.getLong("engram.seed", 20_260_101);
    private static final Long ONLY = Long.getLong("engram.damage");
    private static final int MOST_FAILURES = 10;
    private static final int ONE_FORGED_IN = 4;
    /** A writer waits for the device. */
    private static final int ONE_WRITTEN_IN = 100;

    private static final Logger LOG = Logger.getLogger("org.engram.store");

    private final LongAdder damages = new LongAdder();
    private final LongAdder forged = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final LongAdder told = new LongAdder();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF); // of every recovery
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    @Test
    void whateverIsDamagedIsRefusedOrLeftOutOrToldByAVerification(@TempDir Path temp) throws Exception {
        List<Specimen> specimens = Specimen.all();
        List<Callable<Void>> all = new ArrayList<>();
        long start = System.nanoTime();
        for (int s = 0; s < specimens.size(); s++) {
            int number = s;
            all.add(() -> damage(specimens.get(number), number, specimens.size(), temp.resolve("store " + number)));
        }
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (Future<Void> done : two.invokeAll(all)) {
                done.get();
            }
        }
        System.out.printf(
                "damages %d (seed %d, forged %d, written to %d), refused %d, opened %d, of those told by a verification %d, failures %d, %.1f s%n",
                damages.sum(),
                SEED,
                forged.sum(),
                written.sum(),
                refused.sum(),
                opened.sum(),
                told.sum(),
                failures.size(),
                (System.nanoTime() - start) / 1e9);
        assertEquals("", String.join("\n", failures));
        assertEquals(ONLY == null ? FLIPS : 1, damages.sum());
        assertTrue(damages.sum() < 1000 || (refused.sum() > 0 && told.sum() > 0 && opened.sum() > told.sum()));
    }

    private Void damage(Specimen specimen, int number, int specimens, Path store) throws IOException {
        try (DamagedDirectory directory = new DamagedDirectory(store)) {
            DamageOracle oracle = new DamageOracle(specimen, directory.path());
            for (long i = number; i < FLIPS && failures.size() < MOST_FAILURES; i += specimens) {
                if (ONLY == null || ONLY == SEED + i) {
                    damage(SEED + i, specimen, directory, oracle);
                }
            }
            refused.add(oracle.refused());
            opened.add(oracle.opened());
            told.add(oracle.told());
        }
        return null;
    }

    private void damage(long seed, Specimen specimen, DamagedDirectory directory, DamageOracle oracle)
            throws IOException {
        RandomDamage damage = new RandomDamage(seed, specimen);
        Map<String, byte[]> damaged = damage.damaged();
        boolean forge = damage.isOneIn(ONE_FORGED_IN);
        boolean write = damage.isOneIn(ONE_WRITTEN_IN);
        Map<String, byte[]> files = forge ? damage.forged(damaged) : damaged;
        damages.increment();
        forged.add(forge ? 1 : 0);
        written.add(write ? 1 : 0);
        try {
            directory.put(files);
            oracle.checkReading(files, forge);
            if (write) {
                StoreBytes.assertSame(files, StoreBytes.of(directory.path()));
                oracle.checkWriting(files, forge);
            }
        } catch (AssertionError | RuntimeException e) {
            failures.add("seed %d, %s, %s: %s".formatted(seed, specimen, forge ? "forged" : "damaged", e));
            if (ONLY != null) {
                throw e;
            }
            write = true;
        }
        if (write) {
            directory.clear();
        }
    }
}
