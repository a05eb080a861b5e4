package org.engram.tools.console;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of tables of text, fields quoted as in RFC 4180. */
public final class Csv {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Csv() {}

    /** A line with commas, without its end. */
    public static String line(List<?> fields) {
        return line(fields, ',');
    }

    /** A line without its end. */
    public static String line(List<?> fields, char separator) {
        return fields.stream()
                .map(field -> field(String.valueOf(field), separator))
                .collect(Collectors.joining(String.valueOf(separator)));
    }

    private static String field(String text, char separator) {
        boolean plain = !text.startsWith(BYTE_ORDER_MARK)
                && text.chars().noneMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
