package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.cycle_detection.CycleDetector;
import com.tngtech.archunit.library.cycle_detection.Edge;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.engram.store.PatternStore;
import org.junit.jupiter.api.Test;

/**
 * Which room may know which, read from the class files. A constant of another room leaves no arrow when the compiler copies
 * its value.
 */
class ArrowsTest {

    private static final String TOOLS = ArrowsTest.class.getPackageName();
    private static final String STORE = PatternStore.class.getPackageName();

    /** Each room, and what it may know beside itself. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            room("tools", "fill ask look care transfer report repair stress paper calibrate options console"),
            // the tasks
            room("fill", "transfer look options image qr console"),
            room("ask", "options image qr draw console"),
            room("look", "options image draw console"),
            room("care", "options console"),
            room("transfer", "options image qr console"),
            room("report", "look care options qr console"),
            room("repair", "options image qr draw console"),
            room("stress", "repair paper options image qr draw console"),
            room("paper", "options image qr draw console"),
            room("calibrate", "options image draw console"),
            // what they stand on
            room("options", "image qr console"),
            room("draw", "image console"),
            room("image", "console"),
            room("qr", ""),
            room("console", ""));

    private static final List<Arrow> ARROWS = new ClassFileImporter()
            .importPath(Path.of("target", "classes")).stream()
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .map(Arrow::of)
                    .sorted(Comparator.comparing(Arrow::from).thenComparingInt(Arrow::line))
                    .toList();

    private static Map.Entry<String, Set<String>> room(String name, String known) {
        return Map.entry(name, new TreeSet<>(Arrays.asList(known.split(" "))));
    }

    /** From one top-level type to another, by full name, and the line where; line 0 is the head of a type or a member. */
    private record Arrow(String from, String to, String file, int line) implements Edge<String> {

        static Arrow of(Dependency dependency) {
            return new Arrow(
                    topLevel(dependency.getOriginClass()),
                    topLevel(dependency.getTargetClass()),
                    dependency.getSourceCodeLocation().getSourceFileName(),
                    dependency.getSourceCodeLocation().getLineNumber());
        }

        private static String topLevel(JavaClass type) {
            return type.getBaseComponentType().getName().replaceFirst("\\$.*", "");
        }

        boolean leads(String fromPackage, String toPackage) {
            return from.startsWith(fromPackage + ".") && to.startsWith(toPackage + ".");
        }

        Arrow between(UnaryOperator<String> place) {
            return new Arrow(place.apply(from), place.apply(to), file, line);
        }

        @Override
        public String getOrigin() {
            return from;
        }

        @Override
        public String getTarget() {
            return to;
        }

        @Override
        public String toString() {
            return "%s -> %s (%s:%d)".formatted(from, to, file, line);
        }
    }

    @Test
    void everyRoomIsInTheTable() {
        assertEquals(
                new TreeSet<>(MAY_KNOW.keySet()),
                ARROWS.stream().map(arrow -> roomOf(arrow.from())).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void aRoomKnowsOnlyWhatTheTableAllows() {
        assertNone(
                "arrows that are not in the table",
                within().filter(arrow -> !isAllowed(roomOf(arrow.from()), roomOf(arrow.to()))));
    }

    private static boolean isAllowed(String from, String to) {
        return from.equals(to) || MAY_KNOW.getOrDefault(from, Set.of()).contains(to);
    }

    @Test
    void noCircleOfRooms() {
        assertNoCircle(within().map(arrow -> arrow.between(ArrowsTest::roomOf)));
    }

    @Test
    void noCircleOfTypesAcrossFiles() {
        assertNoCircle(within());
    }

    @Test
    void ofTheStoreOnlyItsDoorsAreKnown() {
        assertNone(
                "arrows behind the doors of the store",
                ARROWS.stream()
                        .filter(arrow -> arrow.leads(TOOLS, STORE))
                        .filter(arrow -> !packageOf(arrow.to()).equals(STORE)));
    }

    private static Stream<Arrow> within() {
        return ARROWS.stream().filter(arrow -> arrow.leads(TOOLS, TOOLS));
    }

    private static String roomOf(String type) {
        String name = packageOf(type);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('.'));
    }

    private static void assertNone(String what, Stream<Arrow> forbidden) {
        assertEquals("", lines(onePerPair(forbidden)), what);
    }

    private static void assertNoCircle(Stream<Arrow> all) {
        List<Arrow> arrows = onePerPair(all.filter(arrow -> !arrow.from().equals(arrow.to())));
        Set<String> places = new HashSet<>();
        arrows.forEach(arrow -> places.addAll(List.of(arrow.from(), arrow.to())));
        String circles = CycleDetector.detectCycles(places, arrows).stream()
                .limit(10)
                .map(circle -> lines(circle.getEdges()))
                .collect(Collectors.joining("\n\n"));
        assertEquals("", circles, "circles");
    }

    /** The first of those that lead from one place to the same other; one with a line, if any has. */
    private static List<Arrow> onePerPair(Stream<Arrow> arrows) {
        Map<List<String>, Arrow> firsts = new LinkedHashMap<>();
        arrows.forEach(arrow -> firsts.merge(
                List.of(arrow.from(), arrow.to()), arrow, (first, next) -> first.line() > 0 ? first : next));
        return List.copyOf(firsts.values());
    }

    private static String lines(Collection<Arrow> arrows) {
        return arrows.stream().map(Arrow::toString).collect(Collectors.joining("\n"));
    }
}
