package org.engram.tools.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the verbs of a cluster may know of the rest and of each other. */
class ArrowsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void theVerbsKnowTheClusterByItsPublicClassesAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.infinispan..", "org.jgroups..")
                .check(CLASSES);
    }

    @Test
    void ofTheStoreOnlyItsDoorsAreKnown() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.engram.store.*..")
                .check(CLASSES);
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
            return SliceIdentifier.of(type.getBaseComponentType().getName().replaceFirst("\\$.*", ""));
        }
    }
}
