package org.engram.tools.repair;

import java.util.BitSet;

/**
 * One way to look at a picture: a grid of modules laid over it, and which of them are believed.
 *
 * @param frame the stored symbols that it is compared with
 * @param modules what the picture shows, upright
 * @param believed the modules that vote
 * @param estimated whether damage was estimated, and hidden
 * @param quarters how often the picture is turned clockwise by 90 degrees
 * @param method how the grid was found
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
