package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InOrderTest {

    private static void nothing() {}

    @Test
    void resultsComeInTheOrderOfTheItemsWhateverTheirWorkTakes() {
        List<Integer> results = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        new InOrder<Integer, Integer>(1 << 18, () -> next.get() < 1000 ? next.getAndIncrement() : null, i -> {
                    int slow = i % 7 == 0 ? 20_000 : 1;
                    return 2
                            * i
                            * (int) IntStream.range(0, slow)
                                    .boxed()
                                    .sorted(Comparator.reverseOrder())
                                    .skip(slow - 1)
                                    .count();
                })
                .run(InOrderTest::nothing, results::add);
        assertEquals(IntStream.range(0, 1000).mapToObj(i -> 2 * i).toList(), results);
    }

    @Test
    void noMoreItemsAreTakenThanMayBeInFlight() {
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        new InOrder<Integer, Integer>(
                        1 << 24,
                        () -> {
                            most.accumulateAndGet(taken.get() - done.get(), Math::max);
                            return taken.get() < 100 ? taken.getAndIncrement() : null;
                        },
                        i -> i)
                .run(InOrderTest::nothing, i -> done.incrementAndGet());
        assertEquals(100, done.get());
        assertTrue(most.get() <= 2, most::toString);
    }

    @Test
    void whatCameBeforeAFailureOfTheSourceIsHandedOn() {
        List<Integer> results = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        IllegalStateException broken = new IllegalStateException("broken");
        assertSame(
                broken,
                assertThrows(
                        IllegalStateException.class,
                        () -> new InOrder<Integer, Integer>(
                                        100,
                                        () -> {
                                            if (next.get() == 150) {
                                                throw broken;
                                            }
                                            return next.getAndIncrement();
                                        },
                                        i -> i)
                                .run(InOrderTest::nothing, results::add)));
        assertEquals(IntStream.range(0, 150).boxed().toList(), results);
    }

    @Test
    void whatTheWorkThrowsComesAtItsTurn() {
        List<Integer> results = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        assertThrows(
                ArithmeticException.class,
                () -> new InOrder<Integer, Integer>(1 << 20, next::getAndIncrement, i -> 10 / (5 - i))
                        .run(InOrderTest::nothing, results::add));
        assertEquals(List.of(2, 2, 3, 5, 10), results);
    }

    @Test
    void workersTakeItemsOneAtATimeAndOnlyTheCallerIsHandedResults() {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        Set<Thread> takers = ConcurrentHashMap.newKeySet();
        Set<Thread> told = new HashSet<>();
        new InOrder<Integer, Integer>(
                        1 << 20,
                        () -> {
                            together.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            takers.add(Thread.currentThread());
                            int item = next.getAndIncrement();
                            inside.decrementAndGet();
                            return item < 20_000 ? item : null;
                        },
                        i -> i)
                .run(InOrderTest::nothing, i -> told.add(Thread.currentThread()));
        assertEquals(1, together.get());
        assertEquals(Set.of(Thread.currentThread()), told);
        assertFalse(takers.contains(Thread.currentThread()), "who must not wait for the source");
    }

    @Test
    void anErrorOfTheSourceIsNotTakenForItsEnd() {
        List<Integer> results = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        assertThrows(
                StackOverflowError.class,
                () -> new InOrder<Integer, Integer>(
                                1 << 20,
                                () -> {
                                    if (next.get() == 7) {
                                        throw new StackOverflowError();
                                    }
                                    return next.getAndIncrement();
                                },
                                i -> i)
                        .run(InOrderTest::nothing, results::add));
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), results);
    }

    @Test
    void whatIsThrownAtAResultEndsTheTakingOfItemsAndTheThreads() throws InterruptedException {
        AtomicInteger taken = new AtomicInteger();
        CompletableFuture<Void> within = new CompletableFuture<>();
        CompletableFuture<Void> thrown = new CompletableFuture<>();
        Set<Thread> takers = ConcurrentHashMap.newKeySet();
        IllegalStateException enough = new IllegalStateException("enough");
        InOrder<Integer, Integer> order = new InOrder<>(
                100,
                () -> {
                    takers.add(Thread.currentThread());
                    if (taken.getAndIncrement() == 100) { // of the second batch
                        within.complete(null);
                        thrown.join();
                    }
                    return 0;
                },
                i -> i);
        assertSame(
                enough,
                assertThrows(
                        IllegalStateException.class,
                        () -> order.run(InOrderTest::nothing, i -> {
                            within.join();
                            throw enough;
                        })));
        thrown.complete(null);
        for (Thread taker : takers) {
            taker.join(10_000);
            assertFalse(taker.isAlive());
        }
        assertEquals(101, taken.get());
    }

    @Test
    @Timeout(60)
    void theCallerIsAskedToCheckWhileTheSourceIsSilentForEver() {
        AtomicInteger checks = new AtomicInteger();
        IllegalStateException enough = new IllegalStateException("enough");
        InOrder<Integer, Integer> order = new InOrder<>(100, () -> new CompletableFuture<Integer>().join(), i -> i);
        assertSame(
                enough,
                assertThrows(
                        IllegalStateException.class,
                        () -> order.run(
                                () -> {
                                    if (checks.incrementAndGet() == 3) {
                                        throw enough;
                                    }
                                },
                                i -> {})));
    }
}
