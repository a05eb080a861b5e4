package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.opentest4j.TestAbortedException;

/**
 * Runs report.mjs in a headless Chromium, with what npm brings into target/browser. Where node, npm or Chromium are
 * missing its tests are skipped, unless ENGRAM_REQUIRE_BROWSER is 1: then they fail. ENGRAM_CHROMIUM names another
 * Chromium than the one on the path.
 */
final class Browser {

    private static final List<String> SOURCES = List.of("package.json", "package-lock.json", ".npmrc", "report.mjs");
    private static final String LIBRARY = "node_modules/playwright-core/package.json";

    private final Path directory;
    private final Path node;
    private final Path chromium;

    private Browser(Path directory, Path node, Path chromium) {
        this.directory = directory;
        this.node = node;
        this.chromium = chromium;
    }

    /** A browser that is ready to run, or no test. */
    static Browser require() throws Exception {
        Path node = program("node");
        Path npm = program("npm");
        String named = System.getenv("ENGRAM_CHROMIUM");
        Path chromium = program(named == null ? "chromium" : named);
        Path sources = Cli.root().resolve("tools/src/test/browser");
        Path directory = Files.createDirectories(Cli.root().resolve("tools/target/browser"));
        boolean fresh = Files.exists(directory.resolve(LIBRARY))
                && Files.mismatch(sources.resolve("package-lock.json"), directory.resolve("node_modules/.engram-lock"))
                        == -1;
        for (String source : SOURCES) {
            Files.write(directory.resolve(source), Files.readAllBytes(sources.resolve(source)));
        }
        if (!fresh) {
            install(npm, directory);
        }
        return new Browser(directory, node, chromium);
    }

    private static void install(Path npm, Path directory) throws Exception {
        List<String> command =
                List.of(npm.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        if (run(directory, command, "npm") != 0) {
            throw missing("npm ci failed, see %s".formatted(directory.resolve("npm.err")));
        }
        Files.copy(directory.resolve("package-lock.json"), directory.resolve("node_modules/.engram-lock"));
    }

    private static Path program(String name) {
        for (String place : System.getenv("PATH").split(File.pathSeparator, -1)) {
            Path program = Path.of(place).resolve(name);
            if (Files.isExecutable(program)) {
                return program;
            }
        }
        throw missing("%s is not on the path".formatted(name));
    }

    private static RuntimeException missing(String what) {
        String message = what + ": the report is not tried in a browser";
        if ("1".equals(System.getenv("ENGRAM_REQUIRE_BROWSER"))) {
            return Assertions.fail(message);
        }
        return new TestAbortedException(message);
    }

    /** Where screenshots are left to be looked at. */
    Path screenshots() throws IOException {
        return Files.createDirectories(directory.resolve("screenshots"));
    }

    /** What report.mjs tells of each page. */
    List<Map<String, Object>> visit(List<Map<String, Object>> pages) throws Exception {
        Path job = directory.resolve("job.json");
        Files.writeString(
                job,
                JSON.std.asString(Map.of(
                        "chromium",
                        chromium.toString(),
                        "screenshots",
                        screenshots().toString(),
                        "pages",
                        pages)));
        int code = run(directory, List.of(node.toString(), "report.mjs", job.toString()), "report");
        assertEquals(0, code, () -> text(directory.resolve("report.err")));
        return JSON.std.listOfFrom(Object.class, Files.readString(directory.resolve("report.out"))).stream()
                .map(Browser::map)
                .toList();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object json) {
        return (Map<String, Object>) json;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int run(Path directory, List<String> command, String name) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .redirectError(directory.resolve(name + ".err").toFile())
                .start();
        try {
            if (!process.waitFor(300, TimeUnit.SECONDS)) {
                Assertions.fail("%s did not end".formatted(command));
            }
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
