package org.engram.tools.qr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.EncodeHintType;
import com.google.zxing.common.BitArray;
import com.google.zxing.common.DecoderResult;
import com.google.zxing.qrcode.decoder.Decoder;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.decoder.Mode;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QrSegmentsTest {

    private static final String CAPITALS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    /** What a text is made of, and the charset that its symbol names, if any. */
    private record Kind(String characters, String charset, TextOrigin origin) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("0123456789", null, TextOrigin.ASCII),
            new Kind(CAPITALS, null, TextOrigin.ASCII),
            new Kind(CAPITALS + "abcdefghijklmnopqrstuvwxyz{}~^_`\t\n", null, TextOrigin.ASCII),
            new Kind("漢字かなカナ今度暗号化。、ー鼾", "Shift_JIS", TextOrigin.KANJI),
            new Kind("aé€漢🧠", "UTF-8", TextOrigin.ECI),
            new Kind("привет мир", "windows-1251", TextOrigin.ECI),
            new Kind("zażółć gęślą jaźń", "ISO-8859-2", TextOrigin.ECI),
            new Kind("汉字编码", "GB18030", TextOrigin.ECI),
            new Kind("한글", "EUC-KR", TextOrigin.ECI));

    @Test
    void thousandsOfTextsOfAllModesReadAsZXingReadsThem() throws Exception {
        Random random = new Random(3);
        Set<TextOrigin> seen = new TreeSet<>();
        for (int i = 0; i < 4500; i++) {
            Kind kind = KINDS.get(i % KINDS.size());
            String text = text(random, kind.characters(), 1 + random.nextInt(i % 50 == 0 ? 400 : 30));
            Map<EncodeHintType, Object> hints = new EnumMap<>(EncodeHintType.class);
            if (kind.charset() != null) {
                hints.put(EncodeHintType.CHARACTER_SET, kind.charset());
            }
            DecoderResult zxing = read(text, hints);
            QrText read = text(zxing, null);
            assertEquals(text, read.text());
            assertEquals(zxing.getText(), read.text());
            seen.add(read.origin());
            assertTrue(read.isCertain());
            assertTrue(read.origin() == kind.origin() || text.chars().allMatch(c -> c < 0x80), text);
        }
        assertEquals(Set.of(TextOrigin.ASCII, TextOrigin.KANJI, TextOrigin.ECI), seen);
    }

    @Test
    void textsOfManySegmentsReadAsZXingReadsThem() throws Exception {
        Random random = new Random(4);
        // ZXing fails to draw some mixtures of Kanji mode and bytes
        List<Kind> mixed = KINDS.stream()
                .filter(kind -> kind.origin() != TextOrigin.KANJI
                        && !kind.characters().contains("漢")
                        && !kind.characters().contains("汉"))
                .toList();
        for (int i = 0; i < 1000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = 0; part < 5; part++) {
                text.append(text(random, mixed.get(random.nextInt(mixed.size())).characters(), 1 + random.nextInt(12)));
            }
            DecoderResult zxing = read(text.toString(), Map.of(EncodeHintType.QR_COMPACT, true));
            assertEquals(zxing.getText(), text(zxing, null).text());
            assertEquals(text.toString(), text(zxing, null).text());
        }
    }

    @Test
    void percentSignsOfGs1SeparateGroups() throws Exception {
        DecoderResult zxing = read("010%%A%B%%%C", Map.of(EncodeHintType.GS1_FORMAT, true));
        assertEquals("010%A\u001dB%\u001dC", text(zxing, null).text());
        assertEquals(zxing.getText(), text(zxing, null).text());
    }

    /** Bytes of a symbol that names no charset, in hexadecimal, and what they are. */
    @ParameterizedTest
    @CsvSource({
        // ISO-8859-1, where ZXing takes some for Shift JIS
        "3130 20b5 6d, 10 µm, iso-8859-1",
        "de f3 72, Þór, iso-8859-1",
        "c4 d6 dc df, ÄÖÜß, iso-8859-1",
        "c4 d6 dc 20 e4 f6 fc, ÄÖÜ äöü, iso-8859-1",
        "c0 c2 c7 c9, ÀÂÇÉ, iso-8859-1",
        "e9 74 e9, été, iso-8859-1",
        "b1 32 b0 43, ±2°C, iso-8859-1",
        // UTF-8
        "c3 9e c3 b3 72, Þór, utf-8",
        "e6 bc a2 e5 ad 97, 漢字, utf-8",
        "f0 9f a7 a0, 🧠, utf-8",
        // Shift JIS, as labels from Japan have it
        "c3 de bb de b2 dd 51 52, ﾃﾞｻﾞｲﾝQR, shift_jis",
        "2a c0 de cc de d9, *ﾀﾞﾌﾞﾙ, shift_jis",
        "93 fc 82 e8, 入り, shift_jis",
        // the same in all
        "41 62 63, Abc, ascii"
    })
    void bytesWithoutACharsetAreReadByWhatTheyCanBe(String hex, String text, String origin) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        QrText read = text(read(new String(bytes, StandardCharsets.ISO_8859_1), Map.of()), null);
        assertEquals(text, read.text());
        assertEquals(origin, read.origin().word());
        assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(read.bytes()));
        assertEquals(!Set.of("iso-8859-1", "shift_jis").contains(origin), read.isCertain());
    }

    @Test
    void aChosenCharsetIsThatOfBytesWithoutOne() throws Exception {
        byte[] bytes = "Привет".getBytes(Charset.forName("windows-1251"));
        DecoderResult symbol = read(new String(bytes, StandardCharsets.ISO_8859_1), Map.of());
        QrText read = text(symbol, Charset.forName("windows-1251"));
        assertEquals("Привет", read.text());
        assertEquals("option", read.origin().word());
        assertTrue(read.isCertain());
        DecoderResult named = read("Þór", Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"));
        assertEquals("Þór", text(named, Charset.forName("windows-1251")).text());
    }

    @Test
    void bytesThatAreNoneOfTheirCharsetAreNoText() throws Exception {
        QrText read = text(read("Þór", Map.of()), StandardCharsets.UTF_8);
        assertNull(read.text());
        assertEquals("3vNy", read.base64());
    }

    @Test
    void aCharacterSplitBetweenSegmentsIsWhole() {
        BitArray bits = new BitArray();
        append(bits, 0xc3);
        append(bits, 0xb3);
        assertEquals("ó", QrSegments.text(data(bits), 1, null).text());
    }

    @Test
    void aSymbolThatNamesTheWrongCharsetHasNoText() {
        BitArray bits = new BitArray();
        bits.appendBits(Mode.ECI.getBits(), 4);
        bits.appendBits(26, 8); // UTF-8
        append(bits, 0xde);
        QrText read = QrSegments.text(data(bits), 1, StandardCharsets.ISO_8859_1);
        assertNull(read.text());
        assertEquals("eci", read.origin().word());
        assertFalse(read.isCertain());
    }

    private static void append(BitArray bits, int singleByte) {
        bits.appendBits(Mode.BYTE.getBits(), 4);
        bits.appendBits(1, 8);
        bits.appendBits(singleByte, 8);
    }

    private static byte[] data(BitArray bits) {
        byte[] data = new byte[16];
        bits.toBytes(0, data, 0, bits.getSizeInBytes());
        return data;
    }

    private static String text(Random random, String characters, int length) {
        int[] points = characters.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private static QrText text(DecoderResult read, Charset charset) {
        QrForm form = QrSymbol.form(ErrorCorrectionLevel.valueOf(read.getECLevel()), read.getRawBytes());
        return QrSegments.text(read.getRawBytes(), form.version(), charset);
    }

    private static DecoderResult read(String text, Map<EncodeHintType, Object> hints) throws Exception {
        Map<EncodeHintType, Object> quick = new EnumMap<>(EncodeHintType.class);
        quick.putAll(hints);
        quick.put(EncodeHintType.QR_MASK_PATTERN, 0);
        ByteMatrix modules = Encoder.encode(text, ErrorCorrectionLevel.L, quick).getMatrix();
        boolean[][] dark = new boolean[modules.getHeight()][modules.getWidth()];
        for (int y = 0; y < dark.length; y++) {
            for (int x = 0; x < dark.length; x++) {
                dark[y][x] = modules.get(x, y) == 1;
            }
        }
        return new Decoder().decode(dark);
    }
}
