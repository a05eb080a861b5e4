package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a tree of its own, with a Java that runs the classes under test, and a mvn that builds no more than it is told. */
class LauncherTest {

    @TempDir
    private Path directory;

    private Path tree;
    private Path launcher;
    private Path target;
    private Path java;
    private Path bin;

    @BeforeEach
    void createATree() throws IOException {
        Path root = Cli.root();
        tree = directory.resolve("a b'c *[d]?");
        Path tools = Files.createDirectories(tree.resolve("tools"));
        launcher = Files.copy(root.resolve("tools/engram"), tools.resolve("engram"));
        target = Files.createDirectory(tools.resolve("target"));
        Path flags = root.resolve("store/jvm.args");
        Files.copy(flags, Files.createDirectory(tree.resolve("store")).resolve("jvm.args"));
        java = directory.resolve("java");
        bin = Files.createDirectories(directory.resolve("bin"));
        Files.createDirectories(java.resolve("bin"));
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"25\"\n");
        script(
                java.resolve("bin/java"),
                "echo \"$@\" >>'%s'".formatted(directory.resolve("flags")),
                "for word; do case $word in -XX:AOTCacheOutput=*) %s;; esac; done"
                        .formatted("echo prepared >\"${word#*=}\"; exit 0"),
                "while [ \"$1\" != -jar ]; do shift; done; shift 2",
                "exec '%s' '@%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\""
                        .formatted(
                                ProcessHandle.current().info().command().orElseThrow(),
                                flags,
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LANG=en_US.UTF-8",
                "LANG=ja_JP.eucJP",
                "LC_ALL=C",
                "LC_ALL=xx_YY.UTF-8",
                "LC_CTYPE=POSIX",
                "LANG=C.UTF-8",
                "LANG="
            })
    void fileNamesOfAnyScriptAreFoundInAnyLocale(String locale) throws Exception {
        Files.createFile(target.resolve("engram.jar"));
        Path store = directory.resolve("signs");
        Cli.run("create", store, "--size", "12x12").expect(0);
        Images.write(Images.noise(12, 12, 1), directory.resolve("x.png"));
        Path images = Files.createDirectory(directory.resolve("images"));
        sh("cp '%s' '%s'/\"$(printf '\\343\\202\\256')\".png".formatted(directory.resolve("x.png"), images));
        String[] variable = locale.split("=", -1);
        Cli.Result result = run(Map.of(variable[0], variable[1]), "memorize", store, images);
        assertEquals("", result.err());
        assertEquals("memorized \"ギ\" as neuron 0; the store holds 1 pattern\n", result.out());
        assertEquals(0, result.code());
    }

    @Test
    void theFirstCallBuildsTheJar() throws Exception {
        mvn("echo whole >\"target/$name\"");
        Cli.Result result = run(Map.of(), "ls", directory.resolve("none"));
        String[] lines = result.err().split("\n", -1);
        assertEquals("engram: building %s, once".formatted(target.resolve("engram.jar")), lines[0]);
        assertTrue(lines[1].startsWith("engram: not a store: "), result.err());
        assertEquals(2, result.code());
        assertEquals(List.of("engram.aot", "engram.aot.of", "engram.jar"), built());
        assertTrue(Files.readString(directory.resolve("words")).contains("-Dstyle.color=never"));
    }

    @Test
    void javaPreparesForAJarOnceAndUsesThatForWhatOnlyLooks() throws Exception {
        Path jar = Files.createFile(target.resolve("engram.jar"));
        String cache = "-XX:AOTCache=" + target.resolve("engram.aot");
        for (int call = 0; call < 3; call++) {
            run(Map.of(), "ls", directory.resolve("none"));
        }
        List<String> flags = Files.readAllLines(directory.resolve("flags"));
        assertEquals(4, flags.size(), "one rehearsal and three calls: " + flags);
        assertTrue(flags.get(0).endsWith(" -cp %s org.engram.tools.Rehearsal".formatted(jar)), flags.get(0));
        for (String call : flags.subList(1, 4)) {
            assertTrue(call.contains(cache) && !call.contains("jvm.args"), call);
        }
        Files.writeString(target.resolve("engram.aot"), "pre");
        run(Map.of(), "ls", directory.resolve("none"));
        assertEquals(6, Files.readAllLines(directory.resolve("flags")).size(), "a cut one is made anew");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        run(Map.of(), "ls", directory.resolve("none"));
        assertEquals(8, Files.readAllLines(directory.resolve("flags")).size(), "a newer jar is prepared for anew");
        assertEquals(List.of("engram.aot", "engram.aot.of", "engram.jar"), built());
    }

