package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.KillOracle;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.fixture.TracedLife;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each system call by which a store is created, changed and closed fails, once, or with all that follow: below the JVM,
 * where no medium of a test is between. The caller is told by a typed error, and nothing is lost or half there.
 */
class SystemCallErrorTest {

    private static final List<String> ERRORS = List.of("EIO", "ENOSPC");

    @TempDir
    static Path temp;

    private final KillOracle oracle = new KillOracle();

    /** A call that fails, and whether all that follow fail, too. */
    private record Fault(TracedLife.Call call, boolean forGood, String error) {

        List<String> injections() {
            List<String> options = new ArrayList<>(List.of("-o", "/dev/null"));
            if (forGood) {
                for (String name : TracedLife.CALLS) {
                    int before = call.seen().getOrDefault(name, 0) - (name.equals(call.name()) ? 1 : 0);
                    options.addAll(inject(name, before + 1 + "+"));
                }
            } else {
                options.addAll(inject(call.name(), String.valueOf(call.number())));
            }
            return options;
        }

        private List<String> inject(String name, String when) {
            return List.of("-e", "inject=%s:error=%s:when=%s".formatted(name, error, when));
        }
    }

    @BeforeAll
    static void requireStrace() {
        TracedLife.assumeStrace(temp);
    }

    @Test
    void aFailureOfAnySystemCallLosesNothingThatWasAcknowledged() throws Exception {
        List<TracedLife> lives = TracedLife.all();
        List<List<TracedLife.Call>> found = new ArrayList<>(Collections.nCopies(lives.size(), List.of()));
        KillOracle.sideBySide(lives.size(), number -> found.set(number, calls(lives.get(number))));
        List<Fault> faults = new ArrayList<>();
        for (TracedLife.Call call : found.stream().flatMap(List::stream).toList()) {
            String error = ERRORS.get(faults.size() / 2 % ERRORS.size());
            faults.add(new Fault(call, false, error));
            faults.add(new Fault(call, true, error));
        }
        int chosen = Math.min(faults.size(), Campaign.FAILED_CALLS);
        KillOracle.sideBySide(chosen, number -> {
            Fault fault = faults.get((int) ((long) number * faults.size() / chosen));
            failAt(fault, temp.resolve("store " + number));
        });
        oracle.closeAfter("failed system calls %d of %d, once and for good".formatted(chosen, faults.size()));
    }

    /** All calls, from a run in which none fails. */
    private static List<TracedLife.Call> calls(TracedLife life) throws IOException {
        Path store = temp.resolve("%s %s".formatted(life.layout(), life.durability()));
        Path trace = Path.of(store + ".trace");
        try (ChildJvm child = life.start(Script.class, store, store, List.of("-y", "-o", trace.toString()))) {
            assertEquals("closed", child.remainingLines().getLast());
            assertEquals(0, child.exitCode(), child::err);
        }
        return life.calls(trace);
    }

    private void failAt(Fault fault, Path store) throws IOException {
        TracedLife life = fault.call.life();
        try {
            List<String> said;
            try (ChildJvm child = life.start(Script.class, store, store, fault.injections())) {
                said = child.remainingLines();
                assertEquals(0, child.exitCode(), child::err);
            }
            assertTold(fault, said);
            checkAndGoOn(store, life, said);
            StoreBytes.delete(store);
        } catch (AssertionError | RuntimeException e) {
            oracle.fail(fault.toString(), e);
        }
    }

    /**
     * In the words of the system, which Java keeps to itself only of a failed fsync. What the store can do without, the text
     * of the lock file, may fail unnoticed.
     */
    private static void assertTold(Fault fault, List<String> said) {
        String last = said.getLast();
        if (last.startsWith("failed: ")) {
            String reason = fault.error.equals("EIO") ? "Input/output error" : "No space left on device";
            assertTrue(last.startsWith("failed: cannot "), last);
            assertTrue(last.endsWith(": " + reason) || last.endsWith(": sync failed"), last);
        } else {
            assertEquals("closed", last);
            assertTrue(fault.call.line().contains("/lock>"), "a failure that nobody was told");
        }
    }

    private void checkAndGoOn(Path store, TracedLife life, List<String> said) {
        if (!Files.exists(store.resolve(StoreDirectory.HEADER))) {
            assertFalse(said.contains("created"), "a store that was said to be there");
            assertThrows(EngramException.NotAStore.class, () -> PatternStore.open(store));
            life.create(store);
        }
        int steps = (int) said.stream().filter(line -> line.matches("\\d+")).count();
        oracle.acknowledged.add(steps);
        ChangeScript script = life.script().advanceTo(steps);
        oracle.check(store, script, new SplittableRandom(0));
        assertTrue(script.step() <= TracedLife.STEPS);
        KillOracle.goOn(store, script);
    }

    /** The process whose calls fail: it says what was acknowledged, and ends at the first typed error. */
    static final class Script {

        private Script() {}

        public static void main(String[] args) {
            Path directory = Path.of(args[0]);
            TracedLife life = TracedLife.of(args);
            ChangeScript script = life.script();
            try {
                life.create(directory);
                System.out.println("created");
                try (PatternStore store = life.open(directory)) {
                    while (script.step() < TracedLife.STEPS) {
                        script.perform(store);
                        System.out.println(script.step());
                    }
                }
                System.out.println("closed");
            } catch (EngramException.IoFailure e) {
                System.out.println("failed: " + e.getMessage());
            }
        }
    }
}
