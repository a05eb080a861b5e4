package org.engram.tools.console;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of tables of text, fields quoted as in RFC 4180. */
public final class Csv {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Cells that begin so a spreadsheet takes for formulas, those of full width where these are typed. */
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

    /** Puts an apostrophe before what a spreadsheet would run, which it then shows as it is. Only text is changed. */
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
