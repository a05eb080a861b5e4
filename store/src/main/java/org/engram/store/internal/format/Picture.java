package org.engram.store.internal.format;

import org.jspecify.annotations.Nullable;

/** The values of a pattern, as the rooms hand them on. Immutable by agreement: nobody changes the values. */
public sealed interface Picture {

    default boolean isTwoValued() {
        return this instanceof TwoValued;
    }

    /** Every pixel is 0 or 1, or unknown and not white. {@code known} is null when all are known. */
    record TwoValued(PixelBits white, @Nullable PixelBits known) implements Picture {

        public TwoValued(PixelBits white) {
            this(white, null);
        }
    }

    /** At least one pixel is neither 0 nor 1. There is one finite float for each pixel, row by row. */
    @SuppressWarnings("ArrayRecordComponent") // compared by Pattern
    record RealValued(float[] values) implements Picture {}
}
