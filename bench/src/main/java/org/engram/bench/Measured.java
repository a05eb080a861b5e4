package org.engram.bench;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * One benchmark at one size, over all iterations of all rounds.
 *
 * @param benchmark the name of its method
 * @param path that name and its parameters except the size, which tells it from others of that size
 * @param size how many neurons or bytes
 * @param medianUs of the times of one operation
 * @param fastestUs the least of them
 * @param slowestUs the greatest of them
 * @param limit whether it shows what the machine allows, and how; null when it is a way to do the work
 * @param bytes that one operation has to touch; NaN when it does not say
 * @param allocated bytes of heap that one operation allocates; NaN when that was not measured
 */
record Measured(
        String benchmark,
        String path,
        long size,
        double medianUs,
        double fastestUs,
        double slowestUs,
        Limit limit,
        double bytes,
        double allocated) {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Every benchmark of a suite at every size: by size, the reference first, then the fastest. */
    static List<Measured> of(Suite suite, Collection<RunResult> results) {
        return results.stream()
                .collect(Collectors.groupingBy(result -> result.getParams().id()))
                .values()
                .stream()
                .map(rounds -> of(suite, rounds))
                .sorted(Comparator.comparingLong(Measured::size)
                        .thenComparing(row -> !row.benchmark.equals(suite.reference()))
                        .thenComparingDouble(Measured::medianUs))
                .toList();
    }

    private static Measured of(Suite suite, List<RunResult> rounds) {
        BenchmarkParams params = rounds.getFirst().getParams();
        Method method = method(params.getBenchmark());
        double[] micros = primaryScores(rounds);
        String benchmark = rounds.getFirst().getPrimaryResult().getLabel();
        return new Measured(
                benchmark,
                path(benchmark, suite.size(), params),
                Long.parseLong(params.getParam(suite.size())),
                median(micros),
                micros[0],
                micros[micros.length - 1],
                method.getAnnotation(Limit.class),
                bytes(method, params),
                allocated(rounds));
    }

    private static String path(String benchmark, String size, BenchmarkParams params) {
        return params.getParamsKeys().stream()
                .filter(key -> !key.equals(size))
                .map(params::getParam)
                .reduce(benchmark, (path, value) -> path + " " + value);
    }

    private static double[] primaryScores(List<RunResult> rounds) {
        return rounds.stream()
                .map(RunResult::getBenchmarkResults)
                .flatMap(Collection::stream)
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .map(IterationResult::getPrimaryResult)
                .mapToDouble(primary -> primary.getScore())
                .sorted()
                .toArray();
    }

    /** JMH names a benchmark by its class and method. */
    private static Method method(String name) {
        int dot = name.lastIndexOf('.');
        try {
            return Class.forName(name.substring(0, dot)).getMethod(name.substring(dot + 1));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no such benchmark: " + name, e);
        }
    }

    private static double bytes(Method method, BenchmarkParams params) {
        return Stream.of(method, method.getDeclaringClass())
                .map(place -> place.getAnnotation(Touches.class))
                .filter(Objects::nonNull)
                .findFirst()
                .map(touches -> (double) touches.bytes() * Long.parseLong(params.getParam(touches.each())))
                .orElse(Double.NaN);
    }

    private static double allocated(List<RunResult> rounds) {
        return median(rounds.stream()
                .filter(round -> round.getSecondaryResults().containsKey(ALLOCATED))
                .mapToDouble(round -> round.getSecondaryResults().get(ALLOCATED).getScore())
                .sorted()
                .toArray());
    }

    /** The middle one of sorted numbers, or the mean of the middle two; NaN of none. */
    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, Math.max(0, middle - 1), sorted.length == 0 ? 0 : middle + 1)
                        .average()
                        .orElse(Double.NaN);
    }
}
