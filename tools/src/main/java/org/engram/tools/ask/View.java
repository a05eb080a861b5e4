package org.engram.tools.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.engram.tools.console.Describe;
import org.engram.tools.image.Levels;
import org.engram.tools.image.Orientation;

/**
 * One way to look at a picture: how it lies, whether it is inverted, and by how many pixels it is shifted right and
 * down. Levels are null if nothing is made black and white.
 */
public record View(Levels levels, Orientation lies, boolean inverted, int right, int down) {

    /** The picture as it is. */
    static View plain(Levels levels) {
        return new View(levels, Orientation.UPRIGHT, false, 0, 0);
    }

    View with(Levels others) {
        return new View(others, lies, inverted, right, down);
    }

    /** The same view without a shift. */
    View inPlace() {
        return new View(levels, lies, inverted, 0, 0);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("levels", levels == null ? null : Describe.name(levels));
        json.put("turn", lies.degrees());
        json.put("mirrored", lies.isMirrored());
        json.put("inverted", inverted);
        json.put("right", right);
        json.put("down", down);
        return json;
    }

    /** How the picture differs from what is stored. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (lies.isMirrored()) {
            parts.add("mirrored");
        }
        if (lies.degrees() != 0) {
            parts.add("turned clockwise by " + lies.degrees());
        }
        if (inverted) {
            parts.add("inverted");
        }
        if (right != 0 || down != 0) {
            parts.add(String.format(Locale.ROOT, "shifted by %d,%d", right, down));
        }
        if (levels == Levels.OTSU || levels == Levels.LOCAL) {
            parts.add("levels " + Describe.name(levels));
        }
        return parts.isEmpty() ? "as it is" : String.join(", ", parts);
    }
}
