package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader that waits for a writer's change. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AwaitChangeTest {

    private static final Geometry G = Patterns.SMALL;
    private static final Duration LONG = Duration.ofSeconds(200);

    @TempDir
    Path temp;

    private Path create() {
        Path dir = temp.resolve("store");
        PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G)).close();
        return dir;
    }

    @Test
    void aReaderWaitsForAWriterInAnotherProcess() throws InterruptedException {
        Path dir = create();
        try (PatternStore reader = PatternStore.openReadOnly(dir);
                ChildJvm writer = ChildJvm.start(Writer.class, List.of(), dir.toString())) {
            writer.expect("open");
            for (int i = 0; i < 5; i++) {
                writer.tell("go on");
                assertTrue(reader.awaitChange(LONG));
                assertTrue(reader.contains("k" + i));
            }
            writer.tell("end");
        }
    }

    /** Memorizes when it is told to. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws IOException {
            try (PatternStore store = PatternStore.open(Path.of(args[0]))) {
                System.out.println("open");
                for (int i = 0; i < 5; i++) {
                    while (System.in.read() != '\n') {}
                    store.memorize("k" + i, Patterns.random(G, i));
                }
                while (System.in.read() != '\n') {}
            }
        }
    }

    @Test
    void whereNothingChangesTheTimeIsWaitedForAndHardlyAnyOfTheProcessor() throws InterruptedException {
        try (PatternStore reader = PatternStore.openReadOnly(create())) {
            assertFalse(reader.awaitChange(Duration.ZERO));
            assertFalse(reader.awaitChange(Duration.ofMillis(100)));
            assertEquals(0, reader.stats().refreshes().number(), "looks that found nothing");
            long began = System.nanoTime();
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertFalse(reader.awaitChange(Duration.ofSeconds(1)));
            long busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            assertTrue(System.nanoTime() - began >= 1_000_000_000);
            assertTrue(busy < 200_000_000, "ns of the processor: " + busy);
        }
    }

    @Test
    void aChangeFromBeforeIsThereAtOnce() throws InterruptedException {
        Path dir = create();
        try (PatternStore writer = PatternStore.open(dir);
                PatternStore reader = PatternStore.openReadOnly(dir)) {
            writer.memorize("a", Patterns.random(G, 1));
            assertTrue(reader.awaitChange(Duration.ZERO));
            assertEquals(1, reader.stats().refreshes().number());
            assertEquals(1, reader.size());
            assertFalse(writer.awaitChange(LONG), "a writer does not wait for itself");
        }
    }

    @Test
    @SuppressWarnings("try") // closing it while it is used is what is tested
    void aWaitEndsWhenItsThreadIsInterruptedOrTheStoreIsClosed() throws Exception {
        Path dir = create();
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread waiting = new Thread(() -> thrown.complete(thrownBy(reader)));
            waiting.start();
            waiting.interrupt();
            assertEquals(InterruptedException.class, thrown.get().getClass());
            assertEquals(0, reader.refresh(), "a reader that was interrupted works");
            CompletableFuture<Throwable> closed = new CompletableFuture<>();
            Thread other = new Thread(() -> closed.complete(thrownBy(reader)));
            other.start();
            reader.close();
            assertEquals(EngramException.Closed.class, closed.get().getClass());
        }
    }

    private static Throwable thrownBy(PatternStore reader) {
        try {
            reader.awaitChange(LONG);
            return null;
        } catch (InterruptedException | EngramException e) {
            return e;
        }
    }

    @Test
    void aReaderReopensWhatACompactionPutInItsPlace() throws Exception {
        Path dir = create();
        try (PatternStore writer = PatternStore.open(dir)) {
            writer.memorize("a", Patterns.random(G, 1));
            writer.memorize("b", Patterns.random(G, 2));
            writer.forget("a");
        }
        PatternStore reader = PatternStore.openReadOnly(dir);
        StoreCare.compact(dir, temp.resolve("small"), (done, total) -> {});
        Files.move(dir, temp.resolve("old"));
        Files.move(temp.resolve("small"), dir);
        try {
            assertThrows(EngramException.Superseded.class, () -> reader.awaitChange(LONG));
        } finally {
            reader.close();
        }
        try (PatternStore again = PatternStore.openReadOnly(reader.directory())) {
            assertEquals(1, again.sizeWithRetired());
            assertTrue(again.contains("b"));
        }
    }

    @Test
    void allThreadsThatWaitOnOneReaderLearnOfAChange() throws Exception {
        Path dir = create();
        try (PatternStore writer = PatternStore.open(dir);
                PatternStore reader = PatternStore.openReadOnly(dir)) {
            for (int i = 0; i < 20; i++) {
                List<Thread> threads = new ArrayList<>();
                List<CompletableFuture<Boolean>> told = Stream.generate(() -> CompletableFuture.supplyAsync(
                                () -> {
                                    try {
                                        return reader.awaitChange(LONG);
                                    } catch (InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                },
                                task -> threads.add(Thread.ofPlatform().start(task))))
                        .limit(3)
                        .toList();
                for (Thread thread : threads) {
                    while (thread.getState() != Thread.State.TIMED_WAITING) {
                        Thread.sleep(1); // it has not looked yet, and would take the change for one from before
                    }
                }
                writer.memorize("k" + i, Patterns.random(G, i));
                assertEquals(
                        List.of(true, true, true),
                        told.stream().map(CompletableFuture::join).toList());
            }
        }
    }
}
