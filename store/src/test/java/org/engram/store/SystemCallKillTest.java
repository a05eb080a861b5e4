package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.KillOracle;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.QuickJvm;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Part;
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

    private static final int STEPS = 9;
    private static final String CREATED = "created";
    private static final String CLOSED = "closed";
    private static final String CALLS =
            "openat,mkdir,write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,fdatasync,rename,unlink";
    private static final java.util.regex.Pattern CALL = java.util.regex.Pattern.compile("^\\d+ +(\\w+)\\(.*");

    @TempDir
    static Path temp;

    private final KillOracle oracle = new KillOracle();

    /** The call that kills: the n-th of its name that names the store. */
    private record Point(Story story, String call, int number, String line) {}

    /** What is done until the kill: the script's changes in a new store of this kind. */
    private record Story(Layout layout, Durability durability) {

        ChangeScript script() {
            return new ChangeScript(Patterns.SMALL, seed(), layout != Layout.PACKED);
        }

        /** The first script whose few steps do everything. */
        private long seed() {
            for (long seed = 1; ; seed++) {
                ChangeScript script = new ChangeScript(Patterns.SMALL, seed, true);
                Set<ChangeScript.Verb> verbs = EnumSet.noneOf(ChangeScript.Verb.class);
                while (script.step() < STEPS) {
                    verbs.add(script.nextVerb());
                    script.advanceTo(script.step() + 1);
                }
                if (verbs.size() == ChangeScript.Verb.values().length) {
                    return seed;
                }
            }
        }
    }

    @BeforeAll
    static void requireStrace() {
        boolean there = false;
        try (ChildJvm probe = ChildJvm.start(
                temp, List.of("strace", "-f", "-qq", "-o", temp.resolve("probe").toString(), "echo", "traced"))) {
            there = "traced".equals(probe.line()) && probe.exitCode() == 0;
        } catch (UncheckedIOException e) {
            // not there
        }
        assumeTrue(there, "strace is not to be had here, or may not trace: no kills at single system calls");
    }

    @Test
    void aKillBeforeAnySystemCallLosesNothingThatWasAcknowledged() throws Exception {
        List<Story> stories = new ArrayList<>();
        for (Layout layout : Layout.values()) {
            for (Durability durability : Durability.values()) {
                stories.add(new Story(layout, durability));
            }
        }
        List<List<Point>> found = new ArrayList<>(Collections.nCopies(stories.size(), List.of()));
        KillOracle.inPairs(stories.size(), number -> found.set(number, points(stories.get(number))));
        List<Point> points = found.stream().flatMap(List::stream).toList();
        List<Point> chosen = new ArrayList<>();
        for (int i = 0; i < points.size(); i += STRIDE) {
            chosen.add(points.get(i));
        }
        KillOracle.inPairs(chosen.size(), number -> dieAt(chosen.get(number), temp.resolve("store " + number)));
        oracle.close("each before one of %d system calls of %d".formatted(chosen.size(), points.size()));
        assertEquals(chosen.size(), oracle.kills.sum());
    }

    /** All calls that change the store or its directory, from a run that nobody kills. */
    private static List<Point> points(Story story) throws IOException {
        Path store = temp.resolve("%s %s".formatted(story.layout, story.durability));
        Path trace = Path.of(store + ".trace");
        try (ChildJvm child = start(story, store, "-y", "-o", trace.toString())) {
            assertEquals(0, child.exitCode(), () -> child.err());
        }
        List<String> said = Files.readAllLines(said(store));
        assertEquals(STEPS + 2, said.size());
        assertEquals(CLOSED, said.getLast());
        Map<String, Integer> seen = new HashMap<>();
        List<Point> points = new ArrayList<>();
        for (String line : Files.readAllLines(trace)) {
            Matcher call = CALL.matcher(line);
            if (call.matches()) {
                int number = seen.merge(call.group(1), 1, Integer::sum);
                if (!line.contains("O_RDONLY")) {
                    points.add(new Point(story, call.group(1), number, line));
                }
            }
        }
        return points;
    }

    private static ChildJvm start(Story story, Path store, String... options) {
        List<String> command =
                new ArrayList<>(List.of("strace", "-f", "-qq", "-e", "signal=none", "-e", "trace=" + CALLS));
        List<String> names = new ArrayList<>(List.of("", "header", "header.tmp", "journal", "lock"));
        for (Part part : Part.values()) {
            names.add(part.fileName);
        }
        for (String name : names) {
            command.addAll(List.of("-P", store.resolve(name).toString()));
        }
        command.addAll(List.of("-P", said(store).toString()));
        command.addAll(List.of(options));
        command.addAll(QuickJvm.command(Script.class, store.toString(), story.layout.name(), story.durability.name()));
        return ChildJvm.start(temp, command);
    }

    private static Path said(Path store) {
        return Path.of(store + ".said");
    }

    private void dieAt(Point point, Path store) throws IOException {
        try {
            String inject = "inject=%s:signal=KILL:when=%d".formatted(point.call, point.number);
            try (ChildJvm child = start(point.story, store, "-o", "/dev/null", "-e", inject)) {
                assertEquals(ChildJvm.KILLED, child.exitCode(), () -> "exit code; stderr: " + child.err());
            }
            oracle.kills.increment();
            List<String> said = Files.exists(said(store)) ? Files.readAllLines(said(store)) : List.of();
            assertFalse(said.contains(CLOSED) && !point.line.contains(".said"), "killed after the end");
            checkAndGoOn(store, point.story, said);
            StoreBytes.delete(store);
        } catch (AssertionError | RuntimeException e) {
            oracle.fail("%s, %s, before %s".formatted(point.story, said(store), point.line), e);
        }
    }

    private void checkAndGoOn(Path store, Story story, List<String> said) throws IOException {
        if (!Files.exists(store.resolve(StoreDirectory.HEADER))) {
            assertEquals(List.of(), said, "a store that was said to be there");
            assertThrows(EngramException.NotAStore.class, () -> PatternStore.open(store));
            if (Files.exists(store)) {
                StoreBytes.delete(store);
            }
            create(store, story.layout);
        }
        oracle.acknowledged.add(said.size());
        int steps = (int) said.stream().filter(line -> line.matches("\\d+")).count();
        ChangeScript script = story.script().advanceTo(steps);
        oracle.check(store, script, new SplittableRandom(0));
        assertTrue(script.step() <= STEPS);
        KillOracle.goOn(store, script);
    }

    private static void create(Path store, Layout layout) {
        PatternStore.create(
                        store, StoreOptions.DEFAULT.withGeometry(Patterns.SMALL).withLayout(layout))
                .close();
    }

    /** The process that is killed. */
    static final class Script {

        private Script() {}

        public static void main(String[] args) throws IOException {
            Path directory = Path.of(args[0]);
            Story story = new Story(Layout.valueOf(args[1]), Durability.valueOf(args[2]));
            ChangeScript script = story.script();
            try (FileOutputStream out = new FileOutputStream(said(directory).toFile())) {
                create(directory, story.layout);
                say(out, CREATED);
                try (PatternStore store =
                        PatternStore.open(directory, OpenOptions.DEFAULT.withDurability(story.durability))) {
                    while (script.step() < STEPS) {
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
