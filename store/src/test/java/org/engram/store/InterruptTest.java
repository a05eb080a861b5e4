package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.Sentences;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thread.interrupt closes channels of the JDK; it must close no store. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptTest {

    private static final long STORM_NS = TimeUnit.MILLISECONDS.toNanos(1500);
    /** Small chunks are not to be had from outside, so stripes are large: a chunk holds 64 of them. */
    private static final Geometry LARGE = new Geometry(512, 512);

    private static final Geometry SMALL = new Geometry(20, 20);

    @TempDir
    Path directory;

    @AfterEach
    void clearTheInterrupt() {
        while (Thread.interrupted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aStormOfInterruptsLosesNothingAndLeavesTheStoreOpen() throws Exception {
        Path path = directory.resolve("store");
        ChangeScript patterns = new ChangeScript(SMALL, 5, true);
        ConcurrentHashMap<String, Integer> stored = new ConcurrentHashMap<>();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger next = new AtomicInteger();
        Path reopened = directory.resolve("reopened");
        PatternStore.create(reopened, StoreOptions.DEFAULT.withGeometry(SMALL)).close();
        AtomicInteger appended = new AtomicInteger();
        try (PatternStore store = PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(SMALL));
                PatternStore reader = PatternStore.openReadOnly(path)) {
            store.memorize("first", patterns.pattern(1_000_000));
            List<FutureTask<Integer>> tasks = List.of(
                    memorizing(store, patterns, next, stored, stop),
                    memorizing(store, patterns, next, stored, stop),
                    repeating(stop, store::sync),
                    repeating(stop, () -> appendOnceMore(reopened, patterns, appended)),
                    repeating(stop, () -> {
                        try (PatternStore other = PatternStore.openReadOnly(path)) {
                            assertTrue(recalls(other, patterns.pattern(1_000_000)));
                        }
                    }),
                    repeating(stop, () -> assertTrue(StoreCare.inspect(path).isSound())),
                    repeating(stop, () -> assertTrue(reader.refresh() >= 0)),
                    repeating(stop, () -> assertTrue(recalls(store, patterns.pattern(1_000_000)))),
                    repeating(
                            stop,
                            () -> assertTrue(reader.size() == 0 || recalls(reader, patterns.pattern(1_000_000)))));
            List<Thread> threads = new ArrayList<>();
            tasks.forEach(task -> threads.add(Thread.ofPlatform().start(task)));
            SplittableRandom random = new SplittableRandom(5);
            long end = System.nanoTime() + STORM_NS;
            while (System.nanoTime() < end) {
                threads.get(random.nextInt(threads.size())).interrupt();
                TimeUnit.MICROSECONDS.sleep(random.nextInt(200));
            }
            stop.set(true);
            for (FutureTask<Integer> task : tasks) {
                assertTrue(task.get() > 0, "a thread did nothing");
            }
            assertEquals(stored.size() + 1, store.size());
            assertEquals(stored.size() + 1, store.memorize("last", patterns.pattern(0)));
        }
        try (PatternStore store = PatternStore.openReadOnly(path)) {
            assertEquals("", Sentences.of(store.recovery()));
            assertEquals(stored.size() + 2, store.size());
            stored.forEach((key, number) -> assertEquals(patterns.pattern(number), store.pattern(key)));
        }
        assertTrue(StoreCare.verify(path, (done, total) -> {}).isSound());
        assertTrue(StoreCare.verify(reopened, (done, total) -> {}).isSound());
        try (PatternStore store = PatternStore.openReadOnly(reopened)) {
            assertEquals("", Sentences.of(store.recovery()));
            assertEquals(appended.get(), store.size());
            for (int i = 0; i < store.size(); i++) {
                assertEquals(patterns.pattern(i), store.pattern("key " + i));
            }
        }
    }

    /** Opens, appends and forces, closes. */
    private static void appendOnceMore(Path path, ChangeScript patterns, AtomicInteger appended) {
        try (PatternStore store = PatternStore.open(path, OpenOptions.DEFAULT.withDurability(Durability.ALWAYS))) {
            int number = appended.get();
            assertEquals(number, store.memorize("key " + number, patterns.pattern(number)));
            appended.incrementAndGet();
        }
    }

    private static boolean recalls(PatternStore store, Pattern pattern) {
        return store.recall(Cue.bipolar(pattern)).neuron() >= 0;
    }

    private static FutureTask<Integer> memorizing(
            PatternStore store,
            ChangeScript patterns,
            AtomicInteger next,
            ConcurrentHashMap<String, Integer> stored,
            AtomicBoolean stop) {
        return repeating(stop, () -> {
            int number = next.getAndIncrement();
            store.memorize("key " + number, patterns.pattern(number));
            stored.put("key " + number, number);
        });
    }

    private static FutureTask<Integer> repeating(AtomicBoolean stop, Runnable call) {
        Callable<Integer> task = () -> {
            int calls = 0;
            while (!stop.get()) {
                call.run();
                calls++;
            }
            return calls;
        };
        return new FutureTask<>(task);
    }

    @Test
    void anInterruptedThreadMayBeTheFirstToMapAChunk() {
        Path path = directory.resolve("store");
        ChangeScript patterns = new ChangeScript(LARGE, 6, false);
        int neurons = Part.W.stripes(LARGE, StripeLayout.CHUNK_TARGET_BYTES).stripesPerChunk() + 1;
        try (PatternStore store = PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(LARGE))) {
            store.memorize("key 0", patterns.pattern(0));
            Thread.currentThread().interrupt();
            assertEquals(0, store.recall(Cue.bipolar(patterns.pattern(0))).neuron());
            for (int i = 1; i < neurons; i++) {
                store.memorize("key " + i, patterns.pattern(i));
            }
            int last = neurons - 1;
            assertEquals(last, store.recall(Cue.bipolar(patterns.pattern(last))).neuron());
            assertEquals(patterns.pattern(last), store.pattern(last));
            assertEquals(patterns.pattern(0), store.pattern(0));
            store.sync();
            assertTrue(Thread.currentThread().isInterrupted(), "the interrupt is the host's to clear");
        }
    }

    @Test
    void everyCallDoesItsWorkForAnInterruptedThreadAndLeavesTheInterruptToIt() throws Exception {
        Path path = directory.resolve("store");
        ChangeScript patterns = new ChangeScript(SMALL, 6, true);
        Pattern black = patterns.pattern(0);
        Pattern real = patterns.pattern(4);
        RecallOptions floats = RecallOptions.DEFAULT.withPath(RecallPath.STRIPES);
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(SMALL);
        interrupted("create", () -> PatternStore.create(directory.resolve("other"), options))
                .close();
        PatternStore writer = interrupted(
                "openOrCreate",
                () -> PatternStore.openOrCreate(path, options, OpenOptions.DEFAULT.withDurability(Durability.ALWAYS)));
        assertEquals(0, interrupted("memorize", () -> writer.memorize("black", black)));
        assertEquals(1, interrupted("memorize", () -> writer.memorize("real", real)));
        assertEquals(2, interrupted("memorize", () -> writer.memorize("more", real)));
        assertEquals(3, interrupted("replace", () -> writer.replace("more", patterns.pattern(1))));
        assertEquals(3, interrupted("forget", () -> writer.forget("more")));
        assertEquals("", interrupted("sync", () -> {
            writer.sync();
            return Sentences.of(writer.recovery());
        }));
        PatternStore reader = interrupted("open read-only", () -> PatternStore.openReadOnly(path));
        writer.forget("real");
        assertEquals(1, interrupted("refresh", reader::refresh));
        try (ExecutorService helper = Executors.newSingleThreadExecutor()) {
            for (PatternStore store : List.of(writer, reader)) {
                Cue cue = Cue.bipolar(black);
                RecallOptions shared = floats.inParallel(helper, 2);
                assertEquals(0, interrupted("recall", () -> store.recall(cue)).neuron());
                assertEquals(
                        0,
                        interrupted("recall", () -> store.recall(cue, floats)).neuron());
                assertEquals(
                        0,
                        interrupted("recall", () -> store.recall(cue, shared)).neuron());
                assertEquals(
                        1,
                        interrupted("recallAll", () -> store.recallAll(List.of(cue), shared))
                                .size());
                assertEquals(4, interrupted("responses", () -> store.network().responses(cue)).length);
                assertEquals(black, interrupted("pattern", () -> store.pattern("black")));
                assertEquals(
                        SMALL.pixels() * 4L,
                        interrupted("wStripe", () -> store.network().wStripe(0)).byteSize());
            }
        }
        assertEquals(EngramException.Locked.class, interrupted("open", () -> refused(() -> PatternStore.open(path))));
        assertTrue(interrupted("verify", () -> StoreCare.verify(path, (done, total) -> {}))
                .isSound());
        assertTrue(interrupted("close", () -> {
            reader.close();
            writer.close();
            return true;
        }));
        assertEquals(4, interrupted("rebuild", () -> StoreCare.rebuild(path, (done, total) -> {})));
        try (PatternStore again = interrupted("open", () -> PatternStore.open(path))) {
            assertEquals("", Sentences.of(again.recovery()));
            assertEquals(1, again.size());
            assertEquals(black, again.pattern("black"));
        }
    }

    /** Closing waits for a call inside, interrupted or not. */
    @Test
    void anInterruptedCloseStillWaitsForTheCallsInside() throws Exception {
        InFlight calls = new InFlight(directory);
        FutureTask<Boolean> closing = new FutureTask<>(() -> interrupted("close", () -> {
            calls.close();
            return true;
        }));
        calls.within(() -> {
            Thread closer = Thread.ofPlatform().start(closing);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            closer.interrupt();
            assertFalse(closing.isDone());
            return null;
        });
        assertTrue(closing.get());
    }

    private static Class<?> refused(Supplier<PatternStore> opening) {
        return assertThrows(EngramException.class, opening::get).getClass();
    }

    /** Calls with the interrupt set, and makes sure that it is still set. */
    private static <T> T interrupted(String name, Supplier<T> call) {
        Thread.currentThread().interrupt();
        T answer = call.get();
        assertTrue(Thread.interrupted(), () -> name + " took the interrupt, which is the host's to clear");
        return answer;
    }
}
