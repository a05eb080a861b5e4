package org.engram.tools.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Text;

/**
 * The header of a .npy file, as numpy.lib.format describes it, also as other programs and Python 2 write it. Elements
 * that stand side by side are along the first axis of a Fortran array, and along the last axis of any other.
 */
record NpyHeader(NpyType type, boolean fortran, List<Long> shape) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    /** The bytes of magic, version and a length of two bytes. */
    private static final int PREFIX_BYTES = MAGIC.length + 4;

    private static final int MAX_BYTES = 1 << 16;
    private static final int SHOWN = 60;

    private static final String STRING = "[uUbB]?(?:'[^']*'|\"[^\"]*\")";
    private static final Pattern ENTRY = Pattern.compile(
            "\\s*(?<name>%1$s)\\s*:\\s*(?<value>%1$s|\\([^()]*\\)|\\[.*\\]|\\w{1,20})\\s*(?:,|(?=}))".formatted(STRING),
            Pattern.DOTALL);
    /** Python 2 wrote an L after numbers beyond the words of its machine. */
    private static final Pattern AXIS = Pattern.compile("(?<length>[0-9]{1,20})[lL]?");

    /** A header of an array in C order. */
    NpyHeader(NpyType type, List<Long> shape) {
        this(type, false, shape);
    }

    static byte[] magic() {
        return MAGIC.clone();
    }

    /** Reads magic and header, and not one byte more. */
    static NpyHeader read(String name, InputStream in) throws IOException {
        byte[] prefix = in.readNBytes(MAGIC.length + 2);
        if (prefix.length < MAGIC.length + 2 || !Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw Failure.cannotOpen(
                    "not an array of numpy: %s: expected the magic of a .npy file, found other bytes; save it with numpy.save"
                            .formatted(name));
        }
        int version = prefix[MAGIC.length];
        if (version < 1 || version > 3 || prefix[MAGIC.length + 1] != 0) {
            throw refused(name, "version", "1.0, 2.0 or 3.0", version + "." + prefix[MAGIC.length + 1]);
        }
        byte[] lengthBytes = in.readNBytes(version == 1 ? 2 : 4);
        long length = 0;
        for (int i = lengthBytes.length - 1; i >= 0; i--) {
            length = length << 8 | (lengthBytes[i] & 0xFF);
        }
        if (length > MAX_BYTES) {
            throw refused(
                    name, "length of the header", "at most %,d bytes".formatted(MAX_BYTES), "%,d".formatted(length));
        }
        byte[] header = in.readNBytes((int) length);
        if (header.length < length || lengthBytes.length < (version == 1 ? 2 : 4)) {
            throw Failure.cannotOpen("array is cut: %s: expected a header of %d bytes, found %d; save it again"
                    .formatted(name, length, header.length));
        }
        return parse(name, new String(header, StandardCharsets.UTF_8));
    }

    private static NpyHeader parse(String name, String header) {
        Map<String, String> entries = entries(name, header.strip());
        String descr = required(name, entries, "descr");
        String fortran = required(name, entries, "fortran_order");
        if (!fortran.equals("True") && !fortran.equals("False")) {
            throw refused(name, "fortran_order", "True or False", fortran);
        }
        NpyType type = descr.matches(STRING) ? NpyType.of(unquoted(descr)) : null;
        if (type == null) {
            throw refused(
                    name,
                    "descr",
                    NpyType.KNOWN,
                    Text.shortened(Text.escape(descr), SHOWN) + "; convert it with astype");
        }
        return new NpyHeader(type, fortran.equals("True"), shape(name, required(name, entries, "shape")));
    }

    private static String unquoted(String literal) {
        return literal.replaceAll("^[uUbB]?['\"]|['\"]$", "");
    }

    private static Map<String, String> entries(String name, String header) {
        Map<String, String> entries = new HashMap<>();
        Matcher entry = ENTRY.matcher(header);
        int at = 1;
        while (header.startsWith("{")
                && entry.region(at, header.length()).lookingAt()
                && entries.put(unquoted(entry.group("name")), entry.group("value")) == null) {
            at = entry.end();
        }
        if (at >= header.length() || !header.substring(at).strip().equals("}")) {
            throw refused(name, "header", "a literal of descr, fortran_order and shape", Text.shortened(header, SHOWN));
        }
        return entries;
    }

    private static String required(String name, Map<String, String> entries, String key) {
        String value = entries.get(key);
        if (value == null || value.length() < 2) {
            throw refused(name, "header", "an entry " + key, "none");
        }
        return value;
    }

    private static List<Long> shape(String name, String tuple) {
        boolean isTuple = tuple.startsWith("(") && (tuple.indexOf(',') >= 0 || tuple.matches("\\(\\s*\\)"));
        List<Long> axes = new ArrayList<>();
        String inner = isTuple ? tuple.substring(1, tuple.length() - 1).strip().replaceFirst(",$", "") : "none";
        for (String axis : inner.isEmpty() ? new String[0] : inner.split(",", -1)) {
            Matcher number = AXIS.matcher(axis.strip());
            try {
                if (number.matches()) {
                    axes.add(Long.parseUnsignedLong(number.group("length")));
                    continue;
                }
            } catch (NumberFormatException tooLarge) {
                number.reset();
            }
            throw refused(name, "shape", "whole numbers in parentheses", Text.shortened(tuple, SHOWN));
        }
        return axes;
    }

    private static Failure refused(String name, String what, String expected, String found) {
        return Failure.cannotOpen(
                "cannot take the array %s: %s: expected %s, found %s".formatted(name, what, expected, found));
    }

    /** The bytes before the elements: version 1.0, padded so that the elements begin at a multiple of 64 bytes. */
    byte[] bytes() {
        String axes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String literal = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type.descr(), axes);
        int length = literal.length() + 1;
        int padding = -(PREFIX_BYTES + length) & (ALIGNMENT - 1);
        length += padding;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC);
        bytes.writeBytes(new byte[] {1, 0, (byte) length, (byte) (length >> 8)});
        bytes.writeBytes((literal + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }
}
