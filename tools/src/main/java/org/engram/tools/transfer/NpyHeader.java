package org.engram.tools.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Text;

/** The header of a .npy file, as numpy.lib.format describes it. The shape is in C order. */
record NpyHeader(NpyType type, List<Long> shape) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    /** Magic, version and a length of two bytes. */
    private static final int PREFIX_BYTES = MAGIC.length + 4;

    private static final int MAX_BYTES = 1 << 16;
    private static final int SHOWN = 60;

    private static final Pattern ENTRY = Pattern.compile(
            "\\s*'(?<name>[a-z_]{1,20})'\\s*:\\s*(?<value>'[^']*'|\\([^()]*\\)|\\[.*\\]|\\w{1,20})\\s*(?:,|(?=}))",
            Pattern.DOTALL);

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
        if (!required(name, entries, "fortran_order").equals("False")) {
            throw refused(
                    name,
                    "fortran_order",
                    "False",
                    entries.get("fortran_order") + "; save numpy.ascontiguousarray of it");
        }
        NpyType type = NpyType.of(descr.substring(1, descr.length() - 1));
        if (type == null || !descr.startsWith("'")) {
            throw refused(name, "descr", "one of " + NpyType.known(), descr + "; convert it with astype");
        }
        return new NpyHeader(type, shape(name, required(name, entries, "shape")));
    }

    private static Map<String, String> entries(String name, String header) {
        Map<String, String> entries = new HashMap<>();
        Matcher entry = ENTRY.matcher(header);
        int at = 1;
        while (header.startsWith("{")
                && entry.region(at, header.length()).lookingAt()
                && entries.put(entry.group("name"), entry.group("value")) == null) {
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
        try {
            return Stream.of(tuple.substring(1, tuple.length() - 1).split(","))
                    .map(String::strip)
                    .filter(axis -> !axis.isEmpty())
                    .map(Long::parseUnsignedLong)
                    .toList();
        } catch (NumberFormatException e) {
            throw refused(name, "shape", "whole numbers in parentheses", Text.shortened(tuple, SHOWN));
        }
    }

    private static Failure refused(String name, String what, String expected, String found) {
        return Failure.cannotOpen(
                "cannot take the array %s: %s: expected %s, found %s".formatted(name, what, expected, found));
    }

    /** The bytes before the elements: version 1.0, padded so that the elements begin at a multiple of 64 bytes. */
    byte[] bytes() {
        String axes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String literal = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type.descr, axes);
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
