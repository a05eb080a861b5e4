package org.engram.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** Runs the command, within this JVM or as a process of its own. */
final class Cli {

    static {
        Locale.setDefault(Locale.ROOT); // as the process does
    }

    /**
     * What a run gave.
     *
     * @param code its exit code
     * @param out its standard output
     * @param err its standard error
     */
    record Result(int code, String out, String err) {

        Result expect(int expected) {
            Assertions.assertEquals(expected, code, () -> out + err);
            return this;
        }

        String line(int number) {
            return out.split("\n", -1)[number];
        }
    }

    private Cli() {}

    static Result run(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(texts(args), out, err);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** As if both streams were terminals that know colours. */
    static Result runOnTerminal(Object... args) {
        return runOnTerminal(new Terminal(true, 80, Terminal.Graphics.BLOCKS), args);
    }

    static Result runOnTerminal(Terminal terminal, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(texts(args), new Console(out, err, true, true, terminal));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A run in a process of its own, with the flags that users start Java with. */
    static Result runProcess(Object... args) throws Exception {
        Path out = Files.createTempFile("engram", ".out");
        Path err = Files.createTempFile("engram", ".err");
        try {
            Process process = process(args)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                Assertions.fail("the process did not end");
            }
            return new Result(process.exitValue(), Files.readString(out), withoutJavasOwn(Files.readString(err)));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Without what Java says on its own account before the command starts, and no flag silences. */
    static String withoutJavasOwn(String err) {
        return err.replace("WARNING: Using incubator modules: jdk.incubator.vector\n", "");
    }

    static ProcessBuilder process(Object... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "@" + jvmArgs(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(texts(args)));
        return new ProcessBuilder(command);
    }

    private static Path jvmArgs() {
        return root().resolve("store/jvm.args");
    }

    /** The directory of the project. */
    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("store/jvm.args"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private static String[] texts(Object... args) {
        String[] texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        return texts;
    }
}
