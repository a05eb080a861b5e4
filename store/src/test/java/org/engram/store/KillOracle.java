package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a store must show after its writer was killed, and the count of what it did not. Threads may share one. */
final class KillOracle {

    final LongAdder kills = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder recoveries = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** What is done for a number. */
    interface Task {
        void run(int number) throws Exception;
    }

    /** Does so many tasks, two at a time: one process lives while the other is looked at. */
    static void inPairs(int tasks, Task task) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> worker = () -> {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                task.run(i);
            }
            return null;
        };
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (Future<Void> done : two.invokeAll(List.of(worker, worker))) {
                done.get();
            }
        }
    }

    void fail(String where, Throwable why) {
        failures.add(where + ": " + why);
    }

    /** Prints the figures in one line, and is content with no failure only. */
    void close(String phase) {
        System.out.printf(
                "kills %d, %s; acknowledged %d, recoveries %d, lost %d, wrong %d%n",
                kills.sum(), phase, acknowledged.sum(), recoveries.sum(), lost.sum(), wrong.sum());
        assertEquals("", String.join("\n", failures));
        assertEquals(0, lost.sum(), "lost");
        assertEquals(0, wrong.sum(), "wrong");
    }

    /** The store shows the state after all acknowledged steps, or after the one more that was issued. */
    void check(Path store, ChangeScript script, SplittableRandom random) {
        StoreReport report = StoreCare.verify(store, (done, total) -> {});
        assertTrue(report.isSound(), () -> "verify: " + report.problems());
        try (PatternStore reader = PatternStore.openReadOnly(store)) {
            recoveries.add(reader.recovery().isEmpty() && report.notes().isEmpty() ? 0 : 1);
            var found = ChangeScript.liveIn(reader);
            Map<Integer, String> promised = new TreeMap<>(script.live());
            if (!found.equals(promised) || !reader.criteria().equals(script.criteria())) {
                script.advanceTo(script.step() + 1);
            }
            assertEquals(script.criteria(), reader.criteria(), "criteria");
            if (!found.equals(script.live())) {
                compare(promised, found);
            }
            assertEquals(script.neurons(), report.neurons().size(), "neurons, retired ones included");
            checkPixels(reader, script, random);
        }
    }

    /** Counts what is lost and what is wrong, and refuses both. */
    void compare(Map<?, ?> promised, Map<?, ?> found) {
        Set<Object> missing = new HashSet<>(promised.entrySet());
        missing.removeAll(found.entrySet());
        Set<Object> foreign = new HashSet<>(found.entrySet());
        foreign.removeAll(promised.entrySet());
        lost.add(missing.size());
        wrong.add(foreign.size());
        assertEquals(Set.of(), missing, "lost");
        assertEquals(Set.of(), foreign, "nobody stored");
    }

    private void checkPixels(PatternStore reader, ChangeScript script, SplittableRandom random) {
        List<Integer> neurons = new ArrayList<>(script.live().keySet());
        for (int i = 0; i < neurons.size(); i++) {
            int neuron = neurons.get(i);
            boolean recent = i >= neurons.size() - 100;
            if (recent || random.nextInt(4) == 0) {
                Pattern byKey = reader.pattern(script.live().get(neuron));
                if (!byKey.equals(script.pattern(neuron))) {
                    wrong.increment();
                    throw new AssertionError("neuron %d has other pixels than it was given".formatted(neuron));
                }
            }
        }
    }

    /** A writer opens, and its changes work, an append among them. */
    static void goOn(Path store, ChangeScript script) {
        try (PatternStore writer = PatternStore.open(store)) {
            int before = script.neurons();
            while (script.neurons() == before) {
                script.perform(writer);
            }
            assertEquals(script.live(), ChangeScript.liveIn(writer));
            assertEquals(script.pattern(before), writer.pattern(before));
        }
        StoreReport report = StoreCare.inspect(store);
        assertEquals(List.of(), report.notes(), "nothing incomplete is left after a writer");
        assertTrue(report.isSound(), () -> "inspect: " + report.problems());
    }
}