    @Test
    void whereJavaCannotPrepareTheVerbsRunWithout() throws Exception {
        Files.createFile(target.resolve("engram.jar"));
        Files.writeString(
                java.resolve("bin/java"),
                Files.readString(java.resolve("bin/java")).replace("exit 0", "exit 1"));
        Cli.Result result = run(Map.of(), "ls", directory.resolve("none"));
        run(Map.of(), "ls", directory.resolve("none"));
        assertTrue(result.err().startsWith("engram: not a store: "), result.err());
        List<String> flags = Files.readAllLines(directory.resolve("flags"));
        assertEquals(3, flags.size(), "it is not tried again and again: " + flags);
        assertTrue(flags.stream().noneMatch(call -> call.contains("-XX:AOTCache=")), flags::toString);
    }

    /** Those that recall, and only those, need the vector API. */
    @Test
    void verbsThatRecallGetAllFlags() throws Exception {
        Matcher list = Pattern.compile("\n    ([a-z -]+(?: \\| [a-z-]+)+)\\)\n").matcher(Files.readString(launcher));
        assertTrue(list.find());
        Set<String> verbs = Set.of(list.group(1).strip().split(" \\| ", -1));
        assertEquals(
                Set.of("recall", "repair-qr", "plot", "stats", "report", "doctor", "calibrate", "paper", "stress"),
                verbs);
        Set<String> known =
                EngramCommand.VERBS.stream().map(EngramCommand::nameOf).collect(Collectors.toSet());
        assertTrue(known.containsAll(verbs), known::toString);
        Files.createFile(target.resolve("engram.jar"));
        run(Map.of(), "recall", directory.resolve("none"), "--qr", "x");
        List<String> flags = Files.readAllLines(directory.resolve("flags"));
        assertTrue(flags.get(0).contains(" @"), flags::toString);
        assertEquals(1, flags.size());
    }

    @Test
    void theVerbsOfAClusterAreBuiltAndStartedFromAJarOfTheirOwn() throws Exception {
        mvn("mkdir -p \"target/${name%/*}\" && echo whole >\"cluster/target/$name\"");
        Path jar = tree.resolve("tools/cluster/target/engram-cluster.jar");
        Files.createFile(target.resolve("engram.jar"));
        for (String[] words : new String[][] {{"cluster", "status"}, {"help", "cluster"}, {"cluster", "join", "dir"}}) {
            run(Map.of(), (Object[]) words);
        }
        assertTrue(Files.readString(directory.resolve("words")).contains("-pl tools/cluster -am package"));
        List<String> flags = Files.readAllLines(directory.resolve("flags"));
        assertEquals(3, flags.size(), "nothing is prepared for it: " + flags);
        assertTrue(flags.stream().allMatch(call -> call.contains(" -jar " + jar + " ")), flags::toString);
        assertTrue(!flags.get(0).contains(" @") && flags.get(0).contains("-XX:+UseSerialGC"), flags::toString);
        assertTrue(flags.get(2).contains("@") && !flags.get(2).contains("GC"), flags::toString);
        assertEquals(List.of("engram.jar"), built(), "what other modules built on the way is gone");
        Path source =
                Files.createDirectories(tree.resolve("tools/cluster/src/main")).resolve("X.java");
        Files.setLastModifiedTime(
                Files.createFile(source), FileTime.from(Instant.now().plusSeconds(60)));
        assertTrue(run(Map.of(), "cluster", "status").err().startsWith("engram: building " + jar + ", once\n"));
    }

