package org.engram.tools.ask;

import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.tools.image.Shown;

/** The winner of a recall against other neurons, on the pixels that the cue shows. */
final class Rivals {

    /** Who disagrees with more times as many pixels as the winner does is no rival of it. */
    private static final int RIVAL_FACTOR = 3;

    private final PatternStore store;
    private final Shown shown;
    private final boolean hasContrast;
    private final Pattern winner;
    private final int disagreeing;

    Rivals(PatternStore store, Shown shown, Coding coding, Recall recall) {
        this.store = store;
        this.shown = shown;
        this.hasContrast = coding == Coding.BIPOLAR && !Double.isNaN(recall.contrast());
        this.winner = store.pattern(recall.neuron());
        this.disagreeing = differing(shown.visible(), shown.picture(), winner);
    }

    /** Whether contrast decides about this cue at all. */
    boolean hasContrast() {
        return hasContrast;
    }

    /**
     * How far a neuron falls behind the winner, as a share of how far it must fall if the winner were the truth; the least
     * of these is the contrast of the recall.
     *
     * @return 0 to 1; NaN for a neuron that is too far behind to be a rival, and where there is no contrast
     */
    double contrast(Candidate candidate) {
        Pattern rival = store.pattern(candidate.neuron());
        if (!hasContrast || !rival.isTwoValued()) {
            return Double.NaN;
        }
        long ofRival = differing(shown.visible(), shown.picture(), rival);
        if (ofRival > (long) RIVAL_FACTOR * disagreeing) {
            return Double.NaN;
        }
        double share = 1 - 2.0 * disagreeing / shown.visible().count();
        int between = differing(shown.visible(), winner, rival);
        return between == 0 || share <= 0 ? 0 : Math.clamp((ofRival - disagreeing) / (between * share), 0.0, 1.0);
    }

    /** Whether a neuron is the same as the winner on every pixel that can be seen. */
    boolean isTwin(Candidate candidate) {
        return differing(shown.visible(), winner, store.pattern(candidate.neuron())) == 0;
    }

    /** Where a neuron differs from the winner: the smallest such rectangle, X,Y,W,H; empty when it differs nowhere. */
    String whereDifferent(Candidate candidate) {
        Pattern other = store.pattern(candidate.neuron());
        Geometry geometry = winner.geometry();
        int left = geometry.width();
        int top = geometry.height();
        int right = -1;
        int bottom = -1;
        for (int y = 0; y < geometry.height(); y++) {
            for (int x = 0; x < geometry.width(); x++) {
                if (winner.value(x, y) != other.value(x, y)) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        return right < 0 ? "" : "%d,%d,%d,%d".formatted(left, top, right - left + 1, bottom - top + 1);
    }

    private static int differing(Mask visible, Pattern one, Pattern other) {
        Geometry geometry = one.geometry();
        int differing = 0;
        for (int y = 0; y < geometry.height(); y++) {
            for (int x = 0; x < geometry.width(); x++) {
                differing += visible.isVisible(x, y) && one.value(x, y) != other.value(x, y) ? 1 : 0;
            }
        }
        return differing;
    }
}
