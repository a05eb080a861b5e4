package org.engram.tools.stress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.tools.console.Text;

/** What {@link Stress} counted, for people and as JSON. */
final class StressReport {

    private final List<StressResult> results;
    private final int symbols;
    private final long seed;

    StressReport(List<StressResult> results, int symbols, long seed) {
        this.results = results;
        this.symbols = symbols;
        this.seed = seed;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("symbols", symbols);
        json.put("seed", seed);
        json.put("cases", cases());
        json.put("wrong", wrong());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (StressResult result : results) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("damage", result.kind().word());
            row.put("area", result.percent());
            row.put("zxing", result.alone());
            row.put("zxingWrong", result.aloneWrong());
            row.put("engram", result.repaired());
            row.put("unrecognised", result.unrecognised());
            row.put("wrong", result.wrong());
            rows.add(row);
        }
        json.put("results", rows);
        return json;
    }

    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("damage     area  ZXing alone   Engram  no text  wrong   of %s".formatted(Text.count(symbols)));
        DamageKind last = null;
        for (StressResult result : results) {
            String words = "";
            if (result.kind() != last) {
                lines.add("");
                words = result.kind().words();
                last = result.kind();
            }
            lines.add("%-8s %4s %%  %11s  %7s  %7s  %5s   %s"
                    .formatted(
                            result.kind().word(),
                            number(result.percent()),
                            Text.count(result.alone()),
                            Text.count(result.repaired()),
                            Text.count(result.unrecognised()),
                            Text.count(result.wrong()),
                            words)
                    .stripTrailing());
        }
        lines.add("");
        lines.add("Engram gave %s wrong texts in %s cases; ZXing alone %s."
                .formatted(
                        Text.count(wrong()),
                        Text.count(cases()),
                        Text.count(results.stream()
                                .mapToLong(StressResult::aloneWrong)
                                .sum())));
        return lines;
    }

    /** As it was typed, without a needless point. */
    private static String number(double percent) {
        return percent == Math.rint(percent) ? "%.0f".formatted(percent) : String.valueOf(percent);
    }

    private long wrong() {
        return results.stream().mapToLong(StressResult::wrong).sum();
    }

    private long cases() {
        return (long) results.size() * symbols;
    }
}
