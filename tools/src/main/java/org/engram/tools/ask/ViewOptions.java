package org.engram.tools.ask;

import java.util.ArrayList;
import java.util.List;
import org.engram.tools.console.Failure;
import org.engram.tools.image.Levels;
import org.engram.tools.image.Orientation;
import picocli.CommandLine.Option;

/** Options that name ways to look at a picture besides the picture as it is. For {@code @Mixin} fields. */
public final class ViewOptions {

    private static final int QUARTER = 90;
    private static final int WHOLE = 360;
    private static final int FARTHEST = 8;

    @Option(names = "--turns", description = "The image may be turned by 90, 180 or 270 degrees.")
    private boolean turns;

    @Option(names = "--mirror", description = "The image may be mirrored.")
    private boolean mirror;

    @Option(names = "--invert", description = "The image may have black and white exchanged.")
    private boolean invert;

    @Option(
            names = "--shift",
            paramLabel = "N",
            description = "The image may be shifted by up to N pixels of the store, 1 to 8, in every direction.")
    private Integer shift;

    /** Refuses options that are out of range. */
    void check() {
        if (shift != null && (shift < 1 || shift > FARTHEST)) {
            throw Failure.usage("--shift is out of range: expected 1 to %d, found %d".formatted(FARTHEST, shift));
        }
    }

    boolean hasSideways() {
        return turns;
    }

    /** Whether the picture is to be seen only as it is. */
    boolean areNone() {
        return !turns && !mirror && !invert && shift == null;
    }

    /** The ways to look. The picture as it is comes first. */
    List<View> views(Levels levels) {
        int reach = shift == null ? 0 : shift;
        List<View> views = new ArrayList<>(List.of(View.plain(levels)));
        for (int degrees = 0; degrees < (turns ? WHOLE : QUARTER); degrees += QUARTER) {
            for (boolean mirrored : mirror ? new boolean[] {false, true} : new boolean[] {false}) {
                for (boolean inverted : invert ? new boolean[] {false, true} : new boolean[] {false}) {
                    for (int down = -reach; down <= reach; down++) {
                        for (int right = -reach; right <= reach; right++) {
                            views.add(new View(levels, Orientation.of(degrees, mirrored), inverted, right, down));
                        }
                    }
                }
            }
        }
        return views.stream().distinct().toList();
    }
}
