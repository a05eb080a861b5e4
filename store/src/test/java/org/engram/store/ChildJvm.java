package org.engram.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of the test class path in a JVM of its own, with the flags of {@code store/jvm.args}. */
final class ChildJvm implements AutoCloseable {

    /** What SIGKILL makes of an exit code: 128 + 9. */
    static final int KILLED = 137;

    private static final long PATIENCE_S = 120;

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private ChildJvm(Process process, Path err) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.err = err;
    }

    /** Starts it with the flags of the argument file, then {@code flags}. */
    static ChildJvm start(Class<?> main, List<String> flags, String... args) {
        List<String> all = new ArrayList<>();
        all.add("@" + argumentFile());
        all.addAll(flags);
        return startWithFlags(Path.of(""), main, all, args);
    }

    /** Starts it with {@code flags} and no others, in a working directory. */
    static ChildJvm startWithFlags(Path workingDirectory, Class<?> main, List<String> flags, String... args) {
        return start(workingDirectory, command(flags, System.getProperty("java.class.path"), main, args));
    }

    /** The command line of a JVM. */
    static List<String> command(List<String> flags, String classPath, Class<?> main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-ea");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(List.of(args));
        return command;
    }

    /** Starts a command, a JVM or what runs one. */
    static ChildJvm start(Path workingDirectory, List<String> command) {
        try {
            Path err = Files.createTempFile("engram-child", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(workingDirectory.toAbsolutePath().toFile())
                    .redirectError(err.toFile());
            // What a host's environment adds would change what is tested.
            builder.environment().remove("JDK_JAVA_OPTIONS");
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            return new ChildJvm(builder.start(), err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path argumentFile() {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path file = module.resolve("jvm.args");
        return Files.exists(file) ? file : module.resolve("store").resolve("jvm.args");
    }

    /** The flags of the argument file, one an element, each perhaps of several words. */
    static List<String> argumentLines() {
        try {
            return Files.readAllLines(argumentFile()).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** The next line of its stdout; null at the end. */
    String line() {
        try {
            return out.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line of its stdout, which must be this one. */
    void expect(String line) {
        String found = line();
        if (!line.equals(found)) {
            throw new AssertionError(
                    "child process: expected %s, found %s; its stderr: %s".formatted(line, found, err()));
        }
    }

    List<String> remainingLines() {
        List<String> lines = new ArrayList<>();
        for (String line = line(); line != null; line = line()) {
            lines.add(line);
        }
        return lines;
    }

    /** Sends it a line. */
    void tell(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("child process is gone; its stderr: " + err(), e);
        }
    }

    /** kill -9, by the handle: the process itself would close its streams, and what it said last would be lost. */
    void kill() {
        process.toHandle().destroyForcibly(); // false also when it is just ending by itself
    }

    /** Waits for its end and returns its exit code. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new AssertionError("child process does not end; its stderr: " + err());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a child process", e);
        }
        return process.exitValue();
    }

    String err() {
        try {
            return Files.readString(err).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        exitCode();
        try {
            out.close();
            Files.deleteIfExists(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
