package org.engram.tools.repair;

import java.util.Optional;
import org.engram.store.Pattern;
import org.engram.store.Recall;
import org.engram.store.Verdict;

/**
 * What became of a picture.
 *
 * @param verdict RECOGNISED only when the picture bears the recalled symbol out
 * @param recall the answer of the store to the best sighting; null when there is no sighting
 * @param sighting the best way to look at the picture; null when there is none
 * @param pattern the recalled pattern; null unless recognised
 * @param text what the recalled pattern reads; null unless recognised and readable
 * @param alone what a QR reader makes of the picture without the store
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
