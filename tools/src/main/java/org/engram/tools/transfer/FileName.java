package org.engram.tools.transfer;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

final class FileName {

    /** This leaves room for the number and the ending in the 255 bytes that a name may have. */
    private static final int MAX_BYTES = 200;

    private static final String RESERVED = "%/\\:*?\"<>|";

    /** Windows takes these names for devices, whatever follows a point. */
    private static final Pattern DEVICE = Pattern.compile(
            "(CON|PRN|AUX|NUL|CLOCK\\$|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private FileName() {}

    /**
     * A name without an ending that any file system takes. Characters that file systems reserve are written as %XX for
     * each byte of UTF-8, as in addresses. A long key gives its beginning, a {@code %~} and the neuron.
     */
    static String of(String key, int neuron) {
        StringBuilder name = new StringBuilder();
        boolean isDevice = DEVICE.matcher(key).matches();
        int bytes = 0;
        int[] points = key.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            boolean atEdge = i == 0 || i == points.length - 1;
            boolean escape = isUnsafe(points[i]) || (atEdge && isUnsafeAtEdge(points[i])) || (i == 0 && isDevice);
            String character = Character.toString(points[i]);
            String part = escape ? escaped(character) : character;
            bytes += part.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                return numbered(name.toString(), neuron);
            }
            name.append(part);
        }
        return name.toString();
    }

    /** A name with the neuron's number. No other name ends like this, since a percent sign of a key is escaped. */
    static String numbered(String name, int neuron) {
        return name + "%~" + neuron;
    }

    private static boolean isUnsafeAtEdge(int point) {
        return point == '.' || Character.isWhitespace(point);
    }

    private static boolean isUnsafe(int point) {
        return Character.isISOControl(point)
                || Character.getType(point) == Character.FORMAT
                || Character.getType(point) == Character.LINE_SEPARATOR
                || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                || Character.getType(point) == Character.UNASSIGNED
                || RESERVED.indexOf(point) >= 0;
    }

    private static String escaped(String character) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
            escaped.append("%%%02X".formatted(b & 0xFF));
        }
        return escaped.toString();
    }
}
