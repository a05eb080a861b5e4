package org.engram.tools.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.engram.store.Calibration;
import org.engram.store.Calibration.Condition;
import org.engram.store.Calibration.Trial;
import org.engram.store.Criteria;
import org.engram.tools.console.Spread;
import org.engram.tools.console.Text;

/** A calibration for people. */
final class CalibrationTable {

    private CalibrationTable() {}

    static List<String> of(Calibration calibration) {
        List<String> lines = new ArrayList<>();
        lines.add("%s, %s of them shown, each with a picture that was never stored"
                .formatted(
                        Text.count(calibration.patterns(), calibration.grey() ? "pattern" : "black and white pattern"),
                        Text.count(calibration.sampled())));
        Spread nearest = Spread.of(calibration.nearest(), share -> share);
        lines.add("nearest other pattern: %s%s, median %s, at most %s%s"
                .formatted(
                        percent(nearest.least()),
                        calibration.grey() ? " squared difference" : " of the pixels differ",
                        percent(nearest.at(0.5)),
                        percent(nearest.most()),
                        twins(calibration)));
        lines.add("");
        lines.add("                contrast, stored        contrast, unseen      recognised        mistaken");
        lines.add("hidden  noise   least  1 %    median   median  99 %   most     now     then     now    then");
        for (Condition condition : calibration.conditions()) {
            lines.add(row(condition, calibration));
        }
        lines.add("");
        lines.add("all together        stored                  unseen");
        lines.add(spreads("contrast", calibration, Trial::contrast));
        lines.add(spreads("agreement", calibration, trial -> 1 - trial.disagreement()));
        lines.add(spreads("q/R", calibration, Trial::q));
        lines.add("");
        lines.add("contrast  0%s1".formatted(" ".repeat(Sparkline.BINS - 2)));
        lines.add("stored    "
                + Sparkline.of(calibration.stored(), Trial::contrast).stripTrailing());
        lines.add("unseen    "
                + Sparkline.of(calibration.unseen(), Trial::contrast).stripTrailing());
        lines.add("          " + marks(calibration));
        lines.add("");
        calibration.reasons().forEach(lines::add);
        return lines;
    }

    private static String twins(Calibration calibration) {
        long twins = calibration.twins();
        return twins == 0 ? "" : "; %s stored twice".formatted(Text.count(twins));
    }

    private static String row(Condition condition, Calibration calibration) {
        Criteria then = calibration.recommended();
        return "%6s  %5s  %s  %6d  %7d  %6d  %6d"
                .formatted(
                        percent(condition.hidden()),
                        percent(condition.noise()),
                        spreads(condition.stored(), condition.unseen(), Trial::contrast),
                        condition.recognised(),
                        condition.recognised(then),
                        condition.mistaken(),
                        condition.mistaken(then));
    }

    private static String spreads(String name, Calibration calibration, ToDoubleFunction<Trial> number) {
        return "%-15s".formatted(name) + spreads(calibration.stored(), calibration.unseen(), number);
    }

    private static String spreads(List<Trial> stored, List<Trial> unseen, ToDoubleFunction<Trial> number) {
        Spread right = Spread.of(stored, number);
        Spread wrong = Spread.of(unseen, number);
        return "%6.3f %6.3f %6.3f   %6.3f %6.3f %6.3f"
                .formatted(right.least(), right.at(0.01), right.at(0.5), wrong.at(0.5), wrong.at(0.99), wrong.most());
    }

    /** The line below the histograms that marks where the criterion stands, and where it should stand. */
    private static String marks(Calibration calibration) {
        int now = Sparkline.bin(CalibrationChart.asked(calibration));
        int then = Sparkline.bin(calibration.recommended().contrast());
        if (now == then) {
            return " ".repeat(now) + "^ now, and recommended";
        }
        String first = now < then ? "now" : "recommended";
        String second = now < then ? "recommended" : "now";
        int gap = Math.abs(now - then);
        String marks = gap > first.length() + 2
                ? "^ " + first + " ".repeat(gap - first.length() - 2) + "^ " + second
                : "^" + " ".repeat(gap - 1) + "^ " + first + " and " + second;
        return " ".repeat(Math.min(now, then)) + marks;
    }

    private static String percent(double share) {
        return Text.decimal(100 * share, share > 0 && share < 0.1 ? 1 : 0) + " %";
    }
}
