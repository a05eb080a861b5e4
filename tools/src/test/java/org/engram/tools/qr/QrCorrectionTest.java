package org.engram.tools.qr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.decoder.Version;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.engram.tools.fixture.photo.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrCorrectionTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7, 10, 15})
    void everyBlockHasItsCorrectionOnce(int version) {
        for (ErrorCorrectionLevel level : ErrorCorrectionLevel.values()) {
            Symbol symbol = Symbol.of("text", version, level, 3);
            List<int[]> blocks = correction(symbol);
            Version.ECBlocks expected = Version.getVersionForNumber(version).getECBlocksForLevel(level);
            assertEquals(expected.getNumBlocks(), blocks.size());
            assertEquals(
                    8L * expected.getTotalECCodewords(),
                    blocks.stream().flatMapToInt(IntStream::of).distinct().count());
        }
    }

    @Test
    void halfOfTheCorrectionOfABlockMayBeWrong() {
        Symbol symbol = Symbol.of("text", 5, ErrorCorrectionLevel.Q, 6);
        assertEquals(Optional.of("text"), QrCodec.decode(dark(symbol.modules())));
        for (int[] block : correction(symbol)) {
            BitMatrix wrong = dark(symbol.modules());
            for (int module : block) {
                wrong.flip(module % symbol.side(), module / symbol.side());
            }
            int restored = 0;
            while (QrCodec.decode(wrong.clone()).isEmpty()) {
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    int module = block[Byte.SIZE * restored + bit];
                    wrong.flip(module % symbol.side(), module / symbol.side());
                }
                restored++;
            }
            assertEquals(block.length / Byte.SIZE / 2, restored);
            assertEquals(Optional.of("text"), QrCodec.decode(wrong.clone()));
        }
    }

    private static List<int[]> correction(Symbol symbol) {
        return QrCorrection.modules(
                symbol.side(), module -> !symbol.isDark(module % symbol.side(), module / symbol.side()));
    }

    private static BitMatrix dark(ByteMatrix modules) {
        BitMatrix dark = new BitMatrix(modules.getWidth());
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y) == 1) {
                    dark.set(x, y);
                }
            }
        }
        return dark;
    }
}
