package org.engram.tools.qr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.paper.PaperSymbols;
import org.junit.jupiter.api.Test;

final class QrCodecTest {

    private static final int VERSION_1 = 29;

    @Test
    void aVersion1SymbolHasFourPixelsAModuleAndAQuietZoneOfFourModules() {
        Pattern small = QrCodec.encode("ENGRAM", new Geometry(VERSION_1, VERSION_1));
        Pattern large = QrCodec.encode("ENGRAM", Geometry.PAPER);
        for (int y = 0; y < 116; y++) {
            for (int x = 0; x < 116; x++) {
                assertEquals(small.value(x / 4, y / 4), large.value(x, y));
            }
        }
        for (int i = 0; i < VERSION_1; i++) {
            assertEquals(1, small.value(3, i));
            assertEquals(1, small.value(i, 25));
        }
        assertEquals(0, small.value(4, 4));
        assertEquals(0, small.value(24, 4));
        assertEquals(0, small.value(4, 24));
    }

    @Test
    void aSymbolIsCentredInWhateverIsLeft() {
        Pattern wide = QrCodec.encode("ENGRAM", new Geometry(200, 121));
        Pattern square = QrCodec.encode("ENGRAM", Geometry.PAPER);
        for (int y = 0; y < 116; y++) {
            for (int x = 0; x < 116; x++) {
                assertEquals(square.value(x, y), wide.value(x + 42, y + 2));
            }
        }
    }

    @Test
    void everyTextComesBack() {
        for (String text : List.of("A", "engram 42", "ギギギギギギギギ", "漢字", "カナ and letters", "ｶﾅ", "schön", "€ 5", "🧠")) {
            assertEquals(Optional.of(text), QrCodec.decode(QrCodec.encode(text, new Geometry(200, 200))), text);
        }
    }

    @Test
    void theSmallestSymbolThatFitsIsReadable() {
        assertEquals(
                Optional.of("ENGRAM"), QrCodec.decode(QrCodec.encode("ENGRAM", new Geometry(VERSION_1, VERSION_1))));
    }

    @Test
    void aDamagedSymbolIsReadAsFarAsErrorCorrectionReaches() {
        Pattern clean = QrCodec.encode("ENGRAM", Geometry.PAPER);
        float[] values = clean.values();
        for (int y = 80; y < 92; y++) {
            for (int x = 80; x < 88; x++) {
                values[Geometry.PAPER.index(x, y)] = 1 - values[Geometry.PAPER.index(x, y)];
            }
        }
        assertEquals(Optional.of("ENGRAM"), QrCodec.decode(Pattern.of(Geometry.PAPER, values)));
    }

    @Test
    void aPictureWithoutASymbolIsNoText() {
        assertEquals(Optional.empty(), QrCodec.decode(Pattern.twoValued(Geometry.PAPER, new BitSet())));
    }

    @Test
    void eightKanaFitVersion1OnlyInKanjiMode() {
        Geometry version1 = new Geometry(VERSION_1, VERSION_1);
        assertEquals(version1, QrCodec.encode("ギギギギギギギギ", version1).geometry());
        assertThrows(IllegalArgumentException.class, () -> QrCodec.encode("ギギギギギギギ1", version1));
    }

    @Test
    void everyMaskIsAnotherPictureOfTheSameText() {
        Set<Pattern> pictures = new HashSet<>();
        for (int mask = 0; mask < 8; mask++) {
            Pattern picture = QrCodec.encode("ENGRAM", Geometry.PAPER, mask);
            assertEquals(Optional.of("ENGRAM"), QrCodec.decode(picture));
            pictures.add(picture);
        }
        assertEquals(8, pictures.size());
        assertTrue(pictures.contains(QrCodec.encode("ENGRAM", Geometry.PAPER)));
    }

    @Test
    void whatDoesNotFitIsRefusedWithOneLine() {
        assertMessage(
                "QR symbol does not fit: expected at least 29 x 29 pixels for version 1, found 28 x 100; "
                        + "shorten the text or choose a larger geometry",
                () -> QrCodec.encode("A", new Geometry(28, 100)));
        assertMessage(
                "text is too long for a QR symbol: 5000 characters; shorten it",
                () -> QrCodec.encode("x".repeat(5000), Geometry.PAPER));
        assertMessage(
                "text of a QR symbol is empty: expected at least one character",
                () -> QrCodec.encode("", Geometry.PAPER));
        assertMessage(
                "mask pattern is unknown: expected 0 to 7, found 8", () -> QrCodec.encode("A", Geometry.PAPER, 8));
    }

    @Test
    void thePaperHas298DifferentSymbolsInTheOrderOfTheirNeurons() {
        List<PaperSymbols.Symbol> symbols = PaperSymbols.all();
        Set<String> keys = new HashSet<>();
        Set<Pattern> patterns = new HashSet<>();
        for (int i = 0; i < symbols.size(); i++) {
            assertEquals(i, symbols.get(i).neuron());
            assertEquals(8, symbols.get(i).content().length());
            keys.add(symbols.get(i).key());
            patterns.add(symbols.get(i).pattern());
        }
        assertEquals(298, symbols.size());
        assertEquals(298, keys.size());
        assertEquals(298, patterns.size());
        assertEquals("ぎ", symbols.get(145).key());
        assertNotEquals(symbols.get(105).pattern(), symbols.get(145).pattern());
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable action) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
