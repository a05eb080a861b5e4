package org.engram.store;

/**
 * What a store keeps of every neuron; fixed when it is created. Answers are the same in all three: the same neurons, in the
 * same order, with the same responses.
 */
public enum Layout {
    /** The weights w and v as floats, and their bits: the paper's model as it is, 109,376 bytes a neuron of 116 x 116. */
    FULL,
    /**
     * The weights w and the bits; v is derived, since equation (6) from zero on one pattern always gives {@code v = g w}.
     * 55,552 bytes a neuron of 116 x 116.
     */
    TIED,
    /** Only the bits: two-valued patterns and nothing else, 1,728 bytes a neuron of 116 x 116. */
    PACKED
}
