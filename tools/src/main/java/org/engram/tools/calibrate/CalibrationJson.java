package org.engram.tools.calibrate;

import java.util.List;
import org.engram.store.Calibration;
import org.engram.store.Calibration.Condition;
import org.engram.store.Calibration.Trial;
import org.engram.store.Criteria;
import org.engram.tools.console.Spread;

/** A calibration as a JSON document. */
record CalibrationJson(
        int patterns,
        int sampled,
        Five nearest,
        long twins,
        List<Measured> conditions,
        Criteria criteria,
        Criteria recommended,
        List<String> reasons,
        boolean recorded) {

    static CalibrationJson of(Calibration calibration, boolean recorded) {
        Criteria now = calibration.now();
        Criteria then = calibration.recommended();
        return new CalibrationJson(
                calibration.patterns(),
                calibration.sampled(),
                spread(Spread.of(calibration.nearest(), share -> share)),
                calibration.twins(),
                calibration.conditions().stream()
                        .map(condition -> measured(condition, then))
                        .toList(),
                now,
                then,
                calibration.reasons(),
                recorded);
    }

    private record Measured(double hidden, double noise, Trials stored, Trials unseen, Counts now, Counts then) {}

    private static Measured measured(Condition condition, Criteria then) {
        return new Measured(
                condition.hidden(),
                condition.noise(),
                trials(condition.stored()),
                trials(condition.unseen()),
                new Counts(condition.recognised(), condition.mistaken()),
                new Counts(condition.recognised(then), condition.mistaken(then)));
    }

    private record Trials(Five contrast, Five disagreement, Five q) {}

    private static Trials trials(List<Trial> trials) {
        return new Trials(
                spread(Spread.of(trials, Trial::contrast)),
                spread(Spread.of(trials, Trial::disagreement)),
                spread(Spread.of(trials, Trial::q)));
    }

    private record Five(double least, double percent1, double median, double percent99, double most) {}

    private static Five spread(Spread spread) {
        return new Five(spread.least(), spread.at(0.01), spread.at(0.5), spread.at(0.99), spread.most());
    }

    private record Counts(long recognised, long mistaken) {}
}
