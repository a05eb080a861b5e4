package org.engram.tools.repair;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.detector.FinderPattern;
import com.google.zxing.qrcode.detector.FinderPatternFinder;
import java.util.Comparator;
import java.util.List;

/** Finds everything in a picture that may be a finder pattern. ZXing itself gives none when there are fewer than three. */
final class Finders extends FinderPatternFinder {

    private static final int STATES = 5;
    private static final int ROWS = 300;

    private Finders(BitMatrix image) {
        super(image);
    }

    /** The patterns, the most often seen first. */
    static List<FinderPattern> in(BitMatrix image) {
        Finders finders = new Finders(image);
        int step = Math.clamp(image.getHeight() / ROWS, 1, MIN_SKIP);
        for (int row = step - 1; row < image.getHeight(); row += step) {
            finders.scan(row);
        }
        return finders.getPossibleCenters().stream()
                .sorted(Comparator.comparingInt(FinderPattern::getCount).reversed())
                .toList();
    }

    /** Looks for runs of 1, 1, 3, 1 and 1 modules, black and white by turns. */
    private void scan(int row) {
        int[] runs = new int[STATES];
        int run = 0;
        for (int x = 0; x < getImage().getWidth(); x++) {
            boolean black = getImage().get(x, row);
            if (black == (run % 2 == 0)) {
                runs[run]++;
            } else if (run < STATES - 1) {
                runs[++run]++;
            } else if (foundPatternCross(runs) && handlePossibleCenter(runs, row, x)) {
                doClearCounts(runs);
                run = 0;
            } else {
                doShiftCounts2(runs);
                run = STATES - 2;
                // the shift counts the white pixel
            }
        }
        if (foundPatternCross(runs)) {
            handlePossibleCenter(runs, row, getImage().getWidth());
        }
    }
}
