package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InOrderTest {

    @Test
    void resultsComeInTheOrderOfTheItemsWhateverTheirWorkTakes() {
        List<Integer> results = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        new InOrder<Integer, Integer>(1 << 18, i -> {
                    int slow = i % 7 == 0 ? 20_000 : 1;
                    return 2
                            * i
                            * (int) IntStream.range(0, slow)
                                    .boxed()
                                    .sorted(Comparator.reverseOrder())
                                    .skip(slow - 1)
                                    .count();
                })
                .run(() -> next.get() < 1000 ? next.getAndIncrement() : null, results::add);
        assertEquals(IntStream.range(0, 1000).mapToObj(i -> 2 * i).toList(), results);
    }

    @Test
    void noMoreItemsAreTakenThanMayBeInFlight() {
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        new InOrder<Integer, Integer>(1 << 24, i -> i)
                .run(
                        () -> {
                            most.accumulateAndGet(taken.get() - done.get(), Math::max);
                            return taken.get() < 100 ? taken.getAndIncrement() : null;
                        },
                        i -> done.incrementAndGet());
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
                        () -> new InOrder<Integer, Integer>(100, i -> i)
                                .run(
                                        () -> {
                                            if (next.get() == 150) {
                                                throw broken;
                                            }
                                            return next.getAndIncrement();
                                        },
                                        results::add)));
        assertEquals(IntStream.range(0, 150).boxed().toList(), results);
    }

    @Test
    void whatTheWorkThrowsComesAtItsTurn() {
        List<Integer> results = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        assertThrows(
                ArithmeticException.class,
                () -> new InOrder<Integer, Integer>(1 << 20, i -> 10 / (5 - i))
                        .run(next::getAndIncrement, results::add));
        assertEquals(List.of(2, 2, 3, 5, 10), results);
    }
}
