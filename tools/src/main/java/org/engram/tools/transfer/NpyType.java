package org.engram.tools.transfer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The type of the elements of an array: a kind as numpy calls it (b, i, u or f), a size, and an order of bytes. */
record NpyType(char kind, int bytes, ByteOrder order) {

    static final NpyType BOOL = new NpyType('b', 1, ByteOrder.LITTLE_ENDIAN);
    static final NpyType FLOAT32 = new NpyType('f', Float.BYTES, ByteOrder.LITTLE_ENDIAN);
    static final NpyType FLOAT64 = new NpyType('f', Double.BYTES, ByteOrder.LITTLE_ENDIAN);

    static final String KNOWN = "bool, int8 to int64, uint8 to uint64 or float16 to float64";

    private static final Pattern DESCR =
            Pattern.compile("(?<order>[<>=|]?)(?:(?<kind>[biuf])(?<bytes>[1248])|(?<one>[?bBhHiIqQefd]))");
    private static final Map<String, String> ONES = Map.ofEntries(
            Map.entry("?", "b1"),
            Map.entry("b", "i1"),
            Map.entry("B", "u1"),
            Map.entry("h", "i2"),
            Map.entry("H", "u2"),
            Map.entry("i", "i4"),
            Map.entry("I", "u4"),
            Map.entry("q", "i8"),
            Map.entry("Q", "u8"),
            Map.entry("e", "f2"),
            Map.entry("f", "f4"),
            Map.entry("d", "f8"));
    private static final Pattern NAME = Pattern.compile("(?<kind>bool|int|uint|float)(?<bits>8|16|32|64|)");

    /** The type of this name in numpy; null when it is not known here. */
    static NpyType of(String descr) {
        Matcher name = NAME.matcher(descr);
        if (name.matches()
                && name.group("kind").equals("bool") == name.group("bits").isEmpty()) {
            int bytes = name.group("bits").isEmpty() ? 1 : Integer.parseInt(name.group("bits")) / Byte.SIZE;
            return checked(descr.charAt(0), bytes, ByteOrder.nativeOrder());
        }
        Matcher code = DESCR.matcher(descr);
        if (!code.matches()) {
            return null;
        }
        ByteOrder order = switch (code.group("order")) {
            case "<" -> ByteOrder.LITTLE_ENDIAN;
            case ">" -> ByteOrder.BIG_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
        String kind =
                code.group("one") == null ? code.group("kind") + code.group("bytes") : ONES.get(code.group("one"));
        return checked(kind.charAt(0), kind.charAt(1) - '0', order);
    }

    private static NpyType checked(char kind, int bytes, ByteOrder order) {
        boolean known = kind == 'b' ? bytes == 1 : kind != 'f' || bytes > 1;
        return known ? new NpyType(kind, bytes, bytes == 1 ? ByteOrder.LITTLE_ENDIAN : order) : null;
    }

    /** The type as numpy writes it. */
    String descr() {
        return (bytes == 1 ? "|" : order == ByteOrder.LITTLE_ENDIAN ? "<" : ">") + kind + bytes;
    }

    boolean isWhole() {
        return kind != 'f';
    }

    /** One element of a buffer of this order of bytes. A truth value may have any number in its byte. */
    double at(ByteBuffer elements, int index) {
        int at = index * bytes;
        if (kind == 'f') {
            return switch (bytes) {
                case Short.BYTES -> Float.float16ToFloat(elements.getShort(at));
                case Float.BYTES -> elements.getFloat(at);
                default -> elements.getDouble(at);
            };
        }
        long signed = switch (bytes) {
            case Byte.BYTES -> elements.get(at);
            case Short.BYTES -> elements.getShort(at);
            case Integer.BYTES -> elements.getInt(at);
            default -> elements.getLong(at);
        };
        if (kind == 'i' || signed >= 0) {
            return signed;
        }
        return signed + Math.scalb(1.0, Byte.SIZE * bytes);
    }
}
