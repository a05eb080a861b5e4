package org.engram.tools;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines of CSV, fields quoted as in RFC 4180. */
final class Csv {

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

    private Csv() {}

    /** A line, without its end. */
    static String line(List<?> fields) {
        return fields.stream().map(field -> field(String.valueOf(field))).collect(Collectors.joining(","));
    }

    private static String field(String text) {
        return NEEDS_QUOTES.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
