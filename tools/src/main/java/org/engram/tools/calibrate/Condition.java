package org.engram.tools.calibrate;

import java.util.List;
import java.util.function.Function;
import org.engram.store.Criteria;

/**
 * How the store answered cues of stored and unseen patterns with the same share hidden and the same share of visible
 * pixels damaged.
 */
record Condition(double hidden, double noise, List<Trial> stored, List<Trial> unseen) {

    /** The trials of one kind under all conditions. */
    static List<Trial> all(List<Condition> conditions, Function<Condition, List<Trial>> kind) {
        return conditions.stream().map(kind).flatMap(List::stream).toList();
    }

    /** How many stored patterns criteria recognise. */
    long recognised(Criteria criteria) {
        return stored.stream()
                .filter(trial -> trial.right() && trial.isAccepted(criteria))
                .count();
    }

    /**
     * How many answers criteria accept that are wrong: another pattern than the stored one, or any for an unseen
     * picture.
     */
    long mistaken(Criteria criteria) {
        return stored.stream()
                        .filter(trial -> !trial.right() && trial.isAccepted(criteria))
                        .count()
                + unseen.stream().filter(trial -> trial.isAccepted(criteria)).count();
    }
}
