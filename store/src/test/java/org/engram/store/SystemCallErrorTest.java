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
import java.util.Map;
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

    /** As the system words them. */
    private static final Map<String, String> REASONS = Map.of(
            "EIO", "Input/output error",
            "ENOSPC", "No space left on device",
            "EROFS", "Read-only file system",
            "EDQUOT", "Disk quota exceeded",
            "EINTR", "Interrupted system call");

    private static final List<String> ERRORS = List.of("EIO", "ENOSPC", "EROFS", "EDQUOT", "EINTR");

    @TempDir
    static Path temp;

    private final KillOracle oracle = new KillOracle();

    /** A call that fails, and whether all that follow fail, too. */
    private record Fault(TracedLife.Call call, boolean forGood, String error) {

        List<String> injections() {
            List<String> options = new ArrayList<>(List.of("-o", "/dev/null"));
            if (forGood) {
                for (String name : call.mayChange() ? TracedLife.CALLS : List.of(call.name())) {
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
            if (!Campaign.EXHAUSTIVE && !call.mayChange()) {
                continue;
            }
            String error = ERRORS.get(faults.size() / 2 % ERRORS.size());
            faults.add(new Fault(call, false, error));
            // an interrupted call is made again, for ever if need be
            faults.add(new Fault(call, true, error.equals("EINTR") ? "EIO" : error));
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
     * In the words of the system, which Java keeps to itself only of a failed fsync. What the store can do without may fail
     * unnoticed: the text of the lock file, what is asked of a file, and a call that was interrupted and is made again.
     */
    private static void assertTold(Fault fault, List<String> said) {
        String last = said.getLast();
        boolean asks = !fault.call.mayChange();
        if (last.startsWith("failed: ")) {
            String reason = REASONS.get(fault.error);
            assertTrue(asks || last.startsWith("failed: cannot "), last);
            assertTrue(asks || last.endsWith(": " + reason) || last.endsWith(": sync failed"), last);
        } else if (last.startsWith("refused: ")) {
            assertTrue(asks || fault.error.equals("EROFS"), last);
        } else {
            assertEquals("closed", last);
            boolean mayFail =
                    asks || fault.error.equals("EINTR") || fault.call.line().contains("/lock>");
            assertTrue(mayFail, "a failure that nobody was told");
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
            } catch (EngramException e) {
                System.out.println("refused: " + e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }
}
