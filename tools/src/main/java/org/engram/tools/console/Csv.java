package org.engram.tools.console;

import java.util.List;
import java.util.stream.Collectors;

/** Makes lines of tables of text. Fields are quoted as in RFC 4180. */
public final class Csv {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * A spreadsheet takes a cell that begins with one of these for a formula. The characters of full width count where
     * people type them.
     */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

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

    /**
     * Puts an apostrophe before text that a spreadsheet would run. The spreadsheet then shows the text as it is. Only
     * text is changed.
     */
    public static Object harmless(Object field) {
        boolean runs = field instanceof String text && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        return runs ? "'" + field : field;
    }

    private static String field(String text, char separator) {
        boolean plain = !text.startsWith(BYTE_ORDER_MARK)
                && text.chars().noneMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
