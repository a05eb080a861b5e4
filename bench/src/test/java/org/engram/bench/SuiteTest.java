package org.engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Arrays;
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
    void everySizeThatAClassIsRunWithByItselfIsOneItBears(Suite suite) throws Exception {
        for (Class<?> type : suite.benchmarks()) {
            for (String size :
                    type.getField(suite.size()).getAnnotation(Param.class).value()) {
                assertTrue(Integer.parseInt(size) <= Suite.mostNeurons(type), type.getName());
            }
        }
    }
}
