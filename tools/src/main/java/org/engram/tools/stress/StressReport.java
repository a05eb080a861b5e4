package org.engram.tools.stress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.tools.console.Describe;
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
        json.put("results", results);
        return json;
    }

    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("damage     area  ZXing alone   Engram  no text  wrong   of %s".formatted(Text.count(symbols)));
        DamageKind last = null;
        for (StressResult result : results) {
            String words = "";
            if (result.damage() != last) {
                lines.add("");
                words = result.damage().words();
                last = result.damage();
            }
            lines.add("%-8s %4s %%  %11s  %7s  %7s  %5s   %s"
                    .formatted(
                            Describe.name(result.damage()),
                            number(result.area()),
                            Text.count(result.zxing()),
                            Text.count(result.engram()),
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
                                .mapToLong(StressResult::zxingWrong)
                                .sum())));
        return lines;
    }

    /** The number as the user typed it, without a needless point. */
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
