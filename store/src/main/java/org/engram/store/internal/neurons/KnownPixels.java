package org.engram.store.internal.neurons;

import java.nio.file.Path;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.PixelBits;

/** Which pixels of a pattern are known, and which stores keep that. */
public final class KnownPixels {

    private KnownPixels() {}

    /** All pixels unless the picture says otherwise. */
    static PixelBits of(Picture picture, Header header) {
        return picture instanceof Picture.TwoValued two && two.known() != null ? two.known() : all(header);
    }

    public static PixelBits all(Header header) {
        return PixelBits.all(BitLayout.of(header.geometry()));
    }

    /** A store without masks would make unknown pixels black. A store with masks compares bits, and grey has none. */
    static void requireFit(Picture picture, Header header, Path directory) {
        if (!header.masks() && picture instanceof Picture.TwoValued two && two.known() != null) {
            throw new EngramException.InvalidPattern(Diagnosis.of("pattern does not fit a store without masks")
                    .in(directory)
                    .expected(
                            "patterns of which every pixel is known",
                            "%s unknown pixels".formatted(two.known().not().count()))
                    .remedy("create the store with masks"));
        }
        if (header.masks() && !picture.isTwoValued()) {
            throw new EngramException.InvalidPattern(Diagnosis.of("pattern does not fit a store with masks")
                    .in(directory)
                    .expected("black and white patterns only", "a real-valued pattern")
                    .remedy("make it black and white, or store it without masks"));
        }
    }
}
