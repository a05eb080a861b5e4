package org.engram.tools.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.store.Criteria;
import org.engram.tools.console.Spread;

/** A calibration as a JSON document. */
final class CalibrationJson {

    private CalibrationJson() {}

    static Map<String, Object> of(Calibration calibration, boolean recorded) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("patterns", calibration.patterns());
        json.put("sampled", calibration.sampled());
        json.put("nearest", spread(Spread.of(calibration.nearest(), share -> share)));
        json.put(
                "twins",
                calibration.nearest().stream().filter(share -> share == 0).count());
        List<Object> conditions = new ArrayList<>();
        calibration.conditions().forEach(condition -> conditions.add(json(condition, calibration)));
        json.put("conditions", conditions);
        json.put("criteria", calibration.now());
        json.put("recommended", calibration.recommendation().criteria());
        json.put("reasons", calibration.recommendation().reasons());
        json.put("recorded", recorded);
        return json;
    }

    private static Map<String, Object> json(Condition condition, Calibration calibration) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hidden", condition.hidden());
        json.put("noise", condition.noise());
        json.put("stored", trials(condition.stored()));
        json.put("unseen", trials(condition.unseen()));
        json.put("now", counts(condition, calibration.now()));
        json.put("then", counts(condition, calibration.recommendation().criteria()));
        return json;
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

    private static Counts counts(Condition condition, Criteria criteria) {
        return new Counts(condition.recognised(criteria), condition.mistaken(criteria));
    }
}
