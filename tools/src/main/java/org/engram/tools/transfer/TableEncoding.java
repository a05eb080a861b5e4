package org.engram.tools.transfer;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.engram.tools.console.Failure;

/** Finds out which charset a table is in, and refuses what is evidently no table. */
final class TableEncoding {

    private static final char UNKNOWN = '\uFFFD';
    private static final int HEAD = 64;

    private static final Map<String, String> OTHERS = Map.of(
            "PK\u0003\u0004", "a zip file, as xlsx and ods are",
            "\u00D0\u00CF\u0011\u00E0", "a document of an older office program",
            "%PDF-", "a PDF document",
            "\u0089PNG", "an image",
            "\u001F\u008B", "a packed file",
            "\u0093NUMPY", "an array of numpy");

    private static final List<String> MARKUP = List.of("<!doctype", "<html", "<table", "<?xml");

    private TableEncoding() {}

    /**
     * The charset of a table: the given one if there is one, otherwise the one that the byte order mark, NUL bytes or
     * valid UTF-8 show.
     */
    static Charset of(String name, TableStart start, Charset given) {
        byte[] bytes = start.bytes();
        String head = new String(bytes, 0, Math.min(HEAD, bytes.length), StandardCharsets.ISO_8859_1);
        OTHERS.forEach((magic, what) -> {
            if (head.startsWith(magic)) {
                throw noTable(name, what);
            }
        });
        if (given != null) {
            return given;
        }
        Charset marked = byMark(head);
        Charset charset = marked == null ? byNuls(name, bytes) : marked;
        String text = new String(bytes, charset);
        String begin = text.substring(0, Math.min(HEAD, text.length()))
                .replace("\uFEFF", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (MARKUP.stream().anyMatch(begin::startsWith)) {
            throw noTable(name, "HTML or XML");
        }
        if (charset.equals(StandardCharsets.UTF_8) && isOther(start, text)) {
            throw Failure.cannotOpen(
                    "%s is no UTF-8: name its encoding with --charset, such as windows-1252 for a csv of Excel"
                            .formatted(name));
        }
        return charset;
    }

    private static Charset byMark(String head) {
        if (head.startsWith("\u00FF\u00FE\0\0")) {
            return Charset.forName("UTF-32LE");
        }
        if (head.startsWith("\0\0\u00FE\u00FF")) {
            return Charset.forName("UTF-32BE");
        }
        if (head.startsWith("\u00FF\u00FE")) {
            return StandardCharsets.UTF_16LE;
        }
        return head.startsWith("\u00FE\u00FF") ? StandardCharsets.UTF_16BE : null;
    }

    /**
     * The charset by NUL bytes. In UTF-16 every ASCII character has its NUL byte on the same side, and line ends and
     * separators are ASCII.
     */
    private static Charset byNuls(String name, byte[] bytes) {
        int[] nuls = new int[2];
        for (int i = 0; i < bytes.length; i++) {
            nuls[i % 2] += bytes[i] == 0 ? 1 : 0;
        }
        if (nuls[0] + nuls[1] == 0) {
            return StandardCharsets.UTF_8;
        }
        Charset wide = nuls[0] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        boolean oneSided = nuls[0] == 0 || nuls[1] == 0;
        boolean many = nuls[0] + nuls[1] >= bytes.length / 4;
        long lines = new String(bytes, StandardCharsets.ISO_8859_1)
                .chars()
                .filter(c -> c == '\n')
                .count();
        long wideLines = new String(bytes, wide).chars().filter(c -> c == '\n').count();
        if (!oneSided || !(many || (wideLines > 0 && wideLines >= lines / 2.0))) {
            if (new String(bytes, StandardCharsets.UTF_8).indexOf(UNKNOWN) >= 0) {
                throw noTable(name, "NUL bytes");
            }
            return StandardCharsets.UTF_8; // a key may have such a character
        }
        return wide;
    }

    /** Whether the table has characters beyond ASCII, and none of them is UTF-8. The last character may be cut. */
    private static boolean isOther(TableStart start, String text) {
        long beyond = text.chars()
                .filter(c -> c >= 0x80 && c != UNKNOWN && c != '\uFEFF')
                .count();
        long unknown = text.chars()
                .limit(start.isAll() ? text.length() : Math.max(0, text.length() - 3))
                .filter(c -> c == UNKNOWN)
                .count();
        return beyond == 0 && unknown > 0;
    }

    private static Failure noTable(String name, String found) {
        return Failure.cannotOpen(
                "%s is no table: expected text, a row a line, found %s; save it as csv or tsv".formatted(name, found));
    }
}
