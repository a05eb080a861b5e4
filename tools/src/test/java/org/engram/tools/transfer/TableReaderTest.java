package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.engram.tools.console.Failure;
import org.junit.jupiter.api.Test;

class TableReaderTest {

    @Test
    void quotesHoldSeparatorsLineEndsAndQuotes() {
        assertEquals(
                List.of(row(1, "a", "b"), row(2, "x,\"y\"\r\n", ""), row(4, "", "z")),
                read("a,b\r\n\"x,\"\"y\"\"\r\n\",\n\n,z".replace("\n\n,z", "\n,z"), ','));
    }

    @Test
    void emptyLinesAndAByteOrderMarkCountForNothing() {
        assertEquals(List.of(row(1, "a"), row(4, "b")), read("\uFEFFa\n\r\n\nb\n\n", '\t'));
        assertEquals(List.of(), read("\n\n", ','));
        assertEquals(List.of(), read("", ','));
        assertEquals(List.of(row(1, "x\ry")), read("x\ry\r", ','));
    }

    @Test
    void aRowThatIsWrongSpoilsNoOther() {
        List<TableReader.Row> rows = read("\"a\"b,c\nd,e\n", ',');
        assertEquals(
                "expected the end of the field after its quote; double quotes within quotes",
                rows.get(0).fault());
        assertEquals(row(2, "d", "e"), rows.get(1));
        rows = read(new byte[] {(byte) 0xC3, ',', 'a', '\n', 'b', '\n'});
        assertEquals("it is no UTF-8; convert the table", rows.get(0).fault());
        assertEquals(row(2, "b"), rows.get(1));
        assertEquals("its quote is not closed", read("\"a\nb", ',').get(0).fault());
    }

    @Test
    void aRecordWithoutEndIsRefusedBeforeItFillsTheMemory() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return '"';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                java.util.Arrays.fill(into, offset, offset + length, (byte) '"');
                return length;
            }
        };
        try (TableReader table = new TableReader("x.csv", endless, TableForm.plain(','))) {
            assertEquals(
                    "x.csv: line 1: expected a record of at most 65,536 bytes, found more; close its quotes",
                    assertThrows(Failure.class, table::next).getMessage());
        }
    }

    @Test
    void whatTheWriterWritesReadsBack() throws IOException {
        Random random = new Random(1);
        String[] pieces = {"a", "\"", ",", "\t", "\n", "\r", "\uFEFF", " ", "\u00e9", "\uD83D\uDE00"};
        for (char separator : new char[] {',', '\t'}) {
            List<TableReader.Row> expected = new ArrayList<>();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = 0; i < 500; i++) {
                List<String> fields = new ArrayList<>();
                for (int k = 0; k < 2; k++) {
                    StringBuilder field = new StringBuilder("k");
                    for (int n = random.nextInt(5); n > 0; n--) {
                        field.append(pieces[random.nextInt(pieces.length)]);
                    }
                    fields.add(random.nextBoolean() ? field.toString() : field.substring(1) + "k");
                }
                Exporter.writeRow(out, separator, fields);
                expected.add(new TableReader.Row(0, fields, ""));
            }
            assertEquals(
                    expected,
                    read(out.toString(StandardCharsets.UTF_8), separator).stream()
                            .map(row -> new TableReader.Row(0, row.fields(), row.fault()))
                            .toList());
        }
    }

    private static TableReader.Row row(long line, String... fields) {
        return new TableReader.Row(line, List.of(fields), "");
    }

    private static List<TableReader.Row> read(byte[] bytes) {
        return read(new ByteArrayInputStream(bytes), ',');
    }

    private static List<TableReader.Row> read(String text, char separator) {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), separator);
    }

    private static List<TableReader.Row> read(InputStream in, char separator) {
        List<TableReader.Row> rows = new ArrayList<>();
        try (TableReader table = new TableReader("x.csv", in, TableForm.plain(separator))) {
            for (TableReader.Row row = table.next(); row != null; row = table.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
