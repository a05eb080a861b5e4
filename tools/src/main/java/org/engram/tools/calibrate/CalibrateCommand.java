package org.engram.tools.calibrate;

import java.nio.file.Path;
import java.util.List;
import org.engram.store.Calibration;
import org.engram.store.Calibrator;
import org.engram.store.Criteria;
import org.engram.store.PatternStore;
import org.engram.tools.console.Console;
import org.engram.tools.console.Describe;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Interruption;
import org.engram.tools.console.NewFile;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Text;
import org.engram.tools.image.Png;
import org.engram.tools.options.StoreVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code engram calibrate}: measures a store's own separation, and recommends criteria. */
@Command(
        name = "calibrate",
        description = {
            "Measures how well the store tells what it knows from what it does not, and recommends criteria.",
            "",
            "Shows the store its own patterns, and mosaics of them that were never stored, through the same windows "
                    + "and with the same noise. Every tile of a mosaic comes from another stored pattern, from the same place. "
                    + "A recommended criterion lies halfway between the numbers of stored patterns and of mosaics. Without "
                    + "--record the store is only read. With --record every recall judges by the new criteria from then on, in "
                    + "processes that have the store open once they refresh.",
            "",
            "JSON fields: patterns, sampled, nearest (share of pixels in which the nearest other pattern differs, or the mean squared difference: least, "
                    + "percent1, median, percent99, most), twins (stored twice), conditions [hidden, noise, stored and unseen "
                    + "{contrast, disagreement, q}, now and then {recognised, mistaken}], criteria and recommended {threshold, contrast, disagreement, "
                    + "agreement}, reasons, recorded."
        },
        exitCodeList = {ExitCode.CORRUPT_HELP, ExitCode.LOCKED_HELP},
        footer = {
            "  engram calibrate signs",
            "  engram calibrate signs --hidden 0,0.9 --noise 0.3     harder than usual",
            "  engram calibrate signs --png contrast.png             the histogram as a picture",
            "  engram calibrate signs --record                       judge by it from now on"
        })
public final class CalibrateCommand extends StoreVerb {

    @Option(
            names = "--hidden",
            paramLabel = "SHARES",
            split = ",",
            defaultValue = "0,0.5,0.75",
            description = "Shares of the picture to hide, 0 to 1 (${DEFAULT-VALUE}).")
    private List<Double> hidden;

    @Option(
            names = "--noise",
            paramLabel = "SHARES",
            split = ",",
            defaultValue = "0,0.1,0.2",
            description =
                    "Shares of the visible pixels to flip, 0 to 0.5 (${DEFAULT-VALUE}). Every visible pixel of a grey pattern is "
                            + "mixed with this share of another.")
    private List<Double> noise;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "500",
            description = "Show at most this many patterns (${DEFAULT-VALUE}).")
    private int sample;

    @Option(
            names = "--mistakes",
            paramLabel = "SHARE",
            defaultValue = "0.001",
            description =
                    "The share of wrong answers to accept where stored and unseen patterns overlap (${DEFAULT-VALUE}).")
    private double mistakes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The seed that chooses patterns, windows and noise (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--png", paramLabel = "FILE", description = "Draw the histogram of the contrasts.")
    private Path png;

    @Option(names = "--record", description = "Make the store judge by the recommended criteria from now on.")
    private boolean record;

    @Override
    public Integer call() {
        requireShares("--hidden", hidden, 1);
        requireShares("--noise", noise, 0.5);
        requireShares("--mistakes", List.of(mistakes), 1);
        if (sample < Criteria.COMPANY) {
            throw Failure.usage(
                    "--sample is out of range: expected at least %d, found %d".formatted(Criteria.COMPANY, sample));
        }
        NewFile.requireBesideAnswer("--png", png, store());
        Console console = console();
        Calibrator calibrator = Failure.argument(() -> new Calibrator(hidden, noise, sample, seed, mistakes));
        try (PatternStore open = record ? PatternStore.open(store()) : PatternStore.openReadOnly(store())) {
            Calibration calibration;
            try (Interruption interruption = Interruption.begin();
                    ProgressLine progress = console.progress("calibrate", "conditions", calibrator.steps())) {
                calibration = Failure.argument(() -> calibrator.measure(open, (done, total) -> {
                    interruption.check();
                    progress.at(done);
                }));
            }
            if (png != null) {
                Png.write(CalibrationChart.of(calibration), png);
            }
            if (record) {
                open.setCriteria(calibration.recommended());
            }
            answer(CalibrationJson.of(calibration, record), () -> {
                CalibrationTable.of(calibration).forEach(console::line);
                console.line(conclusion(calibration));
            });
        }
        return ExitCode.FINE;
    }

    private static void requireShares(String option, List<Double> shares, double below) {
        for (double share : shares) {
            if (!(share >= 0 && share < below)) {
                throw Failure.usage("%s is out of range: expected shares from 0 to below %s, found %s"
                        .formatted(option, Text.decimal(below, 1), share));
            }
        }
    }

    private String conclusion(Calibration calibration) {
        Criteria criteria = calibration.recommended();
        if (record) {
            return "recorded: " + Describe.criteria(criteria);
        }
        return criteria.equals(calibration.now())
                ? "what the store judges by is what is recommended"
                : "recommended: %s; --record has the store judge by it".formatted(Describe.criteria(criteria));
    }
}
