package org.engram.tools.repair;

/**
 * What is asked of the evidence at a place. It depends on how the place was found.
 *
 * @param isKnown whether the place was known beforehand
 * @param foreign how much of the votes in clean parts may be against the symbol, as much in one direction as in the other
 * @param likeStructure how much more is allowed in a bad picture: this share of the wrong votes of fixed modules
 * @param lead the least lead over the nearest rival, in nats
 * @param correction what the error correction of each block must show, in standard deviations. At a known place the
 *     error correction may be hidden, as in the paper. A symbol that is not stored but begins like a stored one is then
 *     taken for it
 */
record Bars(boolean isKnown, double foreign, double likeStructure, double lead, double correction) {

    private static final double FOREIGN = 0.015;
    private static final double LEAD = 9;

    /** Chance reaches this once in 30,000 times. */
    private static final double CORRECTION = 4;

    /**
     * A place that was chosen from many is wrong more often. Wrong fixed modules then tell of a wrong place, not of a
     * bad picture.
     */
    static Bars of(Place place) {
        return switch (place.method()) {
            case EXACT -> new Bars(true, FOREIGN, 1.2, 6, Double.NEGATIVE_INFINITY);
            case SINGLE -> new Bars(false, FOREIGN, 0.3, LEAD, CORRECTION);
            default -> new Bars(false, FOREIGN, 0.5, LEAD, CORRECTION);
        };
    }
}
