package org.engram.store.internal.neurons;

import java.util.EnumMap;
import java.util.Map;
import org.engram.store.internal.format.Part;

/** An array of bytes for each part that somebody made room for; no bytes for any other. Not safe for threads. */
final class PartBytes {

    private static final byte[] NONE = {};

    private final Map<Part, byte[]> arrays = new EnumMap<>(Part.class);

    /** Makes room for a part, once. */
    void makeRoom(Part part, long bytes) {
        if (!arrays.containsKey(part)) {
            arrays.put(part, new byte[Math.toIntExact(bytes)]);
        }
    }

    byte[] of(Part part) {
        return arrays.getOrDefault(part, NONE);
    }
}
