package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.engram.tools.image.Png;
import org.engram.tools.image.RawName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of files and of zip entries that are in no Unicode. */
class ForeignNamesTest {

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStore() {
        store = directory.resolve("s");
        Cli.run("create", store, "--size", "29x29").expect(0);
    }

    @Test
    void namesInAZipOfDosAreReadAndThoseOfUnixToo() throws Exception {
        Path dos = zip("dos.zip", Charset.forName("IBM437"), null, "plain.png", "Gr\u00fcnstra\u00dfe.png");
        assertEquals("", Cli.run("import", store, dos).expect(0).err());
        assertEquals(List.of("plain", "Gr\u00fcnstra\u00dfe"), keys());
        byte[] unmarked = Files.readAllBytes(zip("unix.zip", StandardCharsets.UTF_8, null, "\u952e.png"));
        for (int i = 0; i + 10 < unmarked.length; i++) {
            boolean local =
                    unmarked[i] == 'P' && unmarked[i + 1] == 'K' && unmarked[i + 2] == 3 && unmarked[i + 3] == 4;
            boolean central =
                    unmarked[i] == 'P' && unmarked[i + 1] == 'K' && unmarked[i + 2] == 1 && unmarked[i + 3] == 2;
            if (local || central) {
                unmarked[i + (local ? 7 : 9)] &= ~8;
            }
        }
        Cli.run("import", store, Files.write(directory.resolve("unix.zip"), unmarked))
                .expect(0);
        assertEquals(List.of("plain", "Gr\u00fcnstra\u00dfe", "\u952e"), keys());
    }

    @ParameterizedTest
    @CsvSource({"windows-1251, \u041a\u043b\u044e\u0447", "Shift_JIS, \u9375", "IBM850, \u00f8\u00d8"})
    void otherCharsetsOfAZipAreNamed(String charset, String key) throws Exception {
        assumeTrue(Charset.isSupported(charset));
        Path zip = zip("x.zip", Charset.forName(charset), null, key + ".png", "plain.png");
        Cli.run("import", store, zip, "--charset", charset).expect(0);
        assertEquals(List.of(key, "plain"), keys());
    }

    @Test
    void theUnicodePathOfAnEntryIsBelievedIfItIsOfThisName() throws Exception {
        Path zip = zip("x.zip", Charset.forName("windows-1251"), "\u952e.png", "\u041a.png");
        Cli.run("import", store, zip).expect(0);
        assertEquals(List.of("\u952e"), keys());
        byte[] renamed = Files.readAllBytes(zip);
        for (int i = 0; i < renamed.length; i++) {
            renamed[i] = renamed[i] == (byte) 0xCA && renamed[i + 1] == '.' ? (byte) 'K' : renamed[i];
        }
        Cli.run("import", store, Files.write(zip, renamed)).expect(0);
        assertEquals(List.of("\u952e", "K"), keys());
    }

