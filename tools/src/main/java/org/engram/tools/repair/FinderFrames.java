package org.engram.tools.repair;

import com.google.zxing.qrcode.detector.FinderPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The finder patterns that were found in one picture, each once. For one thread. */
final class FinderFrames {

    private static final int MOST = 6;
    private static final double LEAST_RINGS = 0.5;

    /** The longest side of a picture in which rings are looked for, in pixels. */
    private static final int LONGEST = 640;

    private final Pyramid picture;
    private final List<FinderFrame> frames = new ArrayList<>();

    FinderFrames(Pyramid picture) {
        this.picture = picture;
    }

    /** Adds the first of the patterns that are new. A pixel of theirs is {@code scale} pixels of the picture. */
    void add(List<FinderPattern> patterns, double scale) {
        patterns.stream()
                .filter(one -> isNew(one.getX() * scale, one.getY() * scale))
                .limit(MOST)
                .toList()
                .forEach(one -> add(one.getX() * scale, one.getY() * scale, one.getEstimatedModuleSize() * scale));
    }

    /** Adds finder patterns that only the correlation with their rings shows. */
    void addByRings() {
        int level = picture.levelWithin(LONGEST);
        int scale = 1 << level;
        for (RingSearch.Spot spot : new RingSearch(picture.level(level)).spots(MOST)) {
            add(spot.x() * scale, spot.y() * scale, spot.module() * scale);
        }
    }

    private void add(double x, double y, double module) {
        if (isNew(x, y)) {
            FinderFrame frame = FinderFrame.fit(picture, x, y, module);
            if (frame.score() > LEAST_RINGS) {
                frames.add(frame);
            }
        }
    }

    private boolean isNew(double x, double y) {
        return frames.stream().noneMatch(one -> Math.hypot(one.x() - x, one.y() - y) < 2 * one.module());
    }

    /** The finder patterns whose rings fit the picture best, the best first. */
    List<FinderFrame> best() {
        return frames.stream()
                .sorted(Comparator.comparingDouble(FinderFrame::score).reversed())
                .limit(MOST)
                .toList();
    }
}
