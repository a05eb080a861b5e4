package org.engram.tools.console;

import java.util.List;

/** A table of columns of fixed widths, so that rows can be shown as they come. */
public final class Table {

    /** A column. Text longer than its width pushes the rest of its row to the right; numbers stand on the right. */
    public record Column(String heading, int width, boolean right) {

        public static Column number(String heading, int width) {
            return new Column(heading, width, true);
        }

        public static Column text(String heading, int width) {
            return new Column(heading, width, false);
        }

        /** The last column, of any width. */
        public static Column text(String heading) {
            return new Column(heading, 0, false);
        }

        private String padded(String cell) {
            String padding = " ".repeat(Math.max(0, width - cell.length()));
            return right ? padding + cell : cell + padding;
        }
    }

    private final Console console;
    private final List<Column> columns;

    /** Writes the headings. */
    public Table(Console console, List<Column> columns) {
        this.console = console;
        this.columns = columns;
        row(columns.stream().map(Column::heading).toList());
    }

    /** Writes a row with a cell for each column. Cells that others wrote must be escaped already. */
    public void row(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            boolean isLast = i == columns.size() - 1 && !columns.get(i).right();
            line.append(i == 0 ? "" : "  ")
                    .append(isLast ? cells.get(i) : columns.get(i).padded(cells.get(i)));
        }
        console.line(line.toString());
    }
}
