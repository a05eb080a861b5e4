package org.engram.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the classes of the cluster may know of the store and of each other. */
class ArrowsTest {

    /** Made by the compiler from the schema; they know all messages. */
    private static boolean isWritten(Location location) {
        return !location.contains("___Marshaller") && !location.contains("SchemaImpl");
    }

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(ArrowsTest::isWritten).importPath(Path.of("target", "classes"));

    /** A member and what it does for others: it sends them messages, and a message asks the member that it reaches. */
    private static final Set<String> MEMBER = Set.of(
            "Member",
            "Writes",
            "ForGuests",
            "Asking",
            "FanOut",
            "AskHeld",
            "AskKeys",
            "AskMemorize",
            "AskNearest",
            "AskRivals");

    /** The same while a member joins. */
    private static final Set<String> JOINING = Set.of("Joining", "AskHello");

    /** The engine wants each to name the other in an annotation. */
    private static final Set<String> SEGMENT_STORE = Set.of("SegmentStore", "SegmentStoreConfiguration");

    @Test
    void ofTheStoreOnlyItsDoorsAreKnown() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.engram.store.*..")
                .check(CLASSES);
    }

    @Test
    void noCircleOfTypesAcrossFilesExceptThoseThatAreKnown() {
        slices().assignedFrom(new Types()).should().beFreeOfCycles().check(CLASSES);
    }

    private static final class Types implements SliceAssignment {
        @Override
        public String getDescription() {
            return "top-level types";
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getBaseComponentType().getName().replaceFirst("\\$.*", "");
            String simple = name.substring(name.lastIndexOf('.') + 1);
            return SliceIdentifier.of(Stream.of(MEMBER, JOINING, SEGMENT_STORE)
                    .filter(allowed -> allowed.contains(simple))
                    .map(Set::toString)
                    .findFirst()
                    .orElse(name));
        }
    }
}
