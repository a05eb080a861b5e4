package org.engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.engram.store.PatternStore;
import org.junit.jupiter.api.Test;

/**
 * What of the rest of Engram the benchmarks may know, read from their class files. What JMH generates around a benchmark leads
 * where that leads, and is not looked at.
 */
class ArrowsTest {

    private static final String BENCH = ArrowsTest.class.getPackageName();
    private static final String STORE = PatternStore.class.getPackageName();

    /** The room behind the doors of the store that one of them looks into, to measure what watching costs. */
    private static final String WATCH = STORE + ".internal.watch";

    private static final String WATCHES = BENCH + ".BitRecall";

    @Test
    void aBenchmarkKnowsOnlyTheDoorsOfTheStore() {
        String forbidden = new ClassFileImporter()
                .importPath(Path.of("target", "classes")).stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(arrow -> arrow.getOriginClass().getPackageName().equals(BENCH))
                        .filter(arrow -> !isAllowed(topLevel(arrow.getOriginClass()), arrow.getTargetClass()))
                        .map(ArrowsTest::line)
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining("\n"));
        assertEquals("", forbidden, "forbidden arrows");
    }

    private static boolean isAllowed(String from, JavaClass to) {
        String known = to.getBaseComponentType().getPackageName();
        boolean isOurs = known.equals("org.engram") || known.startsWith("org.engram.");
        return !isOurs
                || known.equals(BENCH)
                || known.startsWith(BENCH + ".")
                || known.equals(STORE)
                || (known.equals(WATCH) && from.equals(WATCHES));
    }

    private static String topLevel(JavaClass type) {
        return type.getBaseComponentType().getName().replaceFirst("\\$.*", "");
    }

    private static String line(Dependency arrow) {
        return "%s -> %s %s"
                .formatted(
                        topLevel(arrow.getOriginClass()),
                        topLevel(arrow.getTargetClass()),
                        arrow.getSourceCodeLocation());
    }
}
