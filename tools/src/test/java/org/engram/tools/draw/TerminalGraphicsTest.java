package org.engram.tools.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TerminalGraphicsTest {

    private static final Pattern STEP =
            Pattern.compile("#(\\d+);2;(\\d+);(\\d+);(\\d+)|#(\\d+)|!(\\d+)([?-~])|([?-~])|(\\$)|(-)");
    private static final Pattern CHUNK = Pattern.compile("\u001b_G([^;]*);([A-Za-z0-9+/=]*)\u001b\\\\");

    @Test
    void sixelsDecodeToTheSameGreys() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int width = 1 + random.nextInt(40);
            int height = 1 + random.nextInt(40);
            int greys = 1 + random.nextInt(256);
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            int[][] expected = new int[height][width];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    boolean isLikeTheLast = x > 0 && random.nextInt(4) > 0;
                    int grey = isLikeTheLast ? image.getRaster().getSample(x - 1, y, 0) : random.nextInt(greys);
                    image.getRaster().setSample(x, y, 0, grey);
                    expected[y][x] = (int) Math.round(grey * 100 / 255.0);
                }
            }
            assertArrayEquals(expected, decode(Sixel.of(image), width, height), "seed " + seed);
        }
    }

    /** What a terminal draws: every pixel must be drawn exactly once, in a colour that was defined. */
    private static int[][] decode(String sixels, int width, int height) {
        String start = "\u001bPq\"1;1;%d;%d".formatted(width, height);
        assertTrue(sixels.startsWith(start) && sixels.endsWith("-\u001b\\"), sixels);
        int[][] pixels = new int[height][width];
        for (int[] row : pixels) {
            Arrays.fill(row, -1);
        }
        int[] palette = new int[256];
        Arrays.fill(palette, -1);
        String body = sixels.substring(start.length(), sixels.length() - 2);
        Matcher step = STEP.matcher(body);
        int x = 0;
        int top = 0;
        int colour = -1;
        int end = 0;
        while (step.find()) {
            assertEquals(end, step.start(), body);
            end = step.end();
            if (step.group(1) != null) {
                palette[Integer.parseInt(step.group(1))] = Integer.parseInt(step.group(2));
                assertEquals(step.group(2) + step.group(2), step.group(3) + step.group(4));
            } else if (step.group(5) != null) {
                colour = palette[Integer.parseInt(step.group(5))];
                assertTrue(colour >= 0, body);
            } else if (step.group(9) != null) {
                x = 0;
            } else if (step.group(10) != null) {
                x = 0;
                top += 6;
            } else {
                int times = step.group(6) == null ? 1 : Integer.parseInt(step.group(6));
                int bits = (step.group(6) == null ? step.group(8) : step.group(7)).charAt(0) - '?';
                for (int i = 0; i < times; i++, x++) {
                    for (int bit = 0; bit < 6; bit++) {
                        if ((bits >> bit & 1) == 1) {
                            assertEquals(-1, pixels[top + bit][x], "drawn twice");
                            pixels[top + bit][x] = colour;
                        }
                    }
                }
            }
        }
        assertEquals(body.length(), end);
        return pixels;
    }

    @Test
    void kittyGraphicsDecodeToTheSamePng() {
        for (int length : new int[] {1, 3071, 3072, 3073, 10_000}) {
            byte[] png = new byte[length];
            new Random(length).nextBytes(png);
            Matcher chunk = CHUNK.matcher(KittyGraphics.of(png));
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            StringBuilder data = new StringBuilder();
            int end = 0;
            boolean isLast = false;
            while (chunk.find()) {
                assertTrue(!isLast && end == chunk.start());
                isLast = chunk.group(1).endsWith("m=0");
                assertEquals(end == 0, chunk.group(1).startsWith("a=T,f=100,q=2,"));
                assertTrue(chunk.group(2).length() <= 4096
                        && (isLast || chunk.group(2).length() % 4 == 0));
                data.append(chunk.group(2));
                end = chunk.end();
            }
            assertTrue(isLast);
            decoded.writeBytes(Base64.getDecoder().decode(data.toString()));
            assertArrayEquals(png, decoded.toByteArray());
        }
    }
}
