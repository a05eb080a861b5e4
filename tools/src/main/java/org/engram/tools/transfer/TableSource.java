package org.engram.tools.transfer;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.engram.store.Geometry;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.qr.QrCodec;

/** A table of keys and texts, each to become a QR symbol. The first line may name the columns. */
final class TableSource implements Source {

    static final String KEY = "key";
    static final String TEXT = "text";

    private final String name;
    private final TableReader table;
    private final long bytes;
    private final Geometry geometry;
    private int columns = 2;
    private int keyAt;
    private int textAt = 1;
    private long rows;

    /** The bytes are those of the whole table, or UNKNOWN. */
    TableSource(String name, InputStream in, long bytes, char separator, Geometry geometry) {
        this.name = name;
        this.table = new TableReader(name, in, separator);
        this.bytes = bytes;
        this.geometry = geometry;
    }

    @Override
    public Item next() {
        TableReader.Row row = table.next();
        if (row != null && rows == 0 && isHeader(row.fields())) {
            row = table.next();
        }
        if (row == null) {
            return null;
        }
        rows++;
        return item(row);
    }

    private boolean isHeader(List<String> fields) {
        List<String> names =
                fields.stream().map(field -> field.toLowerCase(Locale.ROOT)).toList();
        if (!names.contains(KEY) || !names.contains(TEXT)) {
            return false;
        }
        columns = names.size();
        keyAt = names.indexOf(KEY);
        textAt = names.indexOf(TEXT);
        return true;
    }

    private Item item(TableReader.Row row) {
        String where = name + ": line " + row.line();
        if (!row.fault().isEmpty()) {
            return Item.broken(where, where + ": " + row.fault());
        }
        if (row.fields().size() != columns) {
            return Item.broken(
                    where,
                    "%s: expected %d columns, key and text among them, found %d; quote what holds a separator"
                            .formatted(where, columns, row.fields().size()));
        }
        String text = row.fields().get(textAt);
        return Item.of(where, row.fields().get(keyAt), () -> QrCodec.encode(text, geometry));
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
