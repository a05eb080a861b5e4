package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.engram.store.fixture.BindMount;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Quiet;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that is moved, replaced, deleted, mounted over or cut under a writer or a reader, at a moment that is drawn. Each
 * call gives a typed error or a right answer, nothing is written into another store, and what was acknowledged is in the
 * store that was moved.
 */
@ExtendWith(Quiet.class)
class SwapTest {

    private static final Geometry G = new Geometry(40, 40);
    private static final long SEED = 20_260_701;
    private static final int CALLS = 24;

    /** Longer than the proof of a writer is good for that its files are as it left them. */
    private static final Duration PROOF = Duration.ofMillis(20);

    @TempDir
    Path temp;

    private enum Swap {
        MOVED,
        REPLACED,
        DELETED,
        MOUNTED_OVER,
        CUT
    }

    /** One store, what is done to it, and what it holds. */
    private final class Case {
        private final SplittableRandom random;
        private final Layout layout;
        private final Durability durability;
        private final Swap swap;
        private final boolean writes;
        private final Path path;
        private final Path aside;
        private final Map<String, Pattern> acknowledged = new TreeMap<>();
        private final Map<String, Pattern> issued = new TreeMap<>();
        /** What stands under the name of the store since it was swapped. */
        private Map<String, byte[]> other = Map.of();

        private BindMount mount;
        private Part cut;
        /** How many neurons a SYNC vouches for. */
        private int vouched;
        /** Whether the cut took something that a SYNC vouches for. */
        private boolean tookVouched;

        Case(int n, int kinds) {
            this.random = new SplittableRandom(SEED + n);
            int kind = n % kinds;
            this.layout = List.of(Layout.values()).get(kind % 3);
            this.durability = List.of(Durability.values()).get(kind / 3 % 2);
            this.swap = List.of(Swap.values()).get(kind / 6 % 5);
            this.writes = kind / 30 == 0;
            this.path = temp.resolve("store " + n);
            this.aside = temp.resolve("aside " + n);
        }

        /** False where the right to mount is missing. */
        boolean run() throws Exception {
            fill(path, layout, 20, acknowledged);
            issued.putAll(acknowledged);
            vouched = acknowledged.size();
            try (PatternStore store = writes
                    ? PatternStore.open(path, OpenOptions.DEFAULT.withDurability(durability))
                    : PatternStore.openReadOnly(path)) {
                use(store, random.nextInt(CALLS));
                if (!swap()) {
                    return false;
                }
                // What a writer appends behind a cut within the time of its proof hides the cut.
                if (cut != null || random.nextBoolean()) {
                    Thread.sleep(PROOF);
                }
                use(store, CALLS);
                Thread.sleep(PROOF);
                requireTyped(assertThrows(EngramException.class, () -> changeOrRefresh(store), "nobody is told"));
            } catch (EngramException e) {
                requireTyped(e); // of the close
            }
            check();
            return true;
        }

        private boolean swap() throws Exception {
            switch (swap) {
                case MOVED -> Files.move(path, aside);
                case REPLACED -> {
                    Files.move(path, aside);
                    fill(path, layout, 1 + random.nextInt(30), new TreeMap<>());
                    other = StoreBytes.of(path);
                }
                case DELETED -> StoreBytes.delete(path);
                case MOUNTED_OVER -> {
                    Path over = temp.resolve(path.getFileName() + " over");
                    fill(over, layout, 1 + random.nextInt(30), new TreeMap<>());
                    mount = BindMount.over(over, path);
                    other = StoreBytes.of(path);
                    return mount != null;
                }
                case CUT -> {
                    List<Part> parts = Part.of(layout);
                    cut = parts.get(random.nextInt(parts.size()));
                    try (FileChannel file =
                            new FileOutputStream(path.resolve(cut.fileName).toFile(), true).getChannel()) {
                        file.truncate(random.nextLong(file.size()));
                        tookVouched = file.size() < vouched * cut.stripeBytes(G);
                    }
                }
            }
            return true;
        }

        private void use(PatternStore store, int calls) {
            for (int i = 0; i < calls; i++) {
                try {
                    use(store);
                } catch (EngramException e) {
                    requireTyped(e);
                }
            }
        }

