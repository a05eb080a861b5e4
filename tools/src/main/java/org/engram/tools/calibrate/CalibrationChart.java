package org.engram.tools.calibrate;

import java.awt.image.BufferedImage;
import java.util.List;
import org.engram.store.Calibration;
import org.engram.store.Calibration.Trial;
import org.engram.store.Criteria;
import org.engram.tools.draw.ContrastChart;
import org.engram.tools.draw.Palette;

/** The contrasts of a calibration as a picture. */
final class CalibrationChart {

    private CalibrationChart() {}

    static BufferedImage of(Calibration calibration) {
        double now = asked(calibration);
        double then = calibration.recommended().contrast();
        List<Double> stored = contrasts(calibration.stored());
        List<Double> unseen = contrasts(calibration.unseen());
        ContrastChart chart = new ContrastChart("Contrast of stored and of unseen patterns, all degrees of damage")
                .histogram("%d never stored".formatted(unseen.size()), unseen, Palette.ALARM)
                .histogram("%d stored".formatted(stored.size()), stored, Palette.ENGRAM);
        return (now == then ? chart : chart.limit("recognised now from %.2f on".formatted(now), now))
                .limit("recommended: %.2f".formatted(then), then)
                .image();
    }

    /** The contrast that the store asks of a whole picture. */
    static double asked(Calibration calibration) {
        Criteria now = calibration.now();
        return calibration.grey()
                ? now.contrast()
                : now.among(calibration.patterns(), 1).contrast();
    }

    private static List<Double> contrasts(List<Trial> trials) {
        return trials.stream().map(Trial::contrast).toList();
    }
}
