package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that could not be written are an error, unless nobody wants them any more. */
class LostResultsTest {

    private static final int NEURONS = 3000;

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStoreOfMany() {
        store = directory.resolve("signs");
        try (PatternStore open = PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(new Geometry(4, 4)))) {
            for (int i = 0; i < NEURONS; i++) {
                open.memorize("key " + i, Pattern.of(new Geometry(4, 4), new float[16]));
            }
        }
    }

    @Test
    void aFullDiskIsAnErrorOfShortAndLongResultsAndOfHelp() {
        for (List<String> args :
                List.of(List.of("ls", store.toString()), List.of("info", store.toString()), List.of("ls", "--help"))) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = Main.run(args.toArray(String[]::new), failing("No space left on device"), err);
            assertEquals(
                    "engram: cannot write the results: No space left on device\n",
                    err.toString(StandardCharsets.UTF_8));
            assertEquals(2, code);
        }
    }

    @Test
    void aBrokenPipeEndsQuietly() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(0, Main.run(new String[] {"ls", store.toString()}, failing("Broken pipe"), err));
        assertEquals(0, Main.run(new String[] {"info", store.toString()}, failing("Broken pipe"), err));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aPictureThatIsLostIsAnErrorAsWell() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] args = {"show", store.toString(), "key 7", "--png", "-"};
        assertEquals(2, Main.run(args, failing("No space left on device"), err));
        assertEquals(
                "engram: cannot write the results: No space left on device\n", err.toString(StandardCharsets.UTF_8));
        err.reset();
        assertEquals(0, Main.run(args, failing("Broken pipe"), err));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void anErrorOfTheVerbKeepsItsCode() throws Exception {
        Path image = Images.write(Images.noise(4, 4, 1), directory.resolve("x.png"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new String[] {"memorize", store.toString(), image.toString(), "--key", "key 7"}, failing("full"), err);
        assertEquals(1, code);
        assertEquals(
                "engram: key is in use: \"key 7\" names neuron 7; choose another key, or replace it\n",
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFileThatMayNotGrowIsAnErrorOfTheProcess() throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 1; exec \"$@\"", "sh"));
        List<String> engram = Cli.process("ls", store).command();
        command.add(engram.get(0));
        command.add("-XX:-UsePerfData");
        command.addAll(engram.subList(1, engram.size()));
        Path out = directory.resolve("out");
        Process process =
                new ProcessBuilder(command).redirectOutput(out.toFile()).start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals("engram: cannot write the results: File too large\n", Cli.withoutJavasOwn(err));
        assertEquals(2, process.exitValue());
        assertTrue(Files.size(out) <= 1024);
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
