package org.engram.store.internal.format;

/** The values of a pattern, as the rooms hand them on. Immutable by agreement: nobody changes the values. */
public sealed interface Picture {

    default boolean isTwoValued() {
        return this instanceof TwoValued;
    }

    /** Every pixel is 0 or 1. */
    record TwoValued(BitPlane white) implements Picture {}

    /** At least one pixel is neither; one finite float a pixel, row by row. */
    @SuppressWarnings("ArrayRecordComponent") // compared by Pattern
    record RealValued(float[] values) implements Picture {}
}
