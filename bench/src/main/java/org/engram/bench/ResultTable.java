package org.engram.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results of one run as a Markdown table, each beside the reference of its size. */
final class ResultTable {

    private static final double MICROS_PER_MILLI = 1e3;

    private ResultTable() {}

    /**
     * Lays out a run.
     *
     * @param suite what was run
     * @param rows in the order of the table
     * @return a line for every row; times are in ms at sizes whose reference takes 1 ms or more, else in us
     * @throws IllegalStateException if the reference was not measured for one of the sizes
     */
    static String of(Suite suite, List<Measured> rows) {
        boolean allocations = rows.stream().anyMatch(row -> !Double.isNaN(row.allocated()));
        List<List<String>> cells = new ArrayList<>();
        cells.add(header(suite, allocations));
        for (Measured row : rows) {
            cells.add(cells(row, reference(suite, rows, row.size()), allocations));
        }
        return MarkdownTable.layOut(cells, List.of("benchmark", "unit"));
    }

    private static List<String> header(Suite suite, boolean allocations) {
        List<String> names = new ArrayList<>(List.of(
                suite.size(),
                "benchmark",
                "median",
                "fastest",
                "slowest",
                "unit",
                "GB/s",
                "time / " + suite.reference()));
        if (allocations) {
            names.add("B / op");
        }
        return names;
    }

    private static Measured reference(Suite suite, List<Measured> rows, long size) {
        return rows.stream()
                .filter(row -> row.size() == size && row.benchmark().equals(suite.reference()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no reference: %s was not measured with %d %s"
                        .formatted(suite.reference(), size, suite.size())));
    }

    private static List<String> cells(Measured row, Measured reference, boolean allocations) {
        boolean millis = reference.medianUs() >= MICROS_PER_MILLI;
        double unit = millis ? MICROS_PER_MILLI : 1;
        List<String> cells = new ArrayList<>(List.of(
                String.valueOf(row.size()),
                row.path(),
                number(3, row.medianUs() / unit),
                number(3, row.fastestUs() / unit),
                number(3, row.slowestUs() / unit),
                millis ? "ms" : "us",
                number(1, row.bytes() / row.medianUs() / MICROS_PER_MILLI),
                number(3, row.medianUs() / reference.medianUs())));
        if (allocations) {
            cells.add(number(0, row.allocated()));
        }
        return cells;
    }

    private static String number(int decimals, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
