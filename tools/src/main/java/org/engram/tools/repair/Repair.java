package org.engram.tools.repair;

import java.util.Optional;
import org.engram.store.Pattern;
import org.engram.store.Recall;
import org.engram.store.Verdict;

/**
 * What became of a picture: RECOGNISED only when it bears the recalled symbol out. The best sighting and the answer of
 * the store to it are null when there is no sighting. The recalled pattern is null unless recognised, and its text also
 * when it cannot be read. Alone is what a QR reader makes of the picture without the store.
 */
public record Repair(
        Verdict verdict, Recall recall, Sighting sighting, Pattern pattern, String text, Optional<String> alone) {

    boolean isRepaired() {
        return text != null;
    }

    /** A text that error correction read and no recalled symbol has; null when there is none. */
    String decoded() {
        return isRepaired() ? null : alone.orElse(null);
    }
}
