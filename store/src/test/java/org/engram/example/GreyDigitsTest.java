package org.engram.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example for grey digits. */
class GreyDigitsTest {

    private static final int DIGITS = 100;
    private static final int SCRIBBLES = 1_000;

    /** Where the strokes of the digits turn, in a grid of 3 x 5. */
    private static final int[][] STROKES = {
        {0, 2, 14, 12, 0},
        {3, 1, 13},
        {0, 2, 8, 12, 14},
        {0, 2, 7, 14, 12},
        {1, 9, 11, 8, 14},
        {2, 0, 6, 8, 14, 12},
        {2, 6, 12, 14, 8, 6},
        {0, 2, 13},
        {0, 2, 12, 14, 0},
        {8, 6, 0, 2, 14}
    };

    /** A digit in a hand of its own, or a scribble when no digit is given. */
    private static float[] drawn(Optional<Integer> digit, long seed) {
        Random random = new Random(seed);
        int[] turns = digit.map(d -> STROKES[d])
                .orElseGet(() -> random.ints(6, 0, 15).distinct().toArray());
        BufferedImage scan = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = scan.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.setStroke(new BasicStroke(2 + random.nextFloat(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D path = new Path2D.Float();
        for (int i = 0; i < turns.length; i++) {
            double x = 7 + turns[i] % 3 * 7 + 3 * random.nextDouble();
            double y = 4 + turns[i] / 3 * 5 + 3 * random.nextDouble();
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        pen.draw(path);
        pen.dispose();
        float[] greys = scan.getData().getPixels(0, 0, 28, 28, (float[]) null);
        for (int j = 0; j < greys.length; j++) {
            greys[j] /= 255;
        }
        return greys;
    }

    @TempDir
    static Path temp;

    private static GreyDigits digits;

    @BeforeAll
    static void addAndCalibrate() {
        digits = new GreyDigits(temp.resolve("digits"));
        for (int i = 0; i < DIGITS; i++) {
            digits.add("digit " + i, drawn(Optional.of(i % 10), i));
        }
        digits.calibrate();
    }

    @AfterAll
    static void close() {
        digits.close();
    }

    @Test
    void everyDigitIsFoundAgainWholeAndByHalf() {
        for (int i = 0; i < DIGITS; i++) {
            float[] digit = drawn(Optional.of(i % 10), i);
            assertEquals(Optional.of("digit " + i), digits.find(digit, 0, 28));
            assertEquals(Optional.of("digit " + i), digits.find(digit, 0, 16));
        }
    }

    @Test
    void noScribbleIsTakenForADigit() {
        for (int i = 0; i < SCRIBBLES; i++) {
            assertEquals(Optional.empty(), digits.find(drawn(Optional.empty(), 10_000 + i), 0, 28));
        }
    }

    /** Two strokes for a one can be the same in two hands. */
    @Test
    void aDigitOfAnotherHandIsUnknownOrTakenForOneOfItsKind() {
        for (int i = 0; i < 10 * DIGITS; i++) {
            String kind = String.valueOf(i % 10);
            Optional<String> found = digits.find(drawn(Optional.of(i % 10), 20_000 + i), 0, 28);
            assertEquals(Optional.empty(), found.filter(name -> !name.endsWith(kind)));
        }
    }
}
