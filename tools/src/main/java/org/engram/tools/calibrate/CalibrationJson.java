package org.engram.tools.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.store.Criteria;
import org.engram.tools.console.Describe;
import org.engram.tools.console.Json;
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
        json.put("criteria", Describe.criteriaJson(calibration.now()));
        json.put(
                "recommended",
                Describe.criteriaJson(calibration.recommendation().criteria()));
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

    private static Map<String, Object> trials(List<Trial> trials) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("contrast", spread(Spread.of(trials, Trial::contrast)));
        json.put("disagreement", spread(Spread.of(trials, Trial::disagreement)));
        json.put("q", spread(Spread.of(trials, Trial::q)));
        return json;
    }

    private static Map<String, Object> spread(Spread spread) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("least", Json.number(spread.least()));
        json.put("percent1", Json.number(spread.at(0.01)));
        json.put("median", Json.number(spread.at(0.5)));
        json.put("percent99", Json.number(spread.at(0.99)));
        json.put("most", Json.number(spread.most()));
        return json;
    }

    private static Map<String, Object> counts(Condition condition, Criteria criteria) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recognised", condition.recognised(criteria));
        json.put("mistaken", condition.mistaken(criteria));
        return json;
    }
}