    @Test
    void aJarThatIsOlderThanItsSourcesIsBuiltAnew() throws Exception {
        mvn("echo whole >\"target/$name\"");
        Path jar = Files.createFile(target.resolve("engram.jar"));
        Path source = Files.createDirectories(tree.resolve("store/src/main")).resolve("X.java");
        Files.createFile(source);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
        assertTrue(run(Map.of(), "ls", directory.resolve("none")).err().startsWith("engram: not a store: "));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(120)));
        String err = run(Map.of(), "ls", directory.resolve("none")).err();
        assertTrue(err.startsWith("engram: building %s, once\nengram: not a store: ".formatted(jar)), err);
        assertTrue(run(Map.of(), "ls", directory.resolve("none")).err().startsWith("engram: not a store: "));
    }

    @Test
    void anOldJarIsUsedWhereItCannotBeBuiltAnew() throws Exception {
        Path jar = Files.createFile(target.resolve("engram.jar"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
        Files.createFile(Files.createDirectories(tree.resolve("store/src/main")).resolve("X.java"));
        for (String tool :
                List.of("sh", "env", "pwd", "dirname", "find", "head", "mktemp", "mv", "rm", "ls", "cmp", "locale")) {
            Files.createSymbolicLink(
                    bin.resolve(tool),
                    Stream.of(System.getenv("PATH").split(":", -1))
                            .map(place -> Path.of(place, tool))
                            .filter(Files::isExecutable)
                            .findFirst()
                            .orElseThrow());
        }
        Cli.Result result = run(Map.of("PATH", ""), "ls", directory.resolve("none"));
        String first = "engram: %s is older than its sources, and mvn to build it is not installed\n".formatted(jar);
        assertTrue(result.err().startsWith(first + "engram: not a store: "), result.err());
    }

    @Test
    void aRuntimeThatLacksAModuleIsNotTaken() throws Exception {
        Files.createFile(target.resolve("engram.jar"));
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"25\"\nMODULES=\"java.base java.logging\"\n");
        Cli.Result result = run(Map.of(), "ls", directory.resolve("none"));
        assertEquals(
                "engram: ENGRAM_JAVA is %s, which is not a Java 25 with the modules java.compiler java.desktop java.logging java.management java.naming jdk.incubator.vector jdk.unsupported\n"
                        .formatted(java),
                result.err());
        assertEquals(70, result.code());
        Files.writeString(
                java.resolve("release"),
                "JAVA_VERSION=\"25.0.1\"\nMODULES=\"java.base java.compiler java.desktop java.logging java.management java.naming jdk.incubator.vector jdk.unsupported\"\n");
        assertEquals(2, run(Map.of(), "ls", directory.resolve("none")).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void aCollectorThatTheHostAsksForIsLeftAlone(String variable) throws Exception {
        Files.createFile(target.resolve("engram.jar"));
        for (String verb : List.of("ls", "recall")) {
            run(Map.of(), verb, directory.resolve("none"));
            run(Map.of(variable, "-Xmx99m -XX:+UseG1GC"), verb, directory.resolve("none"));
            List<String> flags = Files.readAllLines(directory.resolve("flags"));
            assertTrue(flags.get(flags.size() - 2).contains("-XX:+UseSerialGC"), flags::toString);
            assertTrue(!flags.getLast().contains("GC"), flags::toString);
        }
    }

    @Test
    void aWorkingDirectoryThatIsGoneIsNamed() throws Exception {
        Files.createFile(target.resolve("engram.jar"));
        String err = directory.resolve("err").toString();
        sh("mkdir '%1$s/gone' && cd '%1$s/gone' && rmdir '%1$s/gone' && ! \"%2$s\" ls x 2>'%3$s'"
                .formatted(directory, launcher, err));
        String said = Files.readString(Path.of(err));
        assertTrue(said.endsWith("engram: the working directory is gone: change to one that is there\n"), said);
    }

    @Test
    void aFailedBuildLeavesNoJar() throws Exception {
        mvn("echo half >\"target/$name\"", "exit 1");
        Cli.Result result = run(Map.of(), "--help");
        Path jar = target.resolve("engram.jar");
        assertEquals("engram: building %s, once\nengram: mvn failed to build %s\n".formatted(jar, jar), result.err());
        assertEquals(70, result.code());
        assertEquals(List.of(), built());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP 129", "INT 130", "TERM 143"})
    void anInterruptedBuildLeavesNoJar(String signal) throws Exception {
        String[] parts = signal.split(" ", -1);
        assumeTrue(isHeard(parts[0]), "the build was started with this signal ignored, as nohup and & do");
        mvn("echo half >\"target/$name\"", "kill -%s $PPID".formatted(parts[0]), "exit 1");
        Cli.Result result = run(Map.of(), "--help");
        assertEquals("engram: building %s, once\n".formatted(target.resolve("engram.jar")), result.err());
        assertEquals(Integer.parseInt(parts[1]), result.code());
        assertEquals(List.of(), built());
    }

    private void mvn(String... lines) throws IOException {
        script(
                bin.resolve("mvn"),
                "cd tools",
                "echo \"$@\" >'%s'".formatted(directory.resolve("words")),
                "for word; do case $word in -Dengram.runnable=*) name=${word#*=} ;; esac; done",
                String.join("\n", lines));
    }

    private List<String> built() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Cli.Result run(Map<String, String> environment, Object... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        Stream.of(args).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.equals("LANG") || name.startsWith("LC_"));
        variables.putAll(environment);
        variables.put("ENGRAM_JAVA", java.toString());
        variables.merge("PATH", bin.toString(), (path, first) -> path.isEmpty() ? first : first + ":" + path);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Cli.Result(process.exitValue(), Files.readString(out), Cli.withoutJavasOwn(Files.readString(err)));
    }

    /** A shell cannot trap a signal that was ignored when it started. */
    private static boolean isHeard(String signal) throws Exception {
        return new ProcessBuilder("sh", "-c", "trap 'exit 7' %1$s; kill -%1$s $$; exit 0".formatted(signal))
                        .start()
                        .waitFor()
                == 7;
    }

    private static void sh(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command).inheritIO().start();
        assertEquals(0, process.waitFor(), command);
    }

    private static void script(Path path, String... lines) throws IOException {
        Files.writeString(path, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
