package org.engram.store;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Which room of the store may know which, read from the class files. A constant of another room leaves no arrow when the
 * compiler copies its value.
 */
class ArrowsTest {

    private static final String STORE = ArrowsTest.class.getPackageName();
    private static final String INTERNAL = STORE + ".internal";

    /** The public types that wrap the rooms, and what is hidden beside them. All others of the package are values. */
    private static final Set<String> DOORS = Set.of(
            "PatternStore",
            "StoreCare",
            "StoreOptions",
            "OpenOptions",
            "RecallOptions",
            "Contest",
            "Cue",
            "Mask",
            "Pattern",
            "OpenStore",
            "Opening",
            "InFlight",
            "Changes",
            "Watch",
            "WarmUp",
            "Calibrator",
            "TrialCues",
            "Network");

    /** Each room, and the rooms that it may know; every room may know the values. */
    private static final Map<String, List<String>> MAY_KNOW = new LinkedHashMap<>();

    static {
        MAY_KNOW.put("care", List.of("neurons", "format", "medium"));
        MAY_KNOW.put("recall", List.of("neurons", "kernel", "format"));
        MAY_KNOW.put("neurons", List.of("kernel", "format", "medium"));
        MAY_KNOW.put("kernel", List.of("format"));
        MAY_KNOW.put("format", List.of("medium"));
        MAY_KNOW.put("medium", List.of());
        MAY_KNOW.put("watch", List.of());
    }

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void everyRoomIsInTheTable() {
        assertEquals(
                new TreeSet<>(MAY_KNOW.keySet()),
                CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(STORE))
                        .map(name -> name.substring(INTERNAL.length() + 1))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void aRoomKnowsOnlyWhatTheTableAllows() {
        LayeredArchitecture rooms = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(STORE + "..")
                .layer("values")
                .definedBy(values())
                .layer("doors")
                .definedBy(resideInAPackage(STORE).and(DescribedPredicate.not(values())));
        for (String room : MAY_KNOW.keySet()) {
            rooms = rooms.layer(room).definedBy(INTERNAL + "." + room);
        }
        rooms = rooms.whereLayer("values").mayNotAccessAnyLayer();
        rooms = rooms.whereLayer("doors")
                .mayOnlyAccessLayers("values", "care", "recall", "neurons", "format", "medium", "watch");
        for (Map.Entry<String, List<String>> room : MAY_KNOW.entrySet()) {
            List<String> known = new java.util.ArrayList<>(room.getValue());
            known.add("values");
            rooms = rooms.whereLayer(room.getKey()).mayOnlyAccessLayers(known.toArray(String[]::new));
        }
        rooms.check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> values() {
        return DescribedPredicate.describe(
                "values of the store",
                type -> type.getPackageName().equals(STORE)
                        && !DOORS.contains(topLevel(type).substring(STORE.length() + 1)));
    }

    @Test
    void noCircleOfRooms() {
        slices().matching(INTERNAL + ".(*)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noCircleOfTypesAcrossFiles() {
        slices().assignedFrom(new TopLevelTypes()).should().beFreeOfCycles().check(CLASSES);
    }

    private static final class TopLevelTypes implements SliceAssignment {
        @Override
        public String getDescription() {
            return "top-level types";
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(topLevel(type));
        }
    }

    private static String topLevel(JavaClass type) {
        return type.getBaseComponentType().getName().replaceFirst("\\$.*", "");
    }
}
