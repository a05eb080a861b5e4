package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.engram.store.Cue;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens in a JVM that was started without one of the flags, in JVMs that are. */
class JvmFlagsTest {

    private static final String VECTOR_FLAG = "--add-modules jdk.incubator.vector";
    private static final String PROPERTIES_FLAG = "-Dsystem.properties=/dev/null";
    private static final String PLANTED = "engram.planted";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--add-opens java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-exports java.base/sun.nio.ch=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"
            })
    void withoutAFlagOfChronicleTheJdkMaps(String flag) {
        assertEquals(
                List.of("neuron 0 of kernel " + PatternStore.kernel() + " on jdk", "planted null"), runWithout(flag));
    }

    @Test
    void chronicleThatIsAskedForNamesTheFlagThatIsMissing() {
        try (ChildJvm child = start(List.of("-Dengram.mapping=chronicle"))) {
            assertEquals(
                    List.of(
                            "MissingJvmFlag: mapping by Chronicle was asked for with -Dengram.mapping but cannot load; start"
                                    + " java with --add-opens java.base/java.lang.reflect=ALL-UNNAMED (all flags stand in"
                                    + " store/jvm.args: java @jvm.args ...)"),
                    child.remainingLines());
        }
    }

    @Test
    void chronicleThatIsAskedForNamesTheClassThatIsMissing() {
        List<String> words = new ArrayList<>(List.of(
                "@" + ChildJvm.argumentFile(), "-Dengram.mapping=chronicle", "-cp", classPathWithoutChronicleCore()));
        words.addAll(List.of(Host.class.getName(), directory.resolve("store").toString()));
        words.addFirst(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        try (ChildJvm child = ChildJvm.start(directory, words)) {
            // which class of the jar is missed first is the virtual machine's choice
            assertEquals(
                    List.of(
                            "MissingJvmFlag: mapping by Chronicle was asked for with -Dengram.mapping but cannot load; give"
                                    + " java all jars of the library, on the module path with --add-modules"
                                    + " org.slf4j,jdk.unsupported (java.lang.NoClassDefFoundError:"
                                    + " net/openhft/chronicle/core/CLASS)"),
                    child.remainingLines().stream()
                            .map(line -> line.replaceFirst("(?<=net/openhft/chronicle/core/)[\\w/]+", "CLASS"))
                            .toList());
            assertEquals(false, Files.exists(directory.resolve("store")), "nothing is left of an opening that failed");
        }
    }

    private static String classPathWithoutChronicleCore() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("chronicle-core-"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--add-exports java.base/jdk.internal.ref=ALL-UNNAMED", PROPERTIES_FLAG})
    void aFlagThatOnlySilencesAWarningMayBeMissing(String flag) {
        assertEquals(
                List.of("neuron 0 of kernel " + PatternStore.kernel() + " on chronicle", "planted null"),
                runWithout(flag));
    }

    @Test
    void withoutTheVectorModuleTheScalarKernelServes() {
        assertEquals(List.of("neuron 0 of kernel scalar on chronicle", "planted null"), runWithout(VECTOR_FLAG));
    }

    @Test
    void withAllFlagsNothingIsSaidOnStderrButThatTheVectorModuleIsNew() {
        try (ChildJvm child = start(ChildJvm.argumentLines())) {
            assertEquals(
                    List.of("neuron 0 of kernel " + PatternStore.kernel() + " on chronicle", "planted null"),
                    child.remainingLines());
            assertEquals(0, child.exitCode());
            assertEquals("WARNING: Using incubator modules: jdk.incubator.vector", child.err());
        }
    }

    @Test
    void aFileOfSystemPropertiesInTheWorkingDirectoryIsNotRead() throws IOException {
        Files.writeString(directory.resolve("system.properties"), PLANTED + "=1\n");
        try (ChildJvm child = start(ChildJvm.argumentLines())) {
            assertEquals(
                    List.of("neuron 0 of kernel " + PatternStore.kernel() + " on chronicle", "planted null"),
                    child.remainingLines());
        }
        deleteStore();
        assertEquals(
                List.of("neuron 0 of kernel " + PatternStore.kernel() + " on chronicle", "planted 1"),
                runWithout(PROPERTIES_FLAG),
                "the file is a trap only if it is read without the flag");
    }

    private List<String> runWithout(String flag) {
        List<String> flags = new ArrayList<>(ChildJvm.argumentLines());
        assertEquals(true, flags.remove(flag), flag + " is not in the argument file");
        try (ChildJvm child = start(flags)) {
            List<String> said = child.remainingLines();
            assertEquals(0, child.exitCode(), child.err());
            return said;
        }
    }

    private ChildJvm start(List<String> flags) {
        List<String> words = flags.stream()
                .flatMap(flag -> Arrays.stream(flag.split(" ", -1)))
                .toList();
        return ChildJvm.startWithFlags(
                directory, Host.class, words, directory.resolve("store").toString());
    }

    private void deleteStore() throws IOException {
        try (var files = Files.list(directory.resolve("store"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** A host that starts the JVM its own way. */
    static final class Host {

        private Host() {}

        public static void main(String[] args) {
            Path path = Path.of(args[0]);
            Geometry geometry = new Geometry(8, 8);
            try (PatternStore store = PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(geometry))) {
                BitSet white = BitSet.valueOf(new long[] {0x0F0F_1234_5678_9ABCL});
                Pattern pattern = Pattern.twoValued(geometry, white);
                store.memorize("key", pattern);
                System.out.println("neuron "
                        + store.recall(Cue.bipolar(pattern)).neuron() + " of kernel " + PatternStore.kernel() + " on "
                        + PatternStore.mapping());
                System.out.println("planted " + System.getProperty(PLANTED));
            } catch (EngramException.MissingJvmFlag e) {
                System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }
}
