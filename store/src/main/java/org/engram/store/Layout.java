package org.engram.store;

import java.util.List;

/**
 * What a store keeps of every neuron; fixed when it is created. Answers are the same in all three: the same neurons, in the
 * same order, with the same responses.
 */
public enum Layout {
    /** The weights w and v as floats, and their bits: the paper's model as it is, 109,376 bytes a neuron of 116 x 116. */
    FULL(0),
    /**
     * The weights w and the bits; v is derived, since equation (6) from zero on one pattern always gives {@code v = g w}.
     * 55,552 bytes a neuron of 116 x 116.
     */
    TIED(1),
    /** Only the bits: black and white patterns and nothing else, 1,728 bytes a neuron of 116 x 116. */
    PACKED(2);

    /** What the header calls it. */
    final int code;

    Layout(int code) {
        this.code = code;
    }

    /** What a neuron has in files, in the order in which an append writes it. */
    List<Part> parts() {
        return switch (this) {
            case FULL -> List.of(Part.W, Part.V, Part.SKETCH, Part.PLANES);
            case TIED -> List.of(Part.W, Part.SKETCH, Part.PLANES);
            case PACKED -> List.of(Part.SKETCH, Part.PLANES);
        };
    }

    /** The layout of a code in the header, or null when it has none. */
    static Layout of(int code) {
        for (Layout layout : values()) {
            if (layout.code == code) {
                return layout;
            }
        }
        return null;
    }

    /**
     * The size of a neuron without its key.
     *
     * @param geometry the shape of its pattern
     * @return bytes in all files but the journal
     */
    public long bytesPerNeuron(Geometry geometry) {
        return parts().stream().mapToLong(part -> part.stripeBytes(geometry)).sum();
    }
}
