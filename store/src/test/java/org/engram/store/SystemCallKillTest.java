package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * kill -9 at each system call by which a store is created, changed and closed, just before it takes effect. What the
 * process has said is written to a file by such a call too, so every state is met: before and after every call, and
 * between a change and its acknowledgement.
 */
class SystemCallKillTest {

    /** The distance between two kill points that are tried; 1 in a long run. */
    private static final int STRIDE = Math.max(1, 8_000 / Campaign.KILLS);

    private static final String CREATED = "created";
    private static final String CLOSED = "closed";

    @TempDir
    static Path temp;

    private final KillOracle oracle = new KillOracle();

    @BeforeAll
    static void requireStrace() {
        TracedLife.assumeStrace(temp);
    }

    @Test
    void aKillBeforeAnySystemCallLosesNothingThatWasAcknowledged() throws Exception {
        List<TracedLife> stories = TracedLife.all();
        List<List<TracedLife.Call>> found = new ArrayList<>(Collections.nCopies(stories.size(), List.of()));
        KillOracle.sideBySide(stories.size(), number -> found.set(number, points(stories.get(number))));
        List<TracedLife.Call> points = found.stream().flatMap(List::stream).toList();
        List<TracedLife.Call> chosen = new ArrayList<>();
        for (int i = 0; i < points.size(); i += STRIDE) {
            chosen.add(points.get(i));
        }
        KillOracle.sideBySide(chosen.size(), number -> dieAt(chosen.get(number), temp.resolve("store " + number)));
        oracle.close("each before one of %d system calls of %d".formatted(chosen.size(), points.size()));
        assertEquals(chosen.size(), oracle.kills.sum());
    }

    /** All calls, from a run that nobody kills. */
    private static List<TracedLife.Call> points(TracedLife story) throws IOException {
        Path store = temp.resolve("%s %s".formatted(story.layout(), story.durability()));
        Path trace = Path.of(store + ".trace");
        try (ChildJvm child = start(story, store, "-y", "-o", trace.toString())) {
            assertEquals(0, child.exitCode(), () -> child.err());
        }
        List<String> said = Files.readAllLines(said(store));
        assertEquals(TracedLife.STEPS + 2, said.size());
        assertEquals(CLOSED, said.getLast());
        return story.calls(trace).stream().filter(TracedLife.Call::mayChange).toList();
    }

    private static ChildJvm start(TracedLife story, Path store, String... options) {
        return story.start(Script.class, store, said(store), List.of(options));
    }

    private static Path said(Path store) {
        return Path.of(store + ".said");
    }

    private void dieAt(TracedLife.Call point, Path store) throws IOException {
        try {
            String inject = "inject=%s:signal=KILL:when=%d".formatted(point.name(), point.number());
            try (ChildJvm child = start(point.life(), store, "-o", "/dev/null", "-e", inject)) {
                assertEquals(ChildJvm.KILLED, child.exitCode(), () -> "exit code; stderr: " + child.err());
            }
            oracle.kills.increment();
            List<String> said = Files.exists(said(store)) ? Files.readAllLines(said(store)) : List.of();
            assertFalse(said.contains(CLOSED) && !point.line().contains(".said"), "killed after the end");
            checkAndGoOn(store, point.life(), said);
            StoreBytes.delete(store);
        } catch (AssertionError | RuntimeException e) {
            oracle.fail("%s, %s, before %s".formatted(point.life(), said(store), point.line()), e);
        }
    }

    private void checkAndGoOn(Path store, TracedLife story, List<String> said) throws IOException {
        if (!Files.exists(store.resolve(StoreDirectory.HEADER))) {
            assertEquals(List.of(), said, "a store that was said to be there");
            assertThrows(EngramException.NotAStore.class, () -> PatternStore.open(store));
            story.create(store);
        }
        oracle.acknowledged.add(said.size());
        int steps = (int) said.stream().filter(line -> line.matches("\\d+")).count();
        ChangeScript script = story.script().advanceTo(steps);
        oracle.check(store, script, new SplittableRandom(0));
        assertTrue(script.step() <= TracedLife.STEPS);
        KillOracle.goOn(store, script);
    }

    /** The process that is killed. */
    static final class Script {

        private Script() {}

        public static void main(String[] args) throws IOException {
            Path directory = Path.of(args[0]);
            TracedLife story = TracedLife.of(args);
            ChangeScript script = story.script();
            try (FileOutputStream out = new FileOutputStream(said(directory).toFile())) {
                story.create(directory);
                say(out, CREATED);
                try (PatternStore store = story.open(directory)) {
                    while (script.step() < TracedLife.STEPS) {
                        script.perform(store);
                        say(out, String.valueOf(script.step()));
                    }
                }
                say(out, CLOSED);
            }
        }

        private static void say(FileOutputStream out, String line) throws IOException {
            out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
