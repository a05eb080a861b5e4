package org.engram.tools.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.Main;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {

    private static final Geometry GEOMETRY = new Geometry(2, 1);

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStoreOfTwo() {
        store = directory.resolve("signs");
        try (PatternStore signs = PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(GEOMETRY))) {
            memorize(signs, "a", "b");
        }
    }

    private static void memorize(PatternStore signs, String... keys) {
        for (String key : keys) {
            signs.memorize(key, Pattern.of(GEOMETRY, 0, 1));
        }
    }

    @Test
    void anIndexThatTheWriterMakesAnewIsNoReplacedStore() {
        int before = 5_000;
        fill(before);
        assertTrue(Files.exists(store.resolve("index-0")));
        try (WatchedStore watched = new WatchedStore(store)) {
            fill(before);
            watched.refresh();
            assertEquals(2 + 2 * before, watched.live());
        }
    }

    /** The writer indexes when it closes. */
    private void fill(int count) {
        try (PatternStore signs = PatternStore.open(store)) {
            int first = signs.size();
            signs.memorizeAll(IntStream.range(first, first + count)
                    .mapToObj(i -> Map.entry("k" + i, Pattern.of(GEOMETRY, 0, 1)))
                    .toList());
        }
    }

    @Test
    void whatAWriterDoesMeanwhileIsCounted() throws Exception {
        try (Watch watch = new Watch("--json", "--interval", "0.02")) {
            Map<String, Object> first = watch.next();
            assertEquals(
                    List.of(
                            "time",
                            "live",
                            "retired",
                            "memorized",
                            "perSecond",
                            "totalMemorized",
                            "averagePerSecond",
                            "bytes",
                            "writer"),
                    List.copyOf(first.keySet()));
            assertEquals(
                    List.of(2, 0, 0), List.of(first.get("live"), first.get("memorized"), first.get("totalMemorized")));
            assertTrue(first.get("perSecond") == null && first.get("averagePerSecond") == null);
            assertTrue(first.get("writer") == null);
            try (PatternStore writer = PatternStore.open(store)) {
                memorize(writer, "c", "d", "e");
                writer.replace("a", Pattern.of(GEOMETRY, 1, 0));
                writer.forget("b");
                int came = 0;
                Map<String, Object> sample = watch.next();
                while (!sample.get("live").equals(4) || !sample.get("retired").equals(2)) {
                    came += (Integer) sample.get("memorized");
                    sample = watch.next();
                }
                came += (Integer) sample.get("memorized");
                assertEquals(4, came);
                assertEquals(4, sample.get("totalMemorized"));
                assertTrue((Double) sample.get("averagePerSecond") > 0);
                assertEquals(
                        ProcessHandle.current().pid(),
                        ((Number) ((Map<?, ?>) sample.get("writer")).get("pid")).longValue());
                assertTrue((Integer) sample.get("bytes") > (Integer) first.get("bytes"));
                while (!sample.get("memorized").equals(0)) {
                    sample = watch.next();
                }
                assertEquals(0.0, sample.get("perSecond"));
            }
            watch.closeReader();
            assertEquals(0, watch.end());
            assertEquals("", watch.err());
        }
    }

    @Test
    void aStoreThatIsDeletedEndsTheWatchWithOneLine() throws Exception {
        try (Watch watch = new Watch("--json", "--interval", "0.02")) {
            watch.next();
            Path moved = Files.move(store, directory.resolve("moved"));
            assertEquals(2, watch.end());
            assertEquals(
                    "engram: store is gone: %s: expected the file that was opened, found none; it was deleted or moved\n"
                            .formatted(store.resolve("header")),
                    watch.err());
            assertTrue(Files.exists(moved));
        }
    }

    @Test
    void aStoreThatIsReplacedEndsTheWatchWithOneLine() throws Exception {
        Path other = directory.resolve("other");
        Cli.run("copy", store, other).expect(0);
        Path journal = store.resolve("journal");
        try (Watch watch = new Watch("--json", "--interval", "0.02")) {
            watch.next();
            Files.move(other.resolve("journal"), journal, StandardCopyOption.REPLACE_EXISTING);
            assertEquals(2, watch.end());
            assertEquals(
                    "engram: store was rebuilt or replaced: %s: expected the file that was opened, found another; watch it anew\n"
                            .formatted(journal),
                    watch.err());
        }
    }

    @Test
    void withoutATerminalEveryLookIsALineAndOnOneABlockIsRedrawn() {
        List<String> lines = Cli.run("watch", store, "--count", "2", "--interval", "0.01")
                .expect(0)
                .out()
                .lines()
                .toList();
        assertEquals(
                "time                         live    retired    stored  per second              bytes  writer",
                lines.get(0));
        assertEquals(3, lines.size());
        assertTrue(
                lines.get(1).matches("\\S{20}            2          0         0              +[\\d,]+  none"),
                lines.get(1));
        assertTrue(
                lines.get(2).matches("\\S{20}            2          0         0         0\\.0 +[\\d,]+  none"),
                lines.get(2));
        String drawn = Cli.runOnTerminal("watch", store, "--count", "2", "--interval", "0.01")
                .expect(0)
                .out();
        assertEquals(2, drawn.split("neurons  2 live, 0 retired\n", -1).length - 1);
        assertEquals(1, drawn.split("\u001b\\[5A\u001b\\[J", -1).length - 1, drawn);
        assertEquals(10, drawn.lines().count());
    }

    @Test
    void aSignalEndsItAtOnceWithItsCode() throws Exception {
        Path err = directory.resolve("err");
        Process process = Cli.process("watch", store, "--interval", "600")
                .redirectError(err.toFile())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertTrue(out.readLine().startsWith("time "));
            assertTrue(out.readLine().endsWith("  none"));
            new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it waits on");
            assertEquals(143, process.exitValue());
            assertEquals("", Cli.withoutJavasOwn(Files.readString(err)));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void wrongNumbersAndPlacesAreRefused() throws Exception {
        assertEquals(
                "engram: --interval is out of range: expected 0.01 to 86400 seconds, found 0.0\n",
                Cli.run("watch", store, "--interval", "0").expect(1).err());
        assertEquals(
                "engram: --interval is out of range: expected 0.01 to 86400 seconds, found NaN\n",
                Cli.run("watch", store, "--interval", "NaN").expect(1).err());
        assertEquals(
                "engram: --count is out of range: expected at least 1, found 0\n",
                Cli.run("watch", store, "--count", "0").expect(1).err());
        Cli.run("watch", directory, "--count", "1").expect(2);
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(store), files.toList());
        }
    }

    /** A watch in a thread of its own, line by line. */
    private final class Watch implements AutoCloseable {

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final FutureTask<Integer> code;
        private volatile boolean isClosed;

        Watch(String... options) {
            String[] arguments = Stream.concat(Stream.of("watch", store.toString()), Stream.of(options))
                    .toArray(String[]::new);
            code = new FutureTask<>(() -> Main.run(arguments, new Lines(), err));
            Thread thread = new Thread(code, "watch");
            thread.setDaemon(true);
            thread.start();
        }

        Map<String, Object> next() throws Exception {
            String line = lines.poll(60, TimeUnit.SECONDS);
            assertTrue(line != null, "no line came; " + err());
            return JSON.std.mapFrom(line);
        }

        void closeReader() {
            isClosed = true;
        }

        int end() throws Exception {
            return code.get(60, TimeUnit.SECONDS);
        }

        String err() {
            return err.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            closeReader();
        }

        /** As a pipe, whose reader may go away. */
        private final class Lines extends OutputStream {
            private final ByteArrayOutputStream line = new ByteArrayOutputStream();

            @Override
            public void write(int b) throws IOException {
                if (isClosed) {
                    throw new IOException("Broken pipe");
                }
                if (b == '\n') {
                    lines.add(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else {
                    line.write(b);
                }
            }
        }
    }
}
