package org.engram.tools.transfer;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a table is written: its charset, its separator, whether its lines end with CR alone, and whether its first line
 * is only about the separator.
 */
record TableForm(Charset charset, char separator, boolean endsWithReturn, boolean hasSeparatorLine) {

    /** The form that {@link Exporter} writes. */
    static TableForm plain(char separator) {
        return new TableForm(StandardCharsets.UTF_8, separator, false, false);
    }

    TableForm with(char other) {
        return new TableForm(charset, other, endsWithReturn, hasSeparatorLine);
    }
}
