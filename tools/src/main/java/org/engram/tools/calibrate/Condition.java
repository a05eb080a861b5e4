package org.engram.tools.calibrate;

import java.util.List;
import org.engram.store.Criteria;

/**
 * How the store answered cues that were damaged to the same degree.
 *
 * @param hidden share of the picture that could not be seen
 * @param noise share of the visible pixels that were flipped
 * @param stored cues of stored patterns
 * @param unseen cues of pictures that were never stored
 */
record Condition(double hidden, double noise, List<Trial> stored, List<Trial> unseen) {

    /** How many stored patterns criteria recognise. */
    long recognised(Criteria criteria) {
        return stored.stream()
                .filter(trial -> trial.right() && trial.isAccepted(criteria))
                .count();
    }

    /** How many answers criteria accept that are wrong: another pattern than the stored one, or any for an unseen picture. */
    long mistaken(Criteria criteria) {
        return stored.stream()
                        .filter(trial -> !trial.right() && trial.isAccepted(criteria))
                        .count()
                + unseen.stream().filter(trial -> trial.isAccepted(criteria)).count();
    }
}