    @Test
    void aNameThatIsNotWhatItsFlagSaysSpoilsNoOther() throws Exception {
        byte[] bytes = Files.readAllBytes(zip("x.zip", StandardCharsets.UTF_8, null, "gr\u00fcn.png", "plain.png"));
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == (byte) 0xC3 && bytes[i + 1] == (byte) 0xBC) {
                bytes[i + 1] = 'x';
            }
        }
        Cli.run("import", store, Files.write(directory.resolve("x.zip"), bytes)).expect(0);
        assertEquals(List.of("gr%C3xn", "plain"), keys());
    }

    @Test
    void directoriesOfWindowsAreDirectories() throws Exception {
        Path zip =
                zip("x.zip", StandardCharsets.UTF_8, null, "a.png", "deeper\\b.png", ".hidden\\c.png", "deeper/d.png");
        Cli.run("import", store, zip).expect(0);
        assertEquals(List.of("a"), keys());
        Cli.run("import", store, zip, "--recursive").expect(0);
        assertEquals(List.of("a", "deeper/b", "deeper/d"), keys());
    }

    @Test
    void aPackingThatIsUnknownSpoilsNoOther() throws Exception {
        byte[] bytes = Files.readAllBytes(zip("x.zip", StandardCharsets.UTF_8, null, "a.png", "b.png"));
        for (int i = bytes.length - 1; i > 0; i--) {
            if (bytes[i] == 1 && bytes[i + 1] == 2 && bytes[i - 1] == 'K') {
                bytes[i + 8] = 93; // zstd, of the last entry
                break;
            }
        }
        Path zip = Files.write(directory.resolve("x.zip"), bytes);
        assertEquals(
                "engram: skipped: cannot read %s: b.png: it is packed by method 93, which is not known here; pack it by another\n"
                        .formatted(zip),
                Cli.run("import", store, zip).expect(2).err());
        assertEquals(List.of("a"), keys());
    }

    @Test
    void aDocumentOfAnOfficeProgramIsToldOnce() throws Exception {
        Path document = zip("x.xlsx", StandardCharsets.UTF_8, null, "[Content_Types].xml", "_rels.xml");
        assertEquals(
                "engram: %s is a document of an office program: expected images in a zip file; save its table as csv\n"
                        .formatted(document),
                Cli.run("import", store, document).expect(2).err());
    }

    @Test
    void filesWhoseNamesAreNoTextAreAllTaken() throws Exception {
        Path images = Files.createDirectory(directory.resolve("images"));
        Path image = Images.write(Images.noise(29, 29, 1), directory.resolve("x.png"));
        Process shell = new ProcessBuilder(
                        "bash",
                        "-c",
                        "cp \"$1\" $'gr\\xfcn.png' && cp \"$1\" $'gr\\xf6n.png' && cp \"$1\" $'\\xc3\\xbc.png' && mkdir $'d\\xff' && cp \"$1\" $'d\\xff/e\\xc3.png'",
                        "bash",
                        image.toString())
                .directory(images.toFile())
                .inheritIO()
                .start();
        assumeTrue(shell.waitFor() == 0, "the disk takes such names");
        assertEquals(
                "imported 4 patterns; the store holds 4 patterns\n",
                Cli.run("import", store, images, "--recursive").expect(0).out());
        assertEquals(
                List.of("d%FF/e%C3", "gr%F6n", "gr%FCn", "\u00fc"),
                keys().stream().sorted().toList());
        Path other = directory.resolve("other");
        Cli.run("create", other, "--size", "29x29").expect(0);
        assertEquals(
                "memorized 3 patterns as neurons 0 to 2; the store holds 3 patterns\n",
                Cli.run("memorize", other, images).expect(0).out());
    }

    @Test
    void theBytesThatAreNoTextAreEscaped() {
        assertEquals("a\u00fc%FF%C3.", RawName.of(new byte[] {'a', (byte) 0xC3, (byte) 0xBC, -1, (byte) 0xC3, '.'}));
        assertEquals("%E2%82", RawName.of(new byte[] {(byte) 0xE2, (byte) 0x82}));
        assertEquals("", RawName.of(new byte[0]));
        assertEquals("/a/b", RawName.of(Path.of("/a/b")));
    }

    /** Entries of one image each, every name in the charset, and with a Unicode path beside it if there is one. */
    private Path zip(String name, Charset charset, String unicode, String... names) throws Exception {
        Path zip = directory.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip), charset)) {
            for (int i = 0; i < names.length; i++) {
                ZipEntry entry = new ZipEntry(names[i]);
                if (unicode != null) {
                    entry.setExtra(unicodePath(names[i].getBytes(charset), unicode));
                }
                out.putNextEntry(entry);
                out.write(Png.bytes(Images.noise(29, 29, i)));
            }
        }
        return zip;
    }

    private static byte[] unicodePath(byte[] raw, String unicode) {
        byte[] path = unicode.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(raw);
        return ByteBuffer.allocate(9 + path.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0x7075)
                .putShort((short) (5 + path.length))
                .put((byte) 1)
                .putInt((int) crc.getValue())
                .put(path)
                .array();
    }

    private List<String> keys() {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            return open.neurons().stream().map(Neuron::key).toList();
        }
    }
}
