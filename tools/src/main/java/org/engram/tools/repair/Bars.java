package org.engram.tools.repair;

/**
 * What is asked of the evidence at a place, which depends on how that was found.
 *
 * @param isKnown whether the place was known, and not found
 * @param foreign how much of the votes in clean parts may be against the symbol, as much in one direction as in the other
 * @param likeStructure by which share of what the fixed modules are wrong the others may be, too, as the picture is bad
 * @param lead over the nearest rival, in nats
 * @param correction what the error correction of each block must show, in standard deviations. At a known place it may be
 *     hidden, as in the paper: a symbol that is not stored, and begins alike, is then taken for the stored one
 */
record Bars(boolean isKnown, double foreign, double likeStructure, double lead, double correction) {

    private static final double FOREIGN = 0.015;
    private static final double LEAD = 9;

    /** Once in 30,000 by chance. */
    private static final double CORRECTION = 4;

    /** A place that was chosen from many is wrong more often; its fixed modules then tell of that, not of the picture. */
    static Bars of(Place place) {
        return switch (place.method()) {
            case EXACT -> new Bars(true, FOREIGN, 1.2, 6, Double.NEGATIVE_INFINITY);
            case SINGLE -> new Bars(false, FOREIGN, 0.3, LEAD, CORRECTION);
            default -> new Bars(false, FOREIGN, 0.5, LEAD, CORRECTION);
        };
    }
}
