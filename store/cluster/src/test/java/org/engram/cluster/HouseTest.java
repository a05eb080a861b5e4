package org.engram.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the classes of the cluster may know, and what none of them does. */
class HouseTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    private static List<String> classesThatMention(String text) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> contains(file, text))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void oneClassAloneLooksBehindTheDoorsOfTheEngine() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Engine")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.infinispan.factories..", "org.infinispan.globalstate..", "org.infinispan.topology..")
                .check(CLASSES);
    }

    @Test
    void theNetworkIsKnownInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Network")
                .and()
                .doNotHaveSimpleName("ChannelSource")
                .and()
                .doNotHaveSimpleName("Engine")
                .and()
                .doNotHaveSimpleName("Start")
                .and()
                .doNotHaveSimpleName("ClusterGuest")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jgroups..")
                .check(CLASSES);
    }

    @Test
    void noMessageIsSerialisedByJava() throws IOException {
        assertEquals(List.of(), classesThatMention("Serializable"));
        assertEquals(List.of(), classesThatMention("ObjectOutputStream"));
        // All that travels is in the schema.
        classes()
                .that()
                .areAnnotatedWith(org.infinispan.protostream.annotations.ProtoTypeId.class)
                .should()
                .beRecords()
                .check(CLASSES);
        List<String> travelling = classesThatMention("@ProtoTypeId(");
        assertEquals(
                List.of(), travelling.stream().filter(name -> !inSchema(name)).toList());
    }

    private static boolean inSchema(String name) {
        return contains(SOURCES.resolve(Path.of("org", "engram", "cluster", "Schema.java")), name + ".class");
    }

    @Test
    void noClassReadsAPropertyOrPrintsOrChangesTheProcess() throws IOException {
        for (String forbidden : List.of(
                "System.getProperty",
                "System.setProperty",
                "System.out",
                "System.err",
                "printStackTrace",
                "System.exit",
                "Runtime.getRuntime().halt",
                "currentTimeMillis",
                "Instant.now")) {
            assertEquals(List.of(), classesThatMention(forbidden), forbidden);
        }
    }
}
