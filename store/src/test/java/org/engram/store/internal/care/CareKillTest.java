package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.engram.store.KillTest;
import org.engram.store.Layout;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Progress;
import org.engram.store.StoreCare;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.KillOracle;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.QuickJvm;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 of what takes care of a store, at random moments: neurons are neither lost nor changed, what is made is there
 * whole or not at all, and the next try succeeds.
 */
@DisabledOnOs(OS.WINDOWS)
class CareKillTest {

    /** Of each kind of care, in each layout that has it. */
    private static final int KILLS = Math.max(2, Campaign.KILLS / 100);

    private static final long SEED = Long.getLong("engram.seed", 20_260_101);
    private static final Progress SILENT = (done, total) -> {};
    private static final String READY = "ready";
    private static final String DONE = "done";
    private static final int STEPS = 150;
    private static final int TAIL = 6_000;

    @TempDir
    Path temp;

    private final KillOracle oracle = new KillOracle();
    private final LongAdder before = new LongAdder();

    /** What is killed. */
    enum Care {
        /** Opens a store after a power loss: many neurons that no SYNC vouches for, a long torn tail, stripes without a record. */
        RECOVERY {
            @Override
            void run(Path store, Path target) {
                PatternStore.open(store).close();
            }

            @Override
            void damage(Path store, Layout layout) throws IOException {
                Path journal = store.resolve(StoreDirectory.JOURNAL);
                StoreBytes.cut(journal, Files.size(journal) - JournalRecord.HEAD);
                StoreBytes.append(journal, tail());
                for (Part part : Part.of(layout)) {
                    byte[] surplus = new byte[Math.toIntExact(part.stripeBytes(Patterns.SMALL))];
                    StoreBytes.append(store.resolve(part.fileName), surplus);
                }
            }

            @Override
            void checkDone(Path store, Map<String, byte[]> source) throws IOException {
                byte[] journal = source.get(StoreDirectory.JOURNAL);
                byte[] kept = Arrays.copyOfRange(journal, journal.length - TAIL, journal.length);
                assertTrue(
                        StoreBytes.of(store).entrySet().stream()
                                .filter(file -> file.getKey().startsWith("journal.cut-"))
                                .anyMatch(file -> Arrays.equals(kept, file.getValue())),
                        "what was cut off is kept aside");
            }
        },
        REBUILD {
            @Override
            void run(Path store, Path target) {
                StoreCare.rebuild(store, SILENT);
            }

            @Override
            void checkDone(Path store, Map<String, byte[]> source) throws IOException {
                Map<String, byte[]> files = StoreBytes.of(store);
                assertFalse(files.keySet().stream().anyMatch(name -> name.endsWith(".tmp")), "leftovers");
                files.put(StoreDirectory.LOCK, source.get(StoreDirectory.LOCK));
                StoreBytes.assertSame(source, files);
            }
        },
        COPY {
            @Override
            void run(Path store, Path target) {
                StoreCare.copy(store, target, SILENT);
            }
        },
        COMPACTION {
            @Override
            void run(Path store, Path target) {
                StoreCare.compact(store, target, SILENT);
            }
        },
        /** Of a store whose journal was torn, and whose sketches can be derived where there is something else. */
        SALVAGE {
            @Override
            void run(Path store, Path target) {
                StoreCare.salvage(store, target, SILENT);
            }

            @Override
            void damage(Path store, Layout layout) throws IOException {
                StoreBytes.append(store.resolve(StoreDirectory.JOURNAL), tail());
                if (layout != Layout.PACKED) {
                    StoreBytes.flip(store.resolve(Part.SKETCH.fileName), 5 * BitLayout.SKETCH_BYTES);
                }
            }
        };

        abstract void run(Path store, Path target);

        void damage(Path store, Layout layout) throws IOException {}

        void checkDone(Path store, Map<String, byte[]> source) throws IOException {}

        boolean makesAnother() {
            return this == COPY || this == COMPACTION || this == SALVAGE;
        }

        List<Layout> layouts() {
            return this == REBUILD ? List.of(Layout.FULL, Layout.TIED) : List.of(Layout.values());
        }

        private static byte[] tail() {
            byte[] tail = new byte[TAIL];
            new SplittableRandom(SEED).nextBytes(tail);
            return tail;
        }
    }

