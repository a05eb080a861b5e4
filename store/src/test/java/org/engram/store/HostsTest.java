package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Host;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real JVMs, each started its own way, which all create, append, recall between appends, close and reopen. */
class HostsTest {

    /** The libraries of the store, by the beginnings of the names of their jars. */
    private static final List<String> LIBRARIES =
            List.of("agrona-", "chronicle-bytes-", "chronicle-core-", "posix-", "slf4j-api-");

    private static final String FLAGS_OF_CHRONICLE_AS_MODULES =
            "--add-opens java.base/java.lang.reflect=chronicle.core,chronicle.bytes"
                    + " --add-exports java.base/sun.nio.ch=chronicle.core,chronicle.bytes"
                    + " --add-exports java.base/jdk.internal.ref=chronicle.core,chronicle.bytes"
                    + " --enable-native-access=org.engram.store --sun-misc-unsafe-memory-access=allow";

    @TempDir
    static Path shared;

    private static List<String> answers;

    @TempDir
    Path directory;

    @BeforeAll
    static void answerHere() {
        answers = Host.answers(shared.resolve("here"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', jdk, scalar",
        "--add-opens java.base/java.lang.reflect=ALL-UNNAMED, jdk, scalar",
        "--add-exports java.base/sun.nio.ch=ALL-UNNAMED, jdk, scalar",
        "--add-exports java.base/jdk.internal.ref=ALL-UNNAMED, jdk, scalar",
        "--add-modules jdk.incubator.vector, jdk, widest",
        "--enable-native-access=ALL-UNNAMED, jdk, scalar",
        "--sun-misc-unsafe-memory-access=allow, jdk, scalar",
        "--sun-misc-unsafe-memory-access=deny, jdk, scalar",
        "--illegal-native-access=deny, jdk, scalar",
        "--sun-misc-unsafe-memory-access=deny --illegal-native-access=deny --add-modules jdk.incubator.vector, jdk, widest",
        "-XX:+UseZGC, jdk, scalar",
        "ALL, chronicle, widest",
        "ALL -XX:+UseZGC, chronicle, widest",
        "ALL -Dengram.mapping=jdk, jdk, widest"
    })
    void everyHostGetsTheSameAnswers(String flags, String mapping, String kernel) {
        List<String> words = new ArrayList<>();
        for (String word : flags.split(" ", -1)) {
            if (word.equals("ALL")) {
                words.add("@" + ChildJvm.argumentFile());
            } else if (!word.isEmpty()) {
                words.add(word);
            }
        }
        String stores = directory.resolve("stores").toString();
        try (ChildJvm child = ChildJvm.startWithFlags(directory, Host.class, words, stores)) {
            assertAnswers(mapping + " " + named(kernel), child);
        }
    }

    @Test
    void aHostWithoutTheJarOfChronicleBytesGetsTheSameAnswers() {
        String classPath = classPath()
                .filter(entry -> !entry.contains("chronicle-bytes-"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> words = List.of("@" + ChildJvm.argumentFile(), "-cp", classPath, Host.class.getName());
        try (ChildJvm child = java(Path.of(System.getProperty("java.home")), words)) {
            assertAnswers("jdk " + PatternStore.kernel(), child);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', jdk, scalar",
        "'--add-modules jdk.incubator.vector,jdk.jfr', jdk, widest",
        "CHRONICLE, jdk, scalar",
        "'CHRONICLE --add-modules org.slf4j,jdk.unsupported', chronicle, scalar"
    })
    void aModuleThatRequiresTheStoreGetsTheSameAnswers(String flags, String mapping, String kernel) throws Exception {
        Path modules = Files.createDirectory(directory.resolve("modules"));
        for (String entry : classPath().toList()) {
            String name = Path.of(entry).getFileName().toString();
            if (LIBRARIES.stream().anyMatch(name::startsWith)) {
                Files.copy(Path.of(entry), modules.resolve(name));
            }
        }
        Path manifest = Files.writeString(directory.resolve("manifest"), "Automatic-Module-Name: org.engram.store\n");
        run("jar", "-cfm", modules.resolve("store.jar"), manifest, "-C", classesOf(PatternStore.class), ".");
        Path host = directory.resolve("host");
        Path fixture =
                Files.createDirectories(host.resolve(Host.class.getPackageName().replace('.', '/')));
        for (Class<?> type : List.of(Host.class, Patterns.class)) {
            String file = type.getSimpleName() + ".class";
            try (InputStream in = type.getResourceAsStream(file)) {
                Files.copy(in, fixture.resolve(file));
            }
        }
        Path source =
                Files.writeString(directory.resolve("module-info.java"), "module host { requires org.engram.store; }");
        run("javac", "-p", modules, "-d", host, source);
        List<String> words = new ArrayList<>(List.of("-p", modules + File.pathSeparator + host));
        Stream.of(flags.replace("CHRONICLE", FLAGS_OF_CHRONICLE_AS_MODULES).split(" ", -1))
                .filter(word -> !word.isEmpty())
                .forEach(words::add);
        words.addAll(List.of("-m", "host/" + Host.class.getName()));
        try (ChildJvm child = java(Path.of(System.getProperty("java.home")), words)) {
            assertAnswers(mapping + " " + named(kernel), child);
        }
    }

    @ParameterizedTest
    @CsvSource({"java.base, scalar", "'java.base,jdk.incubator.vector', widest"})
    void aHostOnAnImageOfFewModulesGetsTheSameAnswers(String modules, String kernel) {
        Path image = directory.resolve("image");
        run("jlink", "--add-modules", modules, "--output", image);
        List<String> words =
                List.of("--add-modules", modules, "-cp", System.getProperty("java.class.path"), Host.class.getName());
        try (ChildJvm child = java(image, words)) {
            assertAnswers("jdk " + named(kernel), child);
        }
    }

    private ChildJvm java(Path home, List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("java").toString());
        command.addAll(words);
        command.add(directory.resolve("stores").toString());
        return ChildJvm.start(directory, command);
    }

    private static void assertAnswers(String firstLine, ChildJvm child) {
        List<String> expected = new ArrayList<>();
        expected.add(firstLine);
        expected.addAll(answers);
        assertEquals(expected, child.remainingLines(), child::err);
        assertEquals(0, child.exitCode());
    }

    private static String named(String kernel) {
        return kernel.equals("widest") ? PatternStore.kernel() : kernel;
    }

    private static Stream<String> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty());
    }

    private static Path classesOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void run(String tool, Object... args) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int code = ToolProvider.findFirst(tool)
                .orElseThrow()
                .run(out, out, Stream.of(args).map(Object::toString).toArray(String[]::new));
        assertEquals(0, code, said::toString);
    }
}
