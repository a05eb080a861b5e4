package org.engram.tools.transfer;

import java.nio.charset.StandardCharsets;

final class FileName {

    /** Leaves room for the number and the ending in the 255 bytes that a name may have. */
    private static final int MAX_BYTES = 200;

    private static final String RESERVED = "%/\\:*?\"<>|";

    private FileName() {}

    /**
     * A name without an ending that any file system takes: what it reserves is written as %XX, byte by byte of UTF-8,
     * as in addresses. Of a long key the beginning, a {@code %~} and the neuron.
     */
    static String of(String key, int neuron) {
        StringBuilder name = new StringBuilder();
        int bytes = 0;
        int[] points = key.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            boolean atEdge = i == 0 || i == points.length - 1;
            String part = escaped(Character.toString(points[i]), atEdge);
            bytes += part.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                return name + "%~" + neuron;
            }
            name.append(part);
        }
        return name.toString();
    }

    private static String escaped(String character, boolean atEdge) {
        int point = character.codePointAt(0);
        boolean edge = atEdge && (point == '.' || Character.isWhitespace(point));
        boolean unsafe = Character.isISOControl(point)
                || Character.getType(point) == Character.FORMAT
                || Character.getType(point) == Character.LINE_SEPARATOR
                || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                || RESERVED.indexOf(point) >= 0;
        if (!edge && !unsafe) {
            return character;
        }
        StringBuilder escaped = new StringBuilder();
        for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
            escaped.append("%%%02X".formatted(b & 0xFF));
        }
        return escaped.toString();
    }
}