        private void use(PatternStore store) {
            List<String> keys = new ArrayList<>(acknowledged.keySet());
            String key = keys.get(random.nextInt(keys.size()));
            Pattern pattern = acknowledged.get(key);
            switch (random.nextInt(writes ? 7 : 4)) {
                case 0 -> assertEquals(pattern, store.pattern(key));
                case 1 ->
                    assertEquals(
                            key,
                            store.recall(Cue.bipolar(pattern))
                                    .candidates()
                                    .getFirst()
                                    .key());
                case 2 -> store.refresh();
                case 3 -> assertTrue(store.contains(key));
                case 4 -> {
                    store.sync();
                    vouched = acknowledged.size();
                }
                default -> memorize(store);
            }
        }

        private void memorize(PatternStore store) {
            String key = "k" + issued.size();
            Pattern pattern = Patterns.random(G, issued.size());
            issued.put(key, pattern);
            store.memorize(key, pattern);
            acknowledged.put(key, pattern);
        }

        private void changeOrRefresh(PatternStore store) {
            if (writes) {
                memorize(store);
            } else {
                store.refresh();
            }
        }

        private void check() throws IOException {
            switch (swap) {
                case MOVED -> assertFalse(Files.exists(path), "somebody made it again");
                case DELETED -> {
                    assertFalse(Files.exists(path), "somebody made it again");
                    return;
                }
                case REPLACED, MOUNTED_OVER -> StoreBytes.assertSame(other, StoreBytes.of(path));
                case CUT -> {
                    checkCut();
                    return;
                }
            }
            if (mount != null) {
                mount.close();
            }
            Path there = swap == Swap.MOUNTED_OVER ? path : aside;
            assertEquals(List.of(), StoreCare.verify(there, (done, total) -> {}).problems());
            try (PatternStore store = PatternStore.open(there)) {
                Map<String, Pattern> found = new TreeMap<>();
                store.neurons().forEach(neuron -> found.put(neuron.key(), store.pattern(neuron.neuron())));
                assertTrue(found.entrySet().containsAll(acknowledged.entrySet()), "lost");
                assertTrue(issued.entrySet().containsAll(found.entrySet()), "nobody stored it");
            }
        }

        /** Nobody calls it sound. What no SYNC vouches for looks as a power loss leaves it, which is told as that. */
        private void checkCut() {
            StoreReport report = StoreCare.verify(path, (done, total) -> {});
            assertFalse(
                    tookVouched
                            ? report.isSound()
                            : report.isSound() && report.notes().isEmpty(),
                    "not told");
        }

        void remove() throws IOException {
            if (mount != null) {
                mount.close();
            }
            for (Path directory : List.of(path, aside, temp.resolve(path.getFileName() + " over"))) {
                if (Files.exists(directory)) {
                    StoreBytes.delete(directory);
                }
            }
        }

        /** A reader is told nothing of a lock that it has not. */
        private void requireTyped(EngramException e) {
            boolean known = e instanceof EngramException.Superseded
                    || (cut != null && e instanceof EngramException.Corrupt)
                    || (writes && (e instanceof EngramException.Locked || e instanceof EngramException.IoFailure));
            assertTrue(known && e.getMessage().contains(temp.toString()), () -> "unexpected: " + e);
        }

        @Override
        public String toString() {
            return "%s under a %s, %s %s".formatted(swap, writes ? "writer" : "reader", layout, durability);
        }
    }

    private static void fill(Path path, Layout layout, int neurons, Map<String, Pattern> held) {
        for (int i = 0; i < neurons; i++) {
            held.put("k" + i, Patterns.random(G, i));
        }
        try (PatternStore store =
                PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(G).withLayout(layout))) {
            store.memorizeAll(held.entrySet());
        }
    }

    @Test
    void whateverHappensToTheDirectoryIsToldAndHarmsNoOtherStore() throws Exception {
        Map<Swap, Integer> done = new HashMap<>();
        int kinds = Layout.values().length * Durability.values().length * Swap.values().length * 2;
        for (int n = 0; n < Campaign.SWAPS; n++) {
            Case swapped = new Case(n, kinds);
            try {
                done.merge(swapped.swap, swapped.run() ? 1 : 0, Integer::sum);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("swap %d, %s".formatted(n, swapped), e);
            } finally {
                swapped.remove();
            }
        }
        System.out.printf("%d swaps from seed %d: %s%n", Campaign.SWAPS, SEED, new TreeMap<>(done));
    }
}
