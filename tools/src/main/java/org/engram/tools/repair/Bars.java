package org.engram.tools.repair;

/**
 * What is asked of the evidence at a place, which depends on how that was found.
 *
 * @param isKnown whether the place was known, and not found
 * @param foreign how much of the votes in clean parts may be against the symbol, as much in one direction as in the other
 * @param likeStructure by which share of what the fixed modules are wrong the others may be, too, as the picture is bad
 * @param lead over the nearest rival, in nats
 */
record Bars(boolean isKnown, double foreign, double likeStructure, double lead) {

    private static final double FOREIGN = 0.015;
    private static final double LEAD = 9;

    /** A place that was chosen from many is wrong more often; its fixed modules then tell of that, not of the picture. */
    static Bars of(Place place) {
        return switch (place.method()) {
            case EXACT -> new Bars(true, FOREIGN, 1.2, 6);
            case SINGLE -> new Bars(false, FOREIGN, 0.3, LEAD);
            default -> new Bars(false, FOREIGN, 0.5, LEAD);
        };
    }
}
