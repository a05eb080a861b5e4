package org.engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

class SuiteTest {

    @ParameterizedTest
    @EnumSource
    void aSuiteHasItsReferenceOnceAndEveryClassItsSize(Suite suite) throws Exception {
        long references = suite.benchmarks().stream()
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .filter(method -> method.getName().equals(suite.reference()))
                .count();

        assertEquals(1, references);
        for (Class<?> type : suite.benchmarks()) {
            Field size = type.getField(suite.size());
            assertTrue(size.isAnnotationPresent(Param.class), type.getName());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClassIsRunWithTheSizesThatItNamesAsFarAsItBearsThem(Suite suite) throws Exception {
        for (Class<?> type : suite.benchmarks()) {
            List<Integer> named = suite.size().equals("neurons")
                    ? Arrays.stream(type.getField("neurons")
                                    .getAnnotation(Param.class)
                                    .value())
                            .map(Integer::valueOf)
                            .toList()
                    : List.of();
            List<Integer> usual = Suite.usualSizes(type);
            assertEquals(
                    named.stream()
                            .filter(size -> size <= Suite.mostNeurons(type))
                            .toList(),
                    usual,
                    type.getName());
        }
    }

    @Test
    void aGraphOfAMillionCodesIsNotMade() {
        assertEquals(List.of(298, 20_000), Suite.usualSizes(FaissGraph.class));
        assertEquals(List.of(298, 20_000, 1_000_000), Suite.usualSizes(FaissScan.class));
    }
}
