package org.engram.tools.transfer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.engram.tools.console.Failure;

/**
 * Reads tables as in RFC 4180, in UTF-8, whatever the separator: fields with a separator, quote or line end in them
 * stand in quotes, and quotes in these are doubled. Lines end with LF or CR LF; empty ones count for nothing.
 */
final class TableReader implements AutoCloseable {

    /** Longer than a key and a QR symbol can be; more is a quote that was never closed, or no table. */
    static final int MAX_RECORD_BYTES = 65_536;

    private static final int END = -1;

    /** One record: the line where it begins (from 1), its fields, and what is wrong with it ("" for nothing). */
    record Row(long line, List<String> fields, String fault) {}

    private final String name;
    private final InputStream in;
    private final int separator;
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private long line = 1;
    private long bytes;
    private long start;
    private int peeked = Integer.MIN_VALUE;
    private String fault = "";

    TableReader(String name, InputStream in, char separator) {
        this.name = name;
        this.in = new BufferedInputStream(in, 1 << 16);
        this.separator = separator;
    }

    /** How many bytes were read. */
    long position() {
        return bytes;
    }

    /** The next record; null at the end. Fails if the table cannot be read, or a record has no end. */
    Row next() {
        try {
            if (bytes == 0) {
                skipByteOrderMark();
            }
            while (peek() == '\n' || peek() == '\r') {
                line += read() == '\n' ? 1 : 0;
            }
            return peek() == END ? null : record();
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
    }

    private void skipByteOrderMark() throws IOException {
        in.mark(3);
        byte[] first = in.readNBytes(3);
        if (first.length == 3 && first[0] == (byte) 0xEF && first[1] == (byte) 0xBB && first[2] == (byte) 0xBF) {
            bytes = first.length;
        } else {
            in.reset();
        }
    }

    private Row record() throws IOException {
        long first = line;
        start = bytes;
        fault = "";
        List<String> fields = new ArrayList<>();
        boolean more = true;
        while (more) {
            field.reset();
            if (peek() == '"') {
                readQuoted(first);
            }
            while (!isEnd(peek())) {
                field.write(read(first));
            }
            fields.add(text());
            more = peek() == separator;
            if (more) {
                read();
            }
        }
        while (peek() == '\r') {
            read();
        }
        if (read() == '\n') {
            line++;
        }
        return new Row(first, fields, fault);
    }

    private boolean isEnd(int c) throws IOException {
        if (c == '\r') {
            in.mark(1);
            int next = in.read();
            in.reset();
            return next == '\n' || next == END;
        }
        return c == separator || c == '\n' || c == END;
    }

    private void readQuoted(long first) throws IOException {
        read();
        boolean open = true;
        while (open) {
            int c = read(first);
            if (c == END) {
                fault = "its quote is not closed";
                open = false;
            } else if (c != '"') {
                line += c == '\n' ? 1 : 0;
                field.write(c);
            } else if (peek() == '"') {
                field.write(read(first));
            } else {
                open = false;
            }
        }
        if (!isEnd(peek())) {
            fault = "expected the end of the field after its quote; double quotes within quotes";
        }
    }

    private int peek() throws IOException {
        if (peeked == Integer.MIN_VALUE) {
            peeked = in.read();
            bytes += peeked == END ? 0 : 1;
        }
        return peeked;
    }

    private int read() throws IOException {
        int c = peek();
        peeked = Integer.MIN_VALUE;
        return c;
    }

    private int read(long first) throws IOException {
        if (bytes - start > MAX_RECORD_BYTES) {
            throw Failure.cannotOpen("%s: line %d: expected a record of at most %,d bytes, found more; close its quotes"
                    .formatted(name, first, MAX_RECORD_BYTES));
        }
        return read();
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(field.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            fault = "it is no UTF-8; convert the table";
            return "";
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
    }
}
