package org.engram.tools.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.StringJoiner;

/** Turns names of files into text, also names that are no text: each byte that is not UTF-8 becomes %XX. */
public final class RawName {

    /** Java shows this character for bytes that it could not turn into text. */
    private static final char UNKNOWN = '\uFFFD';

    private RawName() {}

    /** The names of a path, with slashes between. Two paths that differ have texts that differ. */
    public static String of(Path path) {
        StringJoiner names = new StringJoiner("/", path.isAbsolute() ? "/" : "", "");
        for (Path name : path) {
            String text = name.toString();
            names.add(text.indexOf(UNKNOWN) < 0 ? text : of(bytes(name)));
        }
        return names.toString();
    }

    /** The bytes of a name. Only a URI of Java has them as they are. */
    private static byte[] bytes(Path name) {
        String address = name.toUri().getRawPath().replaceFirst("/$", "");
        String escaped = address.substring(address.lastIndexOf('/') + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '%') {
                bytes.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(escaped.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    /** The text of bytes that should be UTF-8. */
    public static String of(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(3 * bytes.length);
        CoderResult result = decoder.decode(rest, text, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                text.put("%%%02X".formatted(rest.get() & 0xFF));
            }
            result = decoder.decode(rest, text, true);
        }
        return text.flip().toString();
    }
}
