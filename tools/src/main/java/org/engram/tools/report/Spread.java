package org.engram.tools.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How values are spread.
 *
 * @param least of them
 * @param median the middle one; of an even number the mean of the middle two
 * @param mean of them
 * @param most of them
 */
record Spread(double least, double median, double mean, double most) {

    /** Of at least one value; null of none. */
    static Spread of(double[] values) {
        if (values.length == 0) {
            return null;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, Arrays.stream(sorted).average().orElseThrow(), sorted[sorted.length - 1]);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("least", least);
        json.put("median", median);
        json.put("mean", mean);
        json.put("most", most);
        return json;
    }
}
