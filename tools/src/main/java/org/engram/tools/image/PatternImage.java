package org.engram.tools.image;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.engram.store.Geometry;
import org.engram.store.Pattern;

/** Draws patterns as images. */
public final class PatternImage {

    private PatternImage() {}

    /** The pattern at one pixel a value in 8-bit grey; values below 0 are black, above 1 white. */
    public static BufferedImage of(Pattern pattern) {
        Geometry geometry = pattern.geometry();
        BufferedImage image = new BufferedImage(geometry.width(), geometry.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < geometry.height(); y++) {
            for (int x = 0; x < geometry.width(); x++) {
                image.getRaster().setSample(x, y, 0, Math.round(255 * Math.clamp(pattern.value(x, y), 0f, 1f)));
            }
        }
        return image;
    }

    /** Writes the pattern as a PNG of its own size and replaces a file that is there. */
    public static void write(Pattern pattern, Path path) {
        Png.write(of(pattern), path);
    }
}
