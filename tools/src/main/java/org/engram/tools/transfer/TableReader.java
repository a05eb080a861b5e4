package org.engram.tools.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.engram.tools.console.Failure;

/**
 * Reads tables as in RFC 4180, with any charset and separator. A field with a separator, quote or line end in it stands
 * in quotes, and its quotes are doubled. Lines end with LF or CR LF, or all with CR. Empty lines do not count.
 */
final class TableReader implements AutoCloseable {

    /**
     * This is longer than a key and the text of a QR symbol can be. A longer record has a quote that was never closed,
     * or is no table.
     */
    static final int MAX_RECORD_BYTES = 65_536;

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /** The same mark in UTF-8, with one character for each byte. */
    private static final String BYTES_OF_THE_MARK = "\u00EF\u00BB\u00BF";

    private static final char UNKNOWN = '\uFFFD';

    private static final int END = -1;

    /** One record: the line where it begins (from 1), its fields, and what is wrong with it ("" for nothing). */
    record Row(long line, List<String> fields, String fault) {}

    private final String name;
    private final TableForm form;
    /**
     * Whether the charset is UTF-8. It is read with one character for each byte, so that a field that is not UTF-8 can
     * be told.
     */
    private final boolean isUtf8;

    private final Reader in;
    private final StringBuilder field = new StringBuilder();
    private long line = 1;
    private long bytes;
    private long start;
    private int peeked = Integer.MIN_VALUE;
    private String fault = "";

    TableReader(String name, InputStream in, TableForm form) {
        this.name = name;
        this.form = form;
        this.isUtf8 = form.charset().equals(StandardCharsets.UTF_8);
        this.in = new BufferedReader(
                new InputStreamReader(in, isUtf8 ? StandardCharsets.ISO_8859_1 : form.charset()), 1 << 16);
    }

    /** How many bytes of UTF-8, or characters of another charset, have been read. */
    long position() {
        return bytes;
    }

    /** The next record; null at the end. Fails if the table cannot be read, or a record has no end. */
    Row next() {
        try {
            if (bytes == 0) {
                skip(isUtf8 ? BYTES_OF_THE_MARK : BYTE_ORDER_MARK);
                skipSeparatorLine();
            }
            while (peek() == '\n' || peek() == '\r') {
                endLine();
            }
            return peek() == END ? null : record();
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
    }

    private void skip(String mark) throws IOException {
        in.mark(mark.length());
        for (int i = 0; i < mark.length(); i++) {
            if (in.read() != mark.charAt(i)) {
                in.reset();
                return;
            }
        }
        bytes = mark.length();
    }

    private void skipSeparatorLine() throws IOException {
        while (form.hasSeparatorLine() && peek() != END && peek() != '\n' && peek() != '\r') {
            read();
        }
    }

    /** Takes one line end, or the end of the table. */
    private void endLine() throws IOException {
        int c = read();
        line += c == '\n' || (c == '\r' && form.endsWithReturn()) ? 1 : 0;
    }

    private Row record() throws IOException {
        long first = line;
        start = bytes;
        fault = "";
        List<String> fields = new ArrayList<>();
        boolean more = true;
        while (more) {
            field.setLength(0);
            if (peek() == '"') {
                readQuoted(first);
            }
            while (!isEnd(peek())) {
                field.append((char) read(first));
            }
            fields.add(text());
            more = peek() == form.separator();
            if (more) {
                read();
            }
        }
        while (peek() == '\r' && !form.endsWithReturn()) {
            read();
        }
        endLine();
        return new Row(first, fields, fault);
    }

    private boolean isEnd(int c) throws IOException {
        if (c == '\r' && !form.endsWithReturn()) {
            in.mark(1);
            int next = in.read();
            in.reset();
            return next == '\n' || next == END;
        }
        return c == form.separator() || c == '\n' || c == '\r' || c == END;
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
                line += c == '\n' || (c == '\r' && form.endsWithReturn()) ? 1 : 0;
                field.append((char) c);
            } else if (peek() == '"') {
                field.append((char) read(first));
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
        String text = field.toString();
        if (!isUtf8) {
            fault = text.indexOf(UNKNOWN) < 0 ? fault : "it is no " + form.charset() + "; convert the table";
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
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
