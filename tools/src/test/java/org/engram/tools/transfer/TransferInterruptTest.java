package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.tools.console.Text;
import org.engram.tools.fixture.Cli;
import org.engram.tools.qr.QrCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody stops an import, or an export, while it runs. */
class TransferInterruptTest {

    private static final int ATTEMPTS = 10;

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStore() {
        store = directory.resolve("signs");
        Cli.run("create", store, "--size", "29x29").expect(0);
    }

    @Test
    void anInterruptedImportKeepsWhatItStoredAndTheSameImportGoesOn() throws Exception {
        Process process = start("import", store, "-", "--format", "csv");
        OutputStream input = process.getOutputStream();
        int sent = 0;
        try {
            // a pipe that stays open, so that the import cannot be through before the signal comes
            while (stored() == 0) {
                for (int i = 0; i < 1000; i++) {
                    input.write("k%1$d,T%1$d\n".formatted(sent++).getBytes(StandardCharsets.UTF_8));
                }
                input.flush();
            }
            signal(process);
            while (process.isAlive()) {
                input.write("k%1$d,T%1$d\n".formatted(sent++).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException pipeIsBroken) {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        }
        assertEquals(143, process.waitFor());
        int stored = stored();
        assertTrue(stored > 0 && stored <= sent);
        assertEquals(
                "engram: note: interrupted: %s stored; the same import again goes on from there\n"
                        .formatted(Text.count(stored, "pattern")),
                Cli.withoutJavasOwn(Files.readString(directory.resolve("err"))));
        Cli.run("verify", store).expect(0);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < stored + 100; i++) {
            all.append("k%1$d,T%1$d\n".formatted(i));
        }
        Path table = Files.writeString(directory.resolve("all.csv"), all);
        assertEquals(
                "imported 100 patterns, %s there already; the store holds %s\n"
                        .formatted(Text.count(stored), Text.count(stored + 100, "pattern")),
                Cli.run("import", store, table).expect(0).out());
    }

    @Test
    void anImportThatWaitsForStandardInputIsStoppedToo() throws Exception {
        assertStoppedAfter(
                "key\ttext\n",
                "tsv",
                "engram: note: interrupted: 0 patterns stored; the same import again goes on from there\n");
        assertStoppedAfter("", "npy", "");
    }

    /** A process that is stopped before it reads says nothing; on a busy machine it takes a while until it does. */
    private void assertStoppedAfter(String begun, String format, String said) throws Exception {
        String found = null;
        for (int waitMs = 300; waitMs < 30_000 && !said.equals(found); waitMs *= 4) {
            found = stoppedAfter(begun, format, waitMs);
        }
        assertEquals(said, found);
        Cli.run("verify", store).expect(0);
    }

    private String stoppedAfter(String begun, String format, int waitMs) throws Exception {
        Process process = start("import", store, "-", "--format", format);
        try (OutputStream silent = process.getOutputStream()) {
            silent.write(begun.getBytes(StandardCharsets.UTF_8));
            silent.flush();
            while (process.isAlive() && StoreCare.writer(store).isEmpty()) {
                Thread.onSpinWait();
            }
            Thread.sleep(waitMs); // it most likely waits by now
            signal(process);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it waits for ever");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(143, process.exitValue());
        return Cli.withoutJavasOwn(Files.readString(directory.resolve("err")));
    }

    @Test
    void anInterruptedExportLeavesNothing() throws Exception {
        try (PatternStore open = PatternStore.open(store)) {
            for (int i = 0; i < 2000; i++) {
                open.memorize("k" + i, QrCodec.encode("T" + i, open.geometry()));
            }
        }
        Path target = directory.resolve("pictures");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Process process = start("export", store, target);
            while (process.isAlive() && entries().size() < 4) {
                Thread.onSpinWait();
            }
            signal(process);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            if (!Files.exists(target)) {
                assertEquals(143, process.exitValue());
                assertEquals(List.of("err", "out", "signs"), entries());
                Cli.run("export", store, target).expect(0);
                return;
            }
            try (Stream<Path> files = Files.list(target)) {
                List<Path> whole = files.toList();
                assertEquals(2001, whole.size());
                for (Path file : whole) {
                    Files.delete(file);
                }
            }
            Files.delete(target);
        }
        fail("no signal hit a running export");
    }

    private Process start(Object... args) throws IOException {
        return Cli.process(args)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private static void signal(Process process) throws Exception {
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private int stored() {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            return open.size();
        }
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
