package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.engram.store.fixture.ActorLoop;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.neurons.MappingStress;
import org.engram.store.internal.neurons.PublicationStress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.Main;

/**
 * What threads may see of each other, by tests that jcstress runs. It starts two JVMs a test at least, which takes minutes;
 * so it runs when {@link Campaign#STRESS} names one of its modes, and a loop runs the same actors otherwise.
 */
class StressTest {

    private static final List<Class<?>> CLASSES =
            List.of(PublicationStress.class, CloseStress.class, MappingStress.class);
    private static final int TESTS = 7;
    private static final String MODE = Campaign.STRESS;
    private static final String MS_EACH = "200";

    private static final Pattern PLANNED = Pattern.compile(
            "\\(Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs\\)");
    private static final Pattern SAMPLES = Pattern.compile(".*\\s([0-9,]+) +[<>]?[0-9.]+% +Acceptable .*");

    @TempDir
    Path directory;

    private String storeProperty;

    @BeforeEach
    void createStore() {
        Path path = directory.resolve("store");
        try (PatternStore store = PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(Patterns.SMALL))) {
            store.memorize("white", Patterns.all(Patterns.SMALL, 1));
        }
        storeProperty = "-D%s=%s".formatted(CloseStress.STORE, path);
    }

    @Test
    void noActorSeesHalfAStep() {
        String[] args = Stream.concat(Stream.of(MS_EACH), CLASSES.stream().map(Class::getName))
                .toArray(String[]::new);
        try (ChildJvm child = ChildJvm.start(ActorLoop.class, List.of(storeProperty), args)) {
            List<String> lines = child.remainingLines();
            assertEquals(0, child.exitCode(), child::err);
            lines.forEach(System.out::println);
            assertEquals(TESTS, lines.size(), lines::toString);
            lines.forEach(line -> assertTrue(line.startsWith(ActorLoop.PASSED), line));
        }
    }

    @Test
    void jcstressFindsNothingForbidden() throws IOException {
        assumeFalse(MODE.isEmpty(), "engram.stress names no mode of jcstress");
        Path results = ChildJvm.argumentFile().resolveSibling("target").resolve("jcstress");
        Files.createDirectories(results);
        // What it forks gets the flags of this child, and those after -jvmArgs, which keep it to one kind of JVM.
        List<String> flags = List.of("@" + ChildJvm.argumentFile(), storeProperty);
        List<String> lines;
        try (ChildJvm child = ChildJvm.startWithFlags(
                results, Main.class, flags, "-m", MODE, "-v", "-r", results.toString(), "-jvmArgs", "-Xmx256m")) {
            lines = child.remainingLines();
            assertEquals(0, child.exitCode(), child::err);
        }
        Files.write(results.resolve("console.txt"), lines);
        List<String> report = lines.subList(lines.lastIndexOf("RUN RESULTS:") + 1, lines.size());
        List<Matcher> counts =
                lines.stream().map(PLANNED::matcher).filter(Matcher::matches).toList();
        long tests = report.stream().filter(line -> line.contains("[OK] ")).count();
        long samples = report.stream()
                .map(SAMPLES::matcher)
                .filter(Matcher::matches)
                .mapToLong(row -> Long.parseLong(row.group(1).replace(",", "")))
                .sum();
        System.out.printf(
                "jcstress %s: %s, %d tests, %d samples%n",
                MODE, counts.getLast().group(), tests, samples);
        String all = String.join("\n", report);
        assertEquals(counts.getLast().group(1), counts.getLast().group(2), all);
        assertEquals(TESTS, tests, all);
        assertTrue(samples >= TESTS, all);
        assertTrue(report.stream().noneMatch(line -> line.contains("Forbidden") || line.contains("[FAILED]")), all);
    }
}
