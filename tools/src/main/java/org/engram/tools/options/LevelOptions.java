package org.engram.tools.options;

import org.engram.store.Pattern;
import org.engram.tools.console.Failure;
import org.engram.tools.image.Levels;
import org.engram.tools.image.Picture;
import picocli.CommandLine.Option;

/** Options that say what becomes of the greys of an image. For {@code @Mixin} fields. */
public final class LevelOptions {

    @Option(names = "--grey", description = "Keep values between black and white; without it, half and more is white.")
    private boolean grey;

    @Option(
            names = "--levels",
            paramLabel = "LEVELS",
            description =
                    "Where white begins in an image: fixed (at half), otsu (between the dark and the light of this picture) "
                            + "or local (the same, in uneven light).")
    private Levels levels;

    /** Refuses options that contradict each other. */
    public void check() {
        if (grey && levels != null) {
            throw Failure.usage("both --grey and --levels given: expected one of them, as --grey keeps the greys");
        }
    }

    public boolean isGrey() {
        return grey;
    }

    /** The levels that were asked for; null for none. */
    public Levels levels() {
        return levels;
    }

    /** The pattern to store of a picture of this name. Where there are masks, pixels that cannot be seen are unknown. */
    public Pattern pattern(Picture picture, String name, boolean masks) {
        Pattern pattern = pattern(picture, name);
        return masks ? pattern.withKnown(picture.visible()) : pattern;
    }

    private Pattern pattern(Picture picture, String name) {
        if (grey) {
            return picture.grey();
        }
        if (levels == null) {
            picture.requireTwoColours(name);
        }
        return picture.pattern(levels == null ? Levels.FIXED : levels);
    }
}
