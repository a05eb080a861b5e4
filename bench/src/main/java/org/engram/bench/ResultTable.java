package org.engram.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/** The results of one run as a Markdown table: medians over all iterations of all rounds, beside the reference. */
final class ResultTable {

    private static final double MICROS_PER_MILLI = 1e3;

    private ResultTable() {}

    /**
     * Lays out a run.
     *
     * @param suite what was run
     * @param results what JMH measured, in microseconds an operation
     * @return a line for every benchmark and number of neurons, the reference first
     * @throws IllegalStateException if the reference was not measured for one of the numbers
     */
    static String of(Suite suite, Collection<RunResult> results) {
        Map<String, List<RunResult>> rounds = results.stream()
                .collect(Collectors.groupingBy(result -> result.getPrimaryResult()
                                .getLabel() + " " + result.getParams().getParam("neurons")));
        List<Row> rows = rounds.values().stream()
                .map(round -> Row.of(suite, round))
                .sorted(Comparator.comparingInt(Row::neurons)
                        .thenComparing(row -> !row.benchmark.equals(suite.reference()))
                        .thenComparingDouble(Row::medianUs))
                .toList();
        StringBuilder table = new StringBuilder();
        table.append("| neurons | benchmark       | median ms | fastest | slowest |  GB/s | time / %s |%n"
                .formatted(suite.reference()));
        table.append("|--------:|:----------------|----------:|--------:|--------:|------:|-----------------:|%n"
                .formatted());
        for (Row row : rows) {
            Row reference = rows.stream()
                    .filter(other -> other.neurons == row.neurons && other.benchmark.equals(suite.reference()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no reference: %s was not measured with %d neurons"
                            .formatted(suite.reference(), row.neurons)));
            table.append(row.line(reference));
        }
        return table.toString();
    }

    private record Row(String benchmark, int neurons, double medianUs, double fastestUs, double slowestUs, long bytes) {

        static Row of(Suite suite, List<RunResult> rounds) {
            double[] micros = rounds.stream()
                    .map(RunResult::getBenchmarkResults)
                    .flatMap(Collection::stream)
                    .map(BenchmarkResult::getIterationResults)
                    .flatMap(Collection::stream)
                    .map(IterationResult::getPrimaryResult)
                    .mapToDouble(primary -> primary.getScore())
                    .sorted()
                    .toArray();
            RunResult result = rounds.get(0);
            int neurons = Integer.parseInt(result.getParams().getParam("neurons"));
            return new Row(
                    result.getPrimaryResult().getLabel(),
                    neurons,
                    median(micros),
                    micros[0],
                    micros[micros.length - 1],
                    neurons * suite.bytesPerNeuron());
        }

        String line(Row reference) {
            return String.format(
                    Locale.ROOT,
                    "| %7d | %-15s | %9.3f | %7.3f | %7.3f | %5.1f | %16.3f |%n",
                    neurons,
                    benchmark,
                    medianUs / MICROS_PER_MILLI,
                    fastestUs / MICROS_PER_MILLI,
                    slowestUs / MICROS_PER_MILLI,
                    bytes / medianUs / MICROS_PER_MILLI,
                    medianUs / reference.medianUs);
        }
    }

    /** The middle one of sorted times, or the mean of the middle two. */
    static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
