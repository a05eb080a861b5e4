package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Closing while other threads are inside: they finish or are turned away, and nothing crashes. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseTest {

    private static final int CLOSES = Integer.getInteger("engram.closes", 1000);
    private static final int THREADS = 8;
    private static final int NEURONS = 40;
    private static final Geometry SMALL = new Geometry(20, 20);
    private static final ChangeScript PATTERNS = new ChangeScript(SMALL, 3, false);

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void fill() {
        path = directory.resolve("store");
        try (PatternStore store = PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(SMALL))) {
            for (int i = 0; i < NEURONS; i++) {
                store.memorize("key " + i, PATTERNS.pattern(i));
            }
        }
    }

    @Test
    void threadsThatRecallWhileAnotherClosesGetAnswersOrAreTurnedAway() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        List<Cue> cues = new ArrayList<>();
        for (int i = 0; i < NEURONS; i++) {
            cues.add(Cue.bipolar(PATTERNS.pattern(i)));
        }
        long answers = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            for (int round = 0; round < CLOSES; round++) {
                boolean writable = round % 4 == 0;
                PatternStore store = writable ? PatternStore.open(path) : PatternStore.openReadOnly(path);
                CountDownLatch ready = new CountDownLatch(THREADS);
                List<Future<Long>> recalls = new ArrayList<>();
                for (int t = 0; t < THREADS; t++) {
                    int first = t;
                    recalls.add(pool.submit(() -> recallUntilClosed(store, cues, first, ready)));
                }
                ready.await();
                TimeUnit.MICROSECONDS.sleep(random.nextInt(500));
                store.close();
                store.close();
                for (Future<Long> recall : recalls) {
                    answers += recall.get();
                }
            }
        }
        assertTrue(answers >= (long) CLOSES * THREADS, "hardly any recall overlapped with a close: " + answers);
    }

    private static long recallUntilClosed(PatternStore store, List<Cue> cues, int first, CountDownLatch ready) {
        long answers = 0;
        try {
            for (int i = first; ; i = (i + 1) % NEURONS) {
                Cue cue = cues.get(i);
                switch (i % 3) {
                    case 0 -> assertEquals(i, store.recall(cue).neuron());
                    case 1 -> assertEquals(NEURONS, store.responses(cue).length);
                    default -> assertEquals(PATTERNS.pattern(i), store.pattern("key " + i));
                }
                answers++;
                if (answers == 1) {
                    ready.countDown();
                }
                // Eight threads on few processors: a close shall find them anywhere, not wait for its turn.
                LockSupport.parkNanos(1);
            }
        } catch (EngramException.Closed e) {
            return answers;
        } finally {
            ready.countDown();
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
            Future<Boolean> close = pool.submit(calls::close);
            assertThrows(EngramException.Closed.class, () -> {
                while (true) {
                    calls.within(() -> 0);
                }
            });
            TimeUnit.MILLISECONDS.sleep(50);
            assertFalse(close.isDone(), "close did not wait for the calls inside");
            leave.countDown();
            assertTrue(close.get());
            for (Future<Boolean> answer : answers) {
                assertTrue(answer.get());
            }
        }
        assertFalse(calls.close(), "closing again does nothing");
    }

    @Test
    void aStripeUsedAfterCloseThrows() {
        PatternStore store = PatternStore.open(path);
        MemorySegment w = store.wStripe(3);
        MemorySegment v = store.vStripe(3);
        assertEquals(PATTERNS.pattern(3).array()[17], w.getAtIndex(ValueLayout.JAVA_FLOAT, 17));
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
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < Math.min(100, CLOSES); round++) {
                PatternStore store = PatternStore.openReadOnly(path);
                CountDownLatch ready = new CountDownLatch(4);
                List<Future<Long>> reads = new ArrayList<>();
                for (int t = 0; t < 4; t++) {
                    MemorySegment stripe = t % 2 == 0 ? store.wStripe(5) : store.vStripe(5);
                    Callable<Long> reading = t < 2 ? () -> sumForever(stripe, ready) : () -> copyForever(stripe, ready);
                    reads.add(pool.submit(reading));
                }
                ready.await();
                TimeUnit.MICROSECONDS.sleep(round * 20L);
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
        for (float value : PATTERNS.pattern(5).array()) {
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
        Pattern pattern = PATTERNS.pattern(1);
        try (PatternStore store = PatternStore.create(other, StoreOptions.DEFAULT.withGeometry(SMALL));
                ExecutorService pool = Executors.newSingleThreadExecutor()) {
            store.memorize("key", pattern);
            Future<Void> replacing = pool.submit(() -> {
                for (int i = 0; i < 5000; i++) {
                    store.replace("key", pattern);
                }
                return null;
            });
            long recalls = 0;
            while (!replacing.isDone()) {
                assertEquals("key", store.recall(Cue.bipolar(pattern)).key(), "in recall " + recalls);
                assertEquals(1, store.neurons().size(), "in listing " + recalls);
                recalls++;
            }
            replacing.get();
            assertTrue(recalls > 10, "nothing overlapped");
        }
    }
}
