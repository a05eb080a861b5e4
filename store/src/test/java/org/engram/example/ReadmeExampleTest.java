package org.engram.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that the README shows, compiled from outside the package and run. */
class ReadmeExampleTest {

    @TempDir
    Path temp;

    private static String example(Path directory, Map<String, Pattern> pictures, Pattern damaged) {
        // README begins
        try (PatternStore store = PatternStore.create(directory)) {
            pictures.forEach(store::memorize); // each one neuron, appended
            Mask quarter = Mask.lowerRight(store.geometry(), 58); // the rest is torn off
            Recall recall = store.recall(Cue.bipolar(damaged, quarter));
            return recall.recognised()
                    .map(known ->
                            known.key() + ", contrast " + recall.contrast() + ": " + store.pattern(known.neuron()))
                    .orElse(recall.verdict() + ": the nearest is " + recall.key());
        }
        // README ends
    }

    private static Pattern random(int seed) {
        Random random = new Random(seed);
        BitSet white = new BitSet();
        for (int j = 0; j < Geometry.PAPER.pixels(); j++) {
            white.set(j, random.nextBoolean());
        }
        return Pattern.blackAndWhite(Geometry.PAPER, white);
    }

    @Test
    void theExampleDoesWhatTheReadmeSays() {
        Map<String, Pattern> pictures = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            pictures.put("picture " + i, random(i));
        }
        assertEquals(
                "picture 7, contrast 1.0: black and white pattern, 116 x 116",
                example(temp.resolve("known"), pictures, random(7)));
        assertTrue(example(temp.resolve("unknown"), pictures, random(99)).startsWith("UNKNOWN: the nearest is "));
    }

    @Test
    void theReadmeShowsTheLinesThatAreTested() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/engram/example/ReadmeExampleTest.java"));
        String tested = source.substring(
                        source.indexOf("// README begins\n") + 17, source.indexOf("        // README ends\n"))
                .replaceAll("(?m)^ {8}", "");
        assertTrue(Files.readString(Path.of("../README.md")).contains("```java\n" + tested + "```\n"), tested);
    }
}
