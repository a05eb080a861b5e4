package org.engram.tools.repair;

import java.util.BitSet;

/**
 * One way to look at a picture, turned clockwise by 90 degrees {@code quarters} times: a grid of upright modules laid
 * over it. Only the believed modules vote; where damage was estimated, the damaged ones are hidden.
 */
record Sighting(Frame frame, Modules modules, BitSet believed, boolean estimated, int quarters, Method method) {

    /** How a grid was found. */
    enum Method {
        /** The picture has the size of the store's patterns. */
        EXACT,
        /** The picture was scaled to the size of the store's patterns. */
        FITTED,
        /** By finder patterns. */
        DETECTED,
        /** By the edges of modules. */
        SEARCHED
    }
}
