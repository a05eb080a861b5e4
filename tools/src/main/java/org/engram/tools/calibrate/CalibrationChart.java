package org.engram.tools.calibrate;

import java.awt.image.BufferedImage;
import java.util.List;
import org.engram.tools.draw.ContrastChart;

/** The contrasts of a calibration as a picture. */
final class CalibrationChart {

    private CalibrationChart() {}

    static BufferedImage of(Calibration calibration) {
        double now = calibration.now().contrast();
        double then = calibration.recommendation().criteria().contrast();
        ContrastChart chart = new ContrastChart("Contrast of stored and of unseen patterns, all degrees of damage")
                .unseen("%d never stored".formatted(calibration.unseen().size()), contrasts(calibration.unseen()))
                .stored("%d stored".formatted(calibration.stored().size()), contrasts(calibration.stored()));
        return (now == then ? chart : chart.limit("recognised now from %.2f on".formatted(now), now))
                .limit("recommended: %.2f".formatted(then), then)
                .image();
    }

    private static List<Double> contrasts(List<Trial> trials) {
        return trials.stream().map(Trial::contrast).toList();
    }
}