    @ParameterizedTest
    @EnumSource(Care.class)
    void careThatIsKilledLosesNothingAndSucceedsTheNextTime(Care care) throws Exception {
        List<Layout> layouts = care.layouts();
        KillOracle.sideBySide(layouts.size(), number -> killAgainAndAgain(care, layouts.get(number)));
        oracle.close("during %s, at random (seed %d), %d of them before its end".formatted(care, SEED, before.sum()));
        assertEquals((long) layouts.size() * KILLS, oracle.kills.sum());
    }

    private void killAgainAndAgain(Care care, Layout layout) throws IOException {
        Path store = temp.resolve(layout.name());
        PatternStore.create(
                        store, StoreOptions.DEFAULT.withGeometry(Patterns.SMALL).withLayout(layout))
                .close();
        ChangeScript script = new ChangeScript(Patterns.SMALL, SEED, layout != Layout.PACKED);
        try (PatternStore writer = PatternStore.open(store)) {
            while (script.step() < STEPS) {
                script.perform(writer);
            }
        }
        care.damage(store, layout);
        Map<String, byte[]> source = StoreBytes.of(store);
        SplittableRandom random = new SplittableRandom(SEED + layout.name().hashCode());
        long withinUs = 200_000;
        for (int i = 0; i < KILLS; i++) {
            StoreBytes.restore(store, source);
            long afterUs = random.nextLong(withinUs);
            try {
                // About as long as it takes here, so that most kills come before the end.
                withinUs = runAndKill(care, store, afterUs) ? withinUs + withinUs / 8 : withinUs * 3 / 4 + 1;
                if (care.makesAnother()) {
                    checkOther(care, store, script, source);
                } else {
                    oracle.check(store, script, random);
                    care.run(store, target(store));
                    care.checkDone(store, source);
                    oracle.check(store, script, random);
                }
                assertEquals(STEPS, script.step());
            } catch (AssertionError | RuntimeException e) {
                oracle.fail("%s, %s, kill %d of seed %d, after %d us".formatted(care, layout, i, SEED, afterUs), e);
                return;
            }
        }
    }

    /** The other store is there completely, or not at all, and then the next try makes it; the first is untouched. */
    private void checkOther(Care care, Path store, ChangeScript script, Map<String, byte[]> source) throws IOException {
        Path target = target(store);
        StoreBytes.assertSame(source, StoreBytes.of(store));
        // It has its place before its header has a name, and counts from then on.
        if (!Files.exists(target.resolve(StoreDirectory.HEADER))) {
            care.run(store, target);
        }
        Map<String, Pattern> expected = new TreeMap<>();
        script.live().forEach((neuron, key) -> expected.put(key, script.pattern(neuron)));
        Map<String, Pattern> found = new TreeMap<>();
        try (PatternStore other = PatternStore.openReadOnly(target)) {
            assertEquals("", Sentences.of(other.recovery()));
            other.neurons().forEach(neuron -> found.put(neuron.key(), other.pattern(neuron.neuron())));
        }
        oracle.compare(expected, found);
        assertEquals(List.of(), Sentences.of(StoreCare.verify(target, SILENT).problems()));
        StoreBytes.assertSame(source, StoreBytes.of(store));
        StoreBytes.delete(target);
        assertFalse(Files.exists(Path.of(target + StoreDirectory.UNFINISHED)), "leftovers");
    }

    private static Path target(Path store) {
        return Path.of(store + " target");
    }

    /** Kills it so long after it began, and says whether that was before its end. */
    private boolean runAndKill(Care care, Path store, long afterUs) {
        try (ChildJvm child = QuickJvm.start(
                Carer.class, care.name(), store.toString(), target(store).toString())) {
            child.expect(READY);
            KillTest.pause(afterUs);
            child.kill();
            boolean early = child.remainingLines().isEmpty();
            assertEquals(ChildJvm.KILLED, child.exitCode(), () -> "exit code; stderr: " + child.err());
            oracle.kills.increment();
            before.add(early ? 1 : 0);
            return early;
        }
    }

    /** The process that is killed, at the latest when it is done. */
    static final class Carer {

        private Carer() {}

        public static void main(String[] args) throws InterruptedException {
            System.out.println(READY);
            Care.valueOf(args[0]).run(Path.of(args[1]), Path.of(args[2]));
            System.out.println(DONE);
            Thread.sleep(600_000);
        }
    }
}
