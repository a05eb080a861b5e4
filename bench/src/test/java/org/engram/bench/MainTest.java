package org.engram.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.engram.store.PatternStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| +16 \\| (\\w+(?: \\w+)?) +\\| +([0-9.]+) \\|.*\\| +([0-9.]+) \\| +([0-9]+) \\|$");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aQuickRunInAForkFillsEveryRowOfTheTable() throws Exception {
        Path json = directory.resolve("run.json");
        Path plot = directory.resolve("run.png");

        int exit = run(
                "--quick",
                "--gc",
                "--neurons",
                "16",
                "--dir",
                directory.toString(),
                "--json",
                json.toString(),
                "--plot",
                plot.toString());

        assertEquals(0, exit, err.toString(UTF_8));
        String printed = out.toString(UTF_8);
        List<MatchResult> rows = ROW.matcher(printed).results().toList();
        assertEquals(
                List.of(
                        "engram",
                        "jvector",
                        "lucene",
                        "nearest",
                        "plainJava",
                        "recall",
                        "sgemv " + Blas.here(),
                        "sgemvOfCopy " + Blas.here(),
                        "vectorSum",
                        "vectorSumByFour",
                        "vectorSumByOne"),
                rows.stream().map(row -> row.group(1)).sorted().toList(),
                printed);
        assertEquals("vectorSum", rows.getFirst().group(1), printed);
        assertEquals("1.000", rows.getFirst().group(3), printed);
        assertTrue(rows.stream().allMatch(row -> Double.parseDouble(row.group(2)) > 0), printed);
        assertTrue(printed.contains("kernel   " + PatternStore.kernel()), printed);
        assertTrue(printed.contains("command  java @store/jvm.args -jar bench/target/benchmarks.jar --quick"), printed);
        assertTrue(printed.contains("BLAS     " + Blas.describe()), printed);
        assertTrue(printed.contains("FAISS    " + Faiss.describe()), printed);
        assertTrue(Files.readString(json).contains("org.engram.bench.FloatScan.engram"));
        assertEquals(1100, ImageIO.read(plot.toFile()).getWidth());
    }

    @Test
    void aStoreWithOtherPatternsFailsTheRunInsteadOfBeingTimed() {
        FloatScanTest.makeStoreWithOneWrongPattern(directory, 16, 5);

        int exit = run("--quick", "--neurons", "16", "--dir", directory.toString());

        assertEquals(70, exit);
        assertEquals("", out.toString(UTF_8));
        assertTrue(err.toString(UTF_8).contains("engram is wrong: neuron 5 responds with"), err.toString(UTF_8));
    }

    @Test
    void anUnknownSuiteIsRefusedWithTheNamesOfThoseThereAre() {
        assertEquals(1, run("--suite", "nothing"));
        assertTrue(
                err.toString(UTF_8)
                        .contains(
                                "unknown suite: expected float-scan, batch, recall, faiss, subset, append, get, open or all, found nothing"),
                err.toString(UTF_8));
    }

    @Test
    void aStoreOfNoNeuronsIsRefusedWithOneLine() {
        assertEquals(70, run("--neurons", "0"));
        assertEquals(
                "benchmarks: --neurons out of range: expected at least 1, found 0" + System.lineSeparator(),
                err.toString(UTF_8));
    }

    @Test
    void aPlotOfAnotherKindIsRefusedBeforeAnythingIsMeasured() {
        assertEquals(70, run("--plot", "run.pdf"));
        assertEquals(
                "benchmarks: --plot draws PNG: expected a name that ends in .png, found run.pdf"
                        + System.lineSeparator(),
                err.toString(UTF_8));
    }

    private int run(String... args) {
        return Main.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    }
}
