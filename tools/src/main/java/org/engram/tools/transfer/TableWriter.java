package org.engram.tools.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.engram.tools.console.Csv;

/** Writes what {@link TableReader} reads. */
final class TableWriter {

    private final OutputStream out;
    private final char separator;

    TableWriter(OutputStream out, char separator) {
        this.out = out;
        this.separator = separator;
    }

    void row(List<String> fields) throws IOException {
        out.write((Csv.line(fields, separator) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
