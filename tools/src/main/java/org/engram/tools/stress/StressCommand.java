package org.engram.tools.stress;

import java.nio.file.Path;
import java.util.List;
import org.engram.store.PatternStore;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.NewFile;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.TemporaryDirectory;
import org.engram.tools.image.Png;
import org.engram.tools.options.JsonVerb;
import org.engram.tools.paper.Lesson;
import org.engram.tools.paper.Subject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram stress}: how much damage stored symbols stand. */
@Command(
        name = "stress",
        description = {
            "Damages stored QR symbols more and more, and counts how many are read again: by ZXing alone, and by "
                    + "Engram as repair-qr does it, without being told what the damage is.",
            "Kinds of damage: blanked (all but a square in the lower right corner is hidden), painted (the same area is "
                    + "painted white), blot (one disc or square), stripes (scratches), torn (a corner is hidden), noise (pixels "
                    + "are black or white by the toss of a coin). Areas are shares of the whole picture. Without STORE the "
                    + "paper's 298 symbols are taught to a temporary one. The same seed gives the same counts.",
            "JSON fields: symbols, seed, cases, wrong (texts that Engram got wrong, in all), results [damage, area (percent), "
                    + "zxing, zxingWrong, engram, unrecognised, wrong]."
        },
        exitCodeList = ExitCode.CORRUPT_HELP,
        footer = {
            "  engram stress --qr",
            "  engram stress --qr --json",
            "  engram stress --qr symbols --symbols 50 --areas 10,20,30,40 --png curves.png"
        })
@SuppressWarnings("UnusedVariable") // picocli requires --qr itself
public final class StressCommand extends JsonVerb {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "STORE",
            description = "The store; without it, the paper's symbols.")
    private Path store;

    @Option(names = "--qr", required = true, description = "Damage QR symbols; the only choice so far.")
    private boolean qr;

    @Option(
            names = "--areas",
            paramLabel = "PERCENT",
            split = ",",
            defaultValue = "0,10,25,50,75,90",
            description = "Damaged shares of the picture, in percent, 0 to 100 (${DEFAULT-VALUE}).")
    private List<Double> areas;

    @Option(
            names = "--symbols",
            paramLabel = "N",
            defaultValue = "298",
            description = "At most this many symbols, evenly taken from the store (${DEFAULT-VALUE}).")
    private int symbols;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all damage (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--png", paramLabel = "FILE", description = "Draw the curves.")
    private Path png;

    @Override
    public Integer call() {
        if (symbols < 1) {
            throw Failure.usage("--symbols is out of range: expected at least 1, found " + symbols);
        }
        for (double area : areas) {
            if (!(area >= 0 && area <= 100)) {
                throw Failure.usage("--areas is out of range: expected 0 to 100, found " + area);
            }
        }
        NewFile.requireBesideAnswer("--png", png, store);
        if (store == null) {
            try (TemporaryDirectory directory = TemporaryDirectory.create("stress", "name a store");
                    Subject paper = Lesson.learn(directory.path().resolve("store"))) {
                run(paper.store());
            }
        } else {
            try (PatternStore open = PatternStore.openReadOnly(store)) {
                run(open);
            }
        }
        return ExitCode.FINE;
    }

    private void run(PatternStore open) {
        Console console = console();
        Stress stress = new Stress(open, symbols, seed);
        if (stress.symbols() == 0) {
            throw Failure.cannotOpen(
                    "%s holds no QR symbols that can be read: expected at least one; memorize some with --qr TEXT"
                            .formatted(store));
        }
        List<StressResult> results;
        long cases = (long) DamageKind.values().length * areas.size() * stress.symbols();
        try (ProgressLine progress = console.progress("stress", "symbols", cases)) {
            results = stress.run(areas, progress::at);
        }
        StressReport report = StressReport.of(results, stress.symbols(), seed);
        answer(report, () -> report.table().forEach(console::line));
        if (png != null) {
            Png.write(StressCurves.draw(results), png);
        }
    }
}
