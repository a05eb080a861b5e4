package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.InterceptedMedium;
import org.engram.store.internal.medium.Medium;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Closing while other threads are inside: they finish or are turned away, and nothing crashes. */
@Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseTest {

    private static final int CLOSES = Campaign.CLOSES;
    private static final int NEURONS = 40;
    private static final Geometry SMALL = new Geometry(20, 20);
    private static final List<Pattern> PATTERNS = Stream.iterate(0, i -> i + 1)
            .limit(NEURONS)
            .map(new ChangeScript(SMALL, 3, false)::pattern)
            .toList();
    private static final List<Cue> CUES = PATTERNS.stream().map(Cue::bipolar).toList();
    private static final List<Cue> REAL_CUES =
            PATTERNS.stream().map(pattern -> Cue.bipolar(real(pattern))).toList();

    private static Pattern real(Pattern pattern) {
        float[] values = pattern.values();
        for (int j = 0; j < values.length; j++) {
            values[j] = 0.25f + values[j] / 2;
        }
        return Pattern.of(SMALL, values);
    }

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void fill() {
        path = directory.resolve("store");
        try (PatternStore store = PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(SMALL))) {
            for (int i = 0; i < NEURONS; i++) {
                store.memorize("key " + i, PATTERNS.get(i));
            }
        }
    }

    /** What eight threads do to a store that another closes: each along a path of its own, to the end of a call. */
    private enum Use {
        BITS {
            @Override
            void answer(PatternStore store, int i) {
                assertEquals(i, store.recall(CUES.get(i)).neuron());
            }
        },
        FLOATS {
            @Override
            void answer(PatternStore store, int i) {
                Recall recall = store.recall(CUES.get(i), RecallOptions.DEFAULT.withPath(RecallPath.STRIPES));
                assertEquals("key " + i, recall.key());
            }
        },
        REAL_CUE {
            @Override
            void answer(PatternStore store, int i) {
                assertEquals(i, store.recall(REAL_CUES.get(i)).neuron());
            }
        },
        BATCH {
            @Override
            void answer(PatternStore store, int i) {
                List<Recall> recalls = store.recallAll(CUES.subList(0, i + 1), RecallOptions.DEFAULT);
                assertEquals(i + 1, recalls.size());
                assertEquals(i, recalls.get(i).neuron());
            }
        },
        RESPONSES {
            @Override
            void answer(PatternStore store, int i) {
                assertEquals(NEURONS, store.network().responses(CUES.get(i)).length);
            }
        },
        PATTERN {
            @Override
            void answer(PatternStore store, int i) {
                assertEquals(PATTERNS.get(i), store.pattern("key " + i));
            }
        },
        LISTING {
            @Override
            void answer(PatternStore store, int i) {
                assertEquals("key " + i, store.neurons().get(i).key());
                assertTrue(store.contains("key " + i));
                assertEquals(NEURONS, store.size());
            }
        },
        STRIPE {
            @Override
            void answer(PatternStore store, int i) {
                MemorySegment w = store.network().wStripe(i);
                try {
                    assertEquals(PATTERNS.get(i).values()[17], w.getAtIndex(ValueLayout.JAVA_FLOAT, 17));
                } catch (IllegalStateException e) {
                    assertFalse(w.scope().isAlive(), "a stripe of an open store was refused");
                    assertThrows(
                            EngramException.Closed.class, () -> store.network().wStripe(i));
                    throw new EngramException.Closed(Diagnosis.of("the stripe is gone"));
                }
            }
        };

        /** Asks for neuron i, and checks what it gets. */
        abstract void answer(PatternStore store, int i);
    }

    @Test
    void threadsThatUseAStoreWhileAnotherClosesItGetAnswersOrAreTurnedAway() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        EnumMap<Use, Long> answers = new EnumMap<>(Use.class);
        int crowded = 0;
        int overlapping = 0;
        long inside = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(Use.values().length)) {
            for (int round = 0; round < CLOSES; round++) {
                PatternStore store = round % 2 == 0 ? PatternStore.open(path) : PatternStore.openReadOnly(path);
                Users users = new Users(store, round % NEURONS, round % 10 == round / 10 % 2);
                EnumMap<Use, Future<Long>> uses = new EnumMap<>(Use.class);
                for (Use use : Use.values()) {
                    uses.put(use, pool.submit(() -> users.useUntilClosed(use)));
                }
                users.ready.await();
                LockSupport.parkNanos(random.nextInt(300_000));
                int insideNow = users.inside.get();
                store.close();
                store.close();
                for (Map.Entry<Use, Future<Long>> use : uses.entrySet()) {
                    answers.merge(use.getKey(), use.getValue().get(), Long::sum);
                }
                inside += insideNow;
                crowded += users.crowded ? 1 : 0;
                overlapping += users.crowded && insideNow > 0 ? 1 : 0;
            }
        }
        System.out.printf(
                "closes %d, each under eight threads; calls inside when they began %d; of %d closes with hardly a pause between calls %d found some inside; answers %s%n",
                CLOSES, inside, crowded, overlapping, answers);
        assertTrue(overlapping > crowded / 10, "hardly any call overlapped with a close");
        answers.forEach((use, count) -> assertTrue(count >= CLOSES, use + " answered " + count));
    }

    /** Eight threads at one store. */
    private static final class Users {

        private final PatternStore store;
        private final int first;
        /** Whether they call with hardly a pause, so that some are inside a call at any moment. */
        private final boolean crowded;

        private final CountDownLatch ready = new CountDownLatch(Use.values().length);
        private final AtomicInteger inside = new AtomicInteger();

        Users(PatternStore store, int first, boolean crowded) {
            this.store = store;
            this.first = first;
            this.crowded = crowded;
        }

        /** Counts down once it has an answer; only a close ends it. */
        long useUntilClosed(Use use) {
            long answers = 0;
            try {
                for (int i = first; ; i = (i + 1) % NEURONS) {
                    inside.incrementAndGet();
                    use.answer(store, i);
                    inside.decrementAndGet();
                    answers++;
                    if (answers == 1) {
                        ready.countDown();
                    }
                    // Few processors: a close shall find the threads anywhere, not wait for its turn.
                    if (!crowded || answers % 100 == 0) {
                        LockSupport.parkNanos(1);
                    }
                }
            } catch (EngramException.Closed e) {
                return answers;
            } finally {
                ready.countDown();
            }
        }
    }

    @Test
    void closeWaitsForTheCallsInsideAndTurnsLaterOnesAway() throws Exception {
        InFlight calls = new InFlight(path);
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch leave = new CountDownLatch(1);
        Callable<Boolean> call = () -> calls.within(() -> {
            inside.countDown();
            try {
                return leave.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                return false;
            }
        });
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            List<Future<Boolean>> answers = List.of(pool.submit(call), pool.submit(call));
            inside.await();
            Future<?> close = pool.submit(calls::close);
            assertThrows(EngramException.Closed.class, () -> {
                while (true) {
                    calls.within(() -> 0);
                }
            });
            TimeUnit.MILLISECONDS.sleep(50);
            assertFalse(close.isDone(), "close did not wait for the calls inside");
            leave.countDown();
            close.get();
            for (Future<Boolean> answer : answers) {
                assertTrue(answer.get());
            }
        }
        calls.close();
    }

    @Test
    void aSecondCloseReturnsOnlyWhenTheFirstHasMadeAllDurable() throws Exception {
        CountDownLatch forcing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Medium slow = new InterceptedMedium(StoreDirectory.DISK) {
            @Override
            protected void on(Call call, Path file, Pending pending) throws IOException {
                if (call == Call.FORCE) {
                    forcing.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                pending.make();
            }
        };
        Access access = Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC());
        PatternStore store = Doors.open(path, access.on(slow));
        store.memorize("one more", PATTERNS.get(0));
        Thread first = Thread.ofPlatform().start(store::close);
        forcing.await();
        Thread second = Thread.ofPlatform().start(store::close);
        while (second.getState() != Thread.State.BLOCKED) {
            assertTrue(second.isAlive(), "the second close has returned before the first");
            Thread.onSpinWait();
        }
        goOn.countDown();
        first.join();
        second.join();
    }

    @Test
    void aStripeUsedAfterCloseThrows() {
        PatternStore store = PatternStore.open(path);
        MemorySegment w = store.network().wStripe(3);
        MemorySegment v = store.network().vStripe(3);
        assertEquals(PATTERNS.get(3).values()[17], w.getAtIndex(ValueLayout.JAVA_FLOAT, 17));
        assertEquals(0, v.mismatch(w) + 1, "one step of the paper's rule makes v = w");
        store.close();
        for (MemorySegment late : List.of(w, v)) {
            assertThrows(IllegalStateException.class, () -> late.getAtIndex(ValueLayout.JAVA_FLOAT, 17));
            assertThrows(IllegalStateException.class, () -> late.toArray(ValueLayout.JAVA_FLOAT));
            assertThrows(IllegalStateException.class, () -> late.asSlice(64).get(ValueLayout.JAVA_BYTE, 0));
            assertThrows(IllegalStateException.class, () -> late.asByteBuffer().get(0));
            assertFalse(late.scope().isAlive());
        }
    }

    @Test
    void aStripeThatAThreadIsReadingWhenItsStoreClosesThrowsThere() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < CLOSES / 30; round++) {
                PatternStore store = PatternStore.openReadOnly(path);
                CountDownLatch ready = new CountDownLatch(2);
                List<Future<Long>> reads = new ArrayList<>();
                for (int t = 0; t < 2; t++) {
                    MemorySegment stripe = round % 2 == t
                            ? store.network().wStripe(5)
                            : store.network().vStripe(5);
                    Callable<Long> reading =
                            t == 0 ? () -> sumForever(stripe, ready) : () -> copyForever(stripe, ready);
                    reads.add(pool.submit(reading));
                }
                ready.await();
                TimeUnit.MICROSECONDS.sleep(round % 100 * 20L);
                store.close();
                for (Future<Long> read : reads) {
                    assertTrue(read.get() > 0);
                }
            }
        }
    }

    private static long sumForever(MemorySegment stripe, CountDownLatch ready) {
        return readUntilGone(ready, () -> {
            float white = 0;
            for (int j = 0; j < SMALL.pixels(); j++) {
                white += stripe.getAtIndex(ValueLayout.JAVA_FLOAT, j);
            }
            return white;
        });
    }

    private static long copyForever(MemorySegment stripe, CountDownLatch ready) {
        float[] copy = new float[SMALL.pixels()];
        return readUntilGone(ready, () -> {
            MemorySegment.copy(stripe, ValueLayout.JAVA_FLOAT, 0, copy, 0, copy.length);
            float white = 0;
            for (float value : copy) {
                white += value;
            }
            return white;
        });
    }

    private interface Reading {
        float white();
    }

    private static long readUntilGone(CountDownLatch ready, Reading reading) {
        float expected = 0;
        for (float value : PATTERNS.get(5).values()) {
            expected += value;
        }
        long reads = 0;
        try {
            while (true) {
                assertEquals(expected, reading.white());
                reads++;
                if (reads == 1) {
                    ready.countDown();
                }
            }
        } catch (IllegalStateException e) {
            return reads;
        }
    }

    @Test
    void aKeyThatIsReplacedAnswersAtEveryMoment() throws Exception {
        Path other = directory.resolve("replaced");
        Pattern pattern = PATTERNS.get(1);
        try (PatternStore store = PatternStore.create(other, StoreOptions.DEFAULT.withGeometry(SMALL));
                ExecutorService pool = Executors.newSingleThreadExecutor()) {
            store.memorize("key", pattern);
            AtomicBoolean enough = new AtomicBoolean();
            Future<Void> replacing = pool.submit(() -> {
                for (int i = 0; i < 5000 || (!enough.get() && i < 1_000_000); i++) {
                    store.replace("key", pattern);
                }
                return null;
            });
            long recalls = 0;
            while (!replacing.isDone()) {
                enough.set(recalls > 10);
                assertEquals("key", store.recall(Cue.bipolar(pattern)).key(), "in recall " + recalls);
                assertEquals(1, store.neurons().size(), "in listing " + recalls);
                recalls++;
            }
            replacing.get();
        }
    }

    @Test
    void aCallThatClosesItsOwnStoreIsToldSoInsteadOfWaitingForItself() {
        try (PatternStore store = PatternStore.openReadOnly(path)) {
            AutoCloseable same = store;
            RecallOptions closing = RecallOptions.DEFAULT.among(neuron -> {
                close(same);
                return true;
            });
            assertEquals(
                    path
                            + " is closed by a call of the same store, which the closing waits for; close it when the call has returned",
                    assertThrows(IllegalStateException.class, () -> store.recall(CUES.get(0), closing))
                            .getMessage());
            assertEquals(0, store.recall(CUES.get(0)).neuron());
        }
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (IllegalStateException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
