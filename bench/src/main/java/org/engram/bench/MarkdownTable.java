package org.engram.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Tables that can be read as they are and pasted into a page. */
final class MarkdownTable {

    private MarkdownTable() {}

    /**
     * Lays out cells in columns as wide as their widest cell.
     *
     * @param rows the first holds the names of the columns
     * @param names the columns that stand to the left; the others hold numbers and stand to the right
     */
    static String layOut(List<List<String>> rows, List<String> names) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        List<List<String>> all = new ArrayList<>(rows);
        all.add(1, Collections.nCopies(columns, null));
        StringBuilder table = new StringBuilder();
        for (List<String> row : all) {
            for (int c = 0; c < columns; c++) {
                table.append("|")
                        .append(cell(
                                row.get(c),
                                widths[c],
                                names.contains(rows.getFirst().get(c))));
            }
            table.append("|\n");
        }
        return table.toString();
    }

    private static String cell(String text, int width, boolean name) {
        if (text == null) {
            String line = "-".repeat(width + 1);
            return name ? ":" + line : line + ":";
        }
        String space = " ".repeat(width - text.length());
        return name ? " " + text + space + " " : " " + space + text + " ";
    }
}
