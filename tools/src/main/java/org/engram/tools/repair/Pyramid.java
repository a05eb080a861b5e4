package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.List;

/** A picture in its own size, half of it, a quarter, and so on. Not changed after it was made. */
final class Pyramid {

    private static final int SMALLEST = 48;

    private final List<Raster> levels = new ArrayList<>();

    Pyramid(Raster raster) {
        Raster level = raster;
        levels.add(level);
        while (Math.min(level.width(), level.height()) >= 2 * SMALLEST) {
            level = level.halved();
            levels.add(level);
        }
    }

    Raster whole() {
        return levels.get(0);
    }

    /** How often the picture is halved until modules of this side have at most {@code pixels} pixels a side. */
    int levelFor(double pitch, double pixels) {
        int level = 0;
        while (level + 1 < levels.size() && pitch / (1 << level) > pixels) {
            level++;
        }
        return level;
    }

    /** The largest picture whose sides are no longer than this, as its level. */
    int levelWithin(int longest) {
        int level = 0;
        while (level + 1 < levels.size()
                && Math.max(level(level).width(), level(level).height()) > longest) {
            level++;
        }
        return level;
    }

    Raster level(int halvings) {
        return levels.get(halvings);
    }
}
