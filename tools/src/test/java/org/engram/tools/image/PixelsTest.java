package org.engram.tools.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PixelsTest {

    @Test
    void picturesShrinkByAreasAndGrowBySquares() {
        BufferedImage checks = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 16; i++) {
            checks.getRaster().setSample(i % 4, i / 4, 0, i % 2 == 0 ? 255 : 0);
        }
        BufferedImage small = Pixels.scaled(checks, 2);
        assertEquals(2, small.getHeight());
        BufferedImage large = Pixels.scaled(checks, 12);
        assertEquals(12, large.getHeight());
        assertEquals(0xffffff, Pixels.rgb(large, 2, 2));
        assertEquals(0, Pixels.rgb(large, 3, 2));
        int grey = Pixels.rgb(small, 1, 1) & 0xff;
        assertTrue(grey == 127 || grey == 128, "grey " + grey);
        checks.getRaster().setSample(0, 0, 0, 100);
        assertEquals(0x646464, Pixels.rgb(Pixels.scaled(checks, 8), 1, 1));
    }

    @Test
    void onAScreenTheLongerSideOfAPictureIsNeitherTinyNorHuge() {
        assertEquals("12 x 6", sizeOnScreen(4, 2));
        assertEquals("6 x 12", sizeOnScreen(2, 4));
        assertEquals("20 x 10", sizeOnScreen(20, 10));
        assertEquals("30 x 15", sizeOnScreen(60, 30));
        assertEquals("1 x 100", sizeOnScreen(1, 100));
    }

    private static String sizeOnScreen(int width, int height) {
        BufferedImage shown = Pixels.onScreen(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), 15, 30);
        return shown.getWidth() + " x " + shown.getHeight();
    }
}
