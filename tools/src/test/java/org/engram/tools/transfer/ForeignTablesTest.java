package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.qr.QrCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as spreadsheets and other programs write them. */
class ForeignTablesTest {

    private static final Geometry GEOMETRY = new Geometry(29, 29);

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStore() {
        store = directory.resolve("s");
        Cli.run("create", store, "--size", "29x29").expect(0);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, false",
        "UTF-8, true",
        "UTF-16LE, true",
        "UTF-16BE, true",
        "UTF-16LE, false",
        "UTF-16BE, false",
        "UTF-32LE, true",
        "UTF-32BE, true"
    })
    void aTableIsReadInWhateverUnicodeItIs(String charset, boolean marked) throws Exception {
        for (String end : List.of("\n", "\r\n", "\r")) {
            String text =
                    (marked ? "\uFEFF" : "") + String.join(end, "key,text", "Gr\u00fcn,hello", "\u952e,\"wo,rld\"", "");
            Path table = write("x.csv", text, Charset.forName(charset));
            assertEquals(
                    "", Cli.run("import", store, table, "--replace").expect(0).err());
            assertEquals(List.of("Gr\u00fcn", "\u952e"), keys());
            assertSymbol("hello", "Gr\u00fcn");
            assertSymbol("wo,rld", "\u952e");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "ISO-8859-1", "IBM850", "UTF-16"})
    void otherCharsetsAreNamed(String charset) throws Exception {
        Path table = write("x.csv", "Gr\u00fcn,hello\nb,world\n", Charset.forName(charset));
        if (!charset.equals("UTF-16")) {
            assertEquals(
                    "engram: %s is no UTF-8: name its encoding with --charset, such as windows-1252 for a csv of Excel\n"
                            .formatted(table),
                    Cli.run("import", store, table).expect(2).err());
        }
        Cli.run("import", store, table, "--charset", charset).expect(0);
        assertEquals(List.of("Gr\u00fcn", "b"), keys());
        assertEquals(
                "engram: --charset is unknown: expected a name such as windows-1252, found klingon\n",
                Cli.run("import", store, table, "--charset", "klingon")
                        .expect(1)
                        .err());
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|", ","})
    void theSeparatorIsFoundOut(String separator) throws Exception {
        for (String name : List.of("x.csv", "x.tsv")) {
            Path named = write(name, "key" + separator + "text\r\nA" + separator + "a-b\r\n");
            Cli.run("import", store, named).expect(0);
            Path bare = write(name, "B" + separator + "hello\nC" + separator + "world\n");
            assertEquals("", Cli.run("import", store, bare).expect(0).err());
            assertEquals(List.of("A", "B", "C"), keys());
            assertSymbol("world", "C");
        }
    }

    @Test
    void aSeparatorInATextIsNotTakenForTheOne() throws Exception {
        Cli.run("import", store, write("x.csv", "A;Hello, world\nB;Hi\nC;a, b, c\n"))
                .expect(0);
        assertSymbol("Hello, world", "A");
        Cli.run("import", store, write("y.csv", "D,a;b\nE,c;d\n")).expect(0);
        assertSymbol("a;b", "D");
    }

    @Test
    void aLineOrAnOptionTellsTheSeparator() throws Exception {
        for (String end : List.of("\n", "\r\n", "\r")) {
            Cli.run("import", store, write("x.csv", "\uFEFFsep=^" + end + "A^a,b" + end + "B^b" + end))
                    .expect(0);
            assertEquals(List.of("A", "B"), keys());
            assertSymbol("a,b", "A");
        }
        Cli.run("import", store, write("y.csv", "C!a,b\n"), "--separator", "!").expect(0);
        assertSymbol("a,b", "C");
        Cli.run("import", store, write("y.csv", "D\ta,b\n"), "--separator", "tab")
                .expect(0);
        assertSymbol("a,b", "D");
        assertEquals(
                "engram: --separator is wrong: expected one character of ASCII or tab, found \"ab\"\n",
                Cli.run("import", store, directory.resolve("y.csv"), "--separator", "ab")
                        .expect(1)
                        .err());
    }

    @Test
    void rowsBeforeTheNamesOfTheColumnsArePassedOverAndTold() throws Exception {
        Path table = write("x.csv", "Stock list;;;\n;;;\nof 2026;;;\nNo;Text;Key;\n1;hello;A;\n;;;\n2;world;B;\n");
        assertEquals(
                "engram: note: %s: 3 rows before the names of the columns passed over\n".formatted(table),
                Cli.run("import", store, table).expect(0).err());
        assertEquals(List.of("A", "B"), keys());
        assertSymbol("hello", "A");
    }

    @Test
    void theColumnsMayHaveOtherNames() throws Exception {
        Path table = write("x.csv", "Nr,Name,Address\n1,A,hello\n2,B,world\n");
        Cli.run("import", store, table, "--columns", "name,ADDRESS").expect(0);
        assertSymbol("world", "B");
        assertEquals(
                "engram: %s: expected a line that names the columns \"x\" and \"y\", found none; check --columns\n"
                        .formatted(table),
                Cli.run("import", store, table, "--columns", "x,y").expect(2).err());
        assertEquals(
                "engram: %s: expected 2 columns, key and text among them, found 3 with the separator \",\"; name another with --separator, or the columns with --columns\n"
                        .formatted(table),
                Cli.run("import", store, table).expect(2).err());
    }

    @ParameterizedTest
    @CsvSource({
        "'PK\u0003\u0004x', 'a zip file, as xlsx and ods are'",
        "'\u00D0\u00CF\u0011\u00E0x', a document of an older office program",
        "'<html><table>', HTML or XML",
        "'a\0\0\u00ffb,c\nd', NUL bytes",
    })
    void whatIsNoTableIsToldOnce(String content, String what) throws Exception {
        Path table = write("x.csv", content, StandardCharsets.ISO_8859_1);
        assertEquals(
                "engram: %s is no table: expected text, a row a line, found %s; save it as csv or tsv\n"
                        .formatted(table, what),
                Cli.run("import", store, table, "--format", "csv").expect(2).err());
        assertEquals(List.of(), keys());
    }

    @Test
    void oneRowThatIsNoTextSpoilsNoOther() throws Exception {
        Path table = directory.resolve("x.csv");
        Files.write(table, new byte[] {(byte) 0xC3, (byte) 0xBC, ',', 'a', '\n', (byte) 0xFC, ',', 'b', '\n'});
        assertEquals(
                "engram: skipped: %s: line 2: it is no UTF-8; convert the table\n".formatted(table),
                Cli.run("import", store, table).expect(2).err());
        assertEquals(List.of("\u00fc"), keys());
        Path wide = directory.resolve("y.csv");
        Files.write(wide, "\uFEFFA,a\nB,x\nC,c\n".getBytes(StandardCharsets.UTF_16LE));
        byte[] bytes = Files.readAllBytes(wide);
        bytes[15] = (byte) 0xDC; // half a character
        Files.write(wide, bytes);
        assertEquals(
                "engram: skipped: %s: line 2: it is no UTF-16LE; convert the table\n".formatted(wide),
                Cli.run("import", store, wide).expect(2).err());
        assertEquals(List.of("\u00fc", "A", "C"), keys());
    }

    @Test
    void aTableOfAnotherProgramMayComeFromStandardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("\uFEFFkey\ttext\r\nA\thello\r\n".getBytes(StandardCharsets.UTF_16LE)));
        try {
            Cli.run("import", store, "-", "--format", "tsv").expect(0);
        } finally {
            System.setIn(before);
        }
        assertSymbol("hello", "A");
    }

    private Path write(String name, String content) throws Exception {
        return write(name, content, StandardCharsets.UTF_8);
    }

    private Path write(String name, String content, Charset charset) throws Exception {
        return Files.write(directory.resolve(name), content.getBytes(charset));
    }

    private List<String> keys() {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            return open.neurons().stream().map(Neuron::key).toList();
        }
    }

    private void assertSymbol(String text, String key) {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            assertEquals(QrCodec.encode(text, GEOMETRY), open.pattern(key));
        }
    }
}
