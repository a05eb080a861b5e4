package org.engram.tools.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;
import org.engram.tools.care.VerifyCommand;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.NewFile;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.StandardStream;
import org.engram.tools.console.Text;
import org.engram.tools.options.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = {
            "Writes one HTML page about a store: its patterns to look through and search, its statistics, whether it is sound, "
                    + "and a playground, where a pattern is damaged by hand and recalled at once.",
            "The page stands alone and asks no network for anything, so it can be mailed. It shows real-valued patterns, but "
                    + "its playground recalls among the black and white ones only. The same store makes the same page."
        },
        exitCodeList = "3:the store is damaged; the page is written, and says so",
        footer = {
            "  engram report signs -o report.html",
            "  engram report signs -o report.html --embed 200   a smaller page",
            "  engram report signs -o - | gzip > report.html.gz"
        })
public final class ReportCommand extends Verb {

    private static final int USUAL = 1000;
    private static final long USUAL_BYTES = 4 << 20;
    private static final long MOST_BYTES = 256 << 20;

    @Parameters(paramLabel = "STORE", description = "The store.")
    private Path store;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            required = true,
            description = "The page; replaced if it is there. - is standard output.")
    private Path out;

    @Option(
            names = "--embed",
            paramLabel = "N",
            description =
                    "Put this many patterns into the page, chosen at random, when there are more (1000, or as many as have 4 "
                            + "MiB of bits).")
    private Integer wanted;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "The seed of the choice; the same seed chooses the same (${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() {
        NewFile.requireOutside(out, store);
        Console console = console();
        StoreReport report = VerifyCommand.verify(store, VerifyLevel.CHECKSUMS, console);
        byte[] page = ReportPage.of(data(report).json()).getBytes(StandardCharsets.UTF_8);
        console.write(out, to -> to.write(page));
        if (!StandardStream.isMeant(out)) {
            console.line("wrote %s, %s".formatted(Text.escape(out.toString()), Text.bytes(page.length)));
        }
        report.problems().forEach(problem -> console.note(problem.toString()));
        return report.isSound() ? ExitCode.FINE : ExitCode.CORRUPT;
    }

    private ReportData data(StoreReport report) {
        int most = most(report.geometry());
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            List<Neuron> embedded = Sample.of(open.neurons(), most, seed);
            try (ProgressLine progress = console().progress("report", "patterns", embedded.size())) {
                StoreStatistics statistics = StoreStatistics.of(report, open, embedded, seed, progress::at);
                ReportData data = new ReportData(store, statistics, null);
                data.embed(open, embedded, statistics);
                return data;
            }
        } catch (EngramException.Corrupt e) {
            return new ReportData(store, StoreStatistics.of(report), e.getMessage());
        }
    }

    /** How many patterns the page holds. */
    private int most(Geometry geometry) {
        int bytesEach = ReportData.bytesOfPicture(geometry.pixels());
        if (wanted == null) {
            return Math.clamp(USUAL_BYTES / bytesEach, 1, USUAL);
        }
        long possible = MOST_BYTES / bytesEach;
        if (wanted < 0 || wanted > possible) {
            throw Failure.usage(
                    "--embed is out of range: expected 0 to %d for %s, found %d".formatted(possible, geometry, wanted));
        }
        return wanted;
    }
}
