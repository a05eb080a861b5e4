package org.engram.tools.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.engram.store.Geometry;
import org.engram.tools.console.Failure;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Text;
import org.engram.tools.options.SymbolOptions;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.qr.QrForm;

/**
 * A table of keys and texts. Each text becomes a QR symbol. A line may name the columns; lines before it are passed
 * over.
 */
final class TableSource implements Source {

    private final String name;
    private final TableReader table;
    private final TableColumns columns;
    private final long bytes;
    private final SymbolOptions symbolOptions;
    private final List<QrForm> forms;
    private final Geometry geometry;
    private final Queue<Item> ready = new ArrayDeque<>();
    private long rows;

    /** A row that is not blank: its place, its key and text, or what is wrong with it and where (otherwise ""). */
    record Entry(String where, String key, String text, String fault) {}

    /** {@code bytes} is the size of the whole table, or UNKNOWN. {@code note} takes remarks about the table as a whole. */
    TableSource(
            String name,
            InputStream in,
            long bytes,
            char usual,
            TableOptions options,
            SymbolOptions symbolOptions,
            Geometry geometry,
            Consumer<String> note) {
        this.name = name;
        this.symbolOptions = symbolOptions;
        this.forms = symbolOptions.forms();
        this.geometry = geometry;
        try {
            TableStart start = TableStart.of(in);
            TableForm form = TableGuess.of(name, start, usual, options);
            List<TableReader.Row> first = TableGuess.rows(name, start, form);
            int header = header(first, options.columns());
            this.columns = columns(first, header, options.columns());
            requireColumns(first.subList(header + 1, first.size()), form);
            this.bytes = form.equals(TableForm.plain(form.separator())) ? bytes : ProgressLine.UNKNOWN;
            this.table = new TableReader(name, start.whole(), form);
            for (int i = 0; i <= header; i++) {
                table.next();
            }
            if (header > 0) {
                note.accept("%s: %s before the names of the columns passed over"
                        .formatted(name, Text.count(header, "row")));
            }
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
    }

    /** The row that names the columns, -1 for none. */
    private static int header(List<TableReader.Row> rows, List<String> wanted) {
        for (int i = 0; i < Math.min(rows.size(), TableGuess.MOST_BEFORE_NAMES); i++) {
            if (TableColumns.named(rows.get(i).fields(), wanted) != null) {
                return i;
            }
        }
        return -1;
    }

    private TableColumns columns(List<TableReader.Row> rows, int header, List<String> wanted) {
        if (header >= 0) {
            return Objects.requireNonNull(TableColumns.named(rows.get(header).fields(), wanted));
        }
        if (wanted != null) {
            throw Failure.cannotOpen("%s: expected a line that names the columns %s and %s, found none; check --columns"
                    .formatted(name, Text.quoted(wanted.get(0)), Text.quoted(wanted.get(1))));
        }
        return TableColumns.UNNAMED;
    }

    /** Refuses another kind of file once, and not row by row. */
    private void requireColumns(List<TableReader.Row> first, TableForm form) {
        if (first.size() > 1 && first.stream().noneMatch(row -> columns.fit(row.fields()))) {
            throw Failure.cannotOpen(
                    "%s: expected %d columns, key and text among them, found %s with the separator %s; name another with --separator, or the columns with --columns"
                            .formatted(
                                    name,
                                    columns.count(),
                                    first.getFirst().fields().size(),
                                    Text.quoted(String.valueOf(form.separator()))));
        }
    }

    @Override
    public Item next() {
        if (ready.isEmpty()) {
            Entry entry = entry();
            if (entry == null) {
                return null;
            }
            addItems(entry);
        }
        return ready.remove();
    }

    private void addItems(Entry entry) {
        if (!entry.fault().isEmpty()) {
            ready.add(Item.broken(entry.where(), entry.fault()));
            return;
        }
        for (QrForm form : forms) {
            ready.add(Item.of(
                    entry.where(),
                    symbolOptions.key(entry.key(), form),
                    () -> QrCodec.encode(entry.text(), geometry, form)));
        }
    }

    /** The next entry; null after the last. */
    Entry entry() {
        TableReader.Row row = table.next();
        while (row != null && isBlank(row)) {
            row = table.next();
        }
        if (row == null) {
            return null;
        }
        rows++;
        return entry(row);
    }

    /** Spreadsheets write the separators of empty rows. */
    private static boolean isBlank(TableReader.Row row) {
        return row.fields().size() > 1
                && row.fields().stream().allMatch(String::isEmpty)
                && row.fault().isEmpty();
    }

    private Entry entry(TableReader.Row row) {
        String where = name + ": line " + row.line();
        if (!row.fault().isEmpty()) {
            return new Entry(where, "", "", where + ": " + row.fault());
        }
        if (!columns.fit(row.fields())) {
            return new Entry(
                    where,
                    "",
                    "",
                    "%s: expected %d columns, key and text among them, found %d; quote what holds a separator"
                            .formatted(where, columns.count(), row.fields().size()));
        }
        return new Entry(where, row.fields().get(columns.keyAt()), row.fields().get(columns.textAt()), "");
    }

    @Override
    public long total() {
        return bytes == ProgressLine.UNKNOWN || table.position() == 0
                ? ProgressLine.UNKNOWN
                : Math.round((double) bytes * rows / table.position());
    }

    @Override
    public void close() {
        table.close();
    }
}
