package org.engram.tools.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.store.Criteria;
import org.engram.tools.Describe;

/** A calibration as a JSON document. */
final class CalibrationJson {

    private CalibrationJson() {}

    static Map<String, Object> of(Calibration calibration, boolean recorded) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("patterns", calibration.patterns());
        json.put("sampled", calibration.sampled());
        json.put("nearest", Spread.of(calibration.nearest(), share -> share).json());
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
        json.put("contrast", Spread.of(trials, Trial::contrast).json());
        json.put("disagreement", Spread.of(trials, Trial::disagreement).json());
        json.put("q", Spread.of(trials, Trial::q).json());
        return json;
    }

    private static Map<String, Object> counts(Condition condition, Criteria criteria) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recognised", condition.recognised(criteria));
        json.put("mistaken", condition.mistaken(criteria));
        return json;
    }
}
