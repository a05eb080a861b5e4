package org.engram.tools.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/** The beginning of a table, read to find out how it is written. */
final class TableStart {

    private static final int MOST = 1 << 16;

    private final byte[] bytes;
    private final boolean isAll;
    private final InputStream rest;

    private TableStart(byte[] bytes, boolean isAll, InputStream rest) {
        this.bytes = bytes;
        this.isAll = isAll;
        this.rest = rest;
    }

    /** Waits for a whole line, and takes what else is there already. */
    static TableStart of(InputStream in) throws IOException {
        byte[] bytes = new byte[MOST];
        int length = 0;
        boolean hasLine = false;
        boolean ended = false;
        while (length < MOST && !ended && (!hasLine || in.available() > 0)) {
            int read = in.read(bytes, length, MOST - length);
            ended = read < 0;
            for (int i = length; i < length + read; i++) {
                hasLine |= bytes[i] == '\n' || bytes[i] == '\r';
            }
            length += Math.max(0, read);
        }
        return new TableStart(Arrays.copyOf(bytes, length), ended, in);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether there is no more of the table. */
    boolean isAll() {
        return isAll;
    }

    InputStream beginning() {
        return new ByteArrayInputStream(bytes);
    }

    /** The table from its first byte on. */
    InputStream whole() {
        return new SequenceInputStream(beginning(), rest);
    }
}
