package org.engram.tools.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.engram.store.Cue;
import org.engram.store.Layout;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.store.StoreOptions;
import org.engram.store.Verdict;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Strokes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of grey digits, judged by what calibrate recommends. */
class GreyDigitsTest {

    private static final int DIGITS = 1000;

    @TempDir
    Path temp;

    private static List<Pattern> digits() {
        List<Pattern> digits = new ArrayList<>();
        for (int i = 0; i < DIGITS; i++) {
            digits.add(Strokes.digit(i % 10, i));
        }
        return digits;
    }

    private Path store(List<Pattern> digits) {
        Path path = temp.resolve("digits");
        StoreOptions options =
                StoreOptions.DEFAULT.withGeometry(Strokes.GEOMETRY).withLayout(Layout.TIED);
        try (PatternStore store = PatternStore.create(path, options)) {
            for (int i = 0; i < digits.size(); i++) {
                store.memorize("digit%d-%d".formatted(i % 10, i), digits.get(i));
            }
        }
        return path;
    }

    private static long count(List<Recall> recalls, Verdict verdict) {
        return recalls.stream().filter(recall -> recall.verdict() == verdict).count();
    }

    private static void assertAllAreNamed(PatternStore store, List<Pattern> digits, Mask visible) {
        List<Recall> known = store.recallAll(
                digits.stream().map(digit -> Cue.bipolar(digit, visible)).toList(), RecallOptions.DEFAULT);
        assertEquals(DIGITS, count(known, Verdict.RECOGNISED));
        for (int i = 0; i < DIGITS; i++) {
            assertEquals(i, known.get(i).neuron());
        }
    }

    @Test
    void byWhatIsRecommendedEveryDigitIsKnownAndNoScribble() {
        List<Pattern> digits = digits();
        Path path = store(digits);
        List<Cue> scribbles = new ArrayList<>();
        for (int i = 0; i < DIGITS; i++) {
            scribbles.add(Cue.bipolar(Strokes.scribble(1_000_000 + i)));
        }
        String out = Cli.run("calibrate", path, "--record").expect(0).out();
        assertTrue(out.startsWith("1,000 patterns, 500 of them shown"), out);
        try (PatternStore store = PatternStore.openReadOnly(path)) {
            assertAllAreNamed(store, digits, Mask.all(Strokes.GEOMETRY));
            List<Recall> strangers = store.recallAll(scribbles, RecallOptions.DEFAULT);
            assertEquals(DIGITS, count(strangers, Verdict.UNKNOWN), () -> store.criteria() + "\n" + out);
            double nearest = 1;
            for (Recall stranger : strangers) {
                nearest =
                        Math.min(nearest, stranger.judgement().criteria().get(1).value());
            }
            assertTrue(nearest > store.criteria().disagreement() + 0.1, "no narrow escape: " + nearest);
        }
    }

    @Test
    void calibrateTellsStoredDigitsFromMosaicsAndItsNoiseIsOfTheirGreys() throws IOException {
        Path path = store(digits());
        Map<String, Object> json =
                JSON.std.mapFrom(Cli.run("calibrate", path, "--json", "--hidden", "0,0.5", "--sample", 200)
                        .expect(0)
                        .out());
        assertEquals(DIGITS, json.get("patterns"));
        for (Object measured : (List<?>) json.get("conditions")) {
            Map<?, ?> condition = (Map<?, ?>) measured;
            Map<?, ?> then = (Map<?, ?>) condition.get("then");
            assertEquals(0, then.get("mistaken"), condition::toString);
            if (condition.get("noise").equals(0.0)) {
                assertEquals(200, then.get("recognised"), condition::toString);
            } else {
                assertTrue((int) then.get("recognised") >= 190, condition::toString);
            }
        }
    }
}
