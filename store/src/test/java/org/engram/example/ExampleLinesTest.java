package org.engram.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the examples are short, use what hosts may use, and are all shown by the README. */
class ExampleLinesTest {

    private static final Path EXAMPLES = Path.of("src/test/java/org/engram/example");

    private static List<String> lines(String name) throws IOException {
        return Files.readAllLines(EXAMPLES.resolve(name + ".java"));
    }

    /** All that is to be read: comments and braces too. */
    private static long toRead(String name) throws IOException {
        return lines(name).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("package "))
                .count();
    }

    private static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.endsWith("Test"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereIsAnExampleForEachOfSixUses() throws IOException {
        assertEquals(
                List.of("AuditStream", "GreyDigits", "ImageHashes", "IrisCodes", "StoreMetrics", "Tickets"),
                examples());
    }

    @ParameterizedTest
    @CsvSource({
        "AuditStream, 40",
        "GreyDigits, 40",
        "ImageHashes, 40",
        "IrisCodes, 40",
        "StoreMetrics, 15",
        "Tickets, 40"
    })
    void anExampleIsShort(String name, int lines) throws IOException {
        assertTrue(toRead(name) <= lines, name + ": " + toRead(name));
    }

    @Test
    void theExamplesUseNothingInternal() throws IOException {
        for (String name : examples()) {
            for (String line : lines(name)) {
                assertTrue(!line.contains("internal") && !line.contains("fixture"), name + ": " + line);
            }
        }
    }

    @Test
    void theReadmeLinksEveryExample() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        TreeSet<String> missing = new TreeSet<>(examples());
        missing.removeIf(name -> readme.contains("](store/src/test/java/org/engram/example/" + name + ".java)"));
        assertEquals(new TreeSet<>(), missing);
    }
}
