package org.engram.tools.stress;

import java.util.ArrayList;
import java.util.List;
import org.engram.tools.console.Describe;
import org.engram.tools.console.Text;

/**
 * What {@link Stress} counted, for people and, by its fields, as JSON. {@code wrong} counts the wrong texts that Engram
 * gave.
 */
record StressReport(int symbols, long seed, long cases, long wrong, List<StressResult> results) {

    static StressReport of(List<StressResult> results, int symbols, long seed) {
        long wrong = results.stream().mapToLong(StressResult::wrong).sum();
        return new StressReport(symbols, seed, (long) results.size() * symbols, wrong, results);
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
        long zxingWrong = results.stream().mapToLong(StressResult::zxingWrong).sum();
        lines.add("Engram gave %s wrong texts in %s cases; ZXing alone %s."
                .formatted(Text.count(wrong), Text.count(cases), Text.count(zxingWrong)));
        return lines;
    }

    /** The number as the user typed it, without a needless point. */
    private static String number(double percent) {
        return percent == Math.rint(percent) ? "%.0f".formatted(percent) : String.valueOf(percent);
    }
}
