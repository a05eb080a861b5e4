package org.engram.tools.calibrate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.engram.tools.Json;

/** How numbers are spread; NaN in all places when there are none. */
record Spread(double least, double percent1, double median, double percent99, double most) {

    static <T> Spread of(Collection<T> all, ToDoubleFunction<T> number) {
        double[] sorted = all.stream().mapToDouble(number).sorted().toArray();
        return new Spread(at(sorted, 0), at(sorted, 0.01), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    /** The value that this share of the numbers does not exceed, by nearest rank. */
    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("least", Json.number(least));
        json.put("percent1", Json.number(percent1));
        json.put("median", Json.number(median));
        json.put("percent99", Json.number(percent99));
        json.put("most", Json.number(most));
        return json;
    }
}
