package org.engram.tools.qr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.EncodeHintType;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is drawn of the data codewords alone must be the symbol that they were read from, module by module. */
class QrSymbolTest {

    @ParameterizedTest
    @EnumSource(ErrorCorrectionLevel.class)
    void everyVersionIsDrawnAsItWasPrinted(ErrorCorrectionLevel level) throws Exception {
        Random random = new Random(7);
        for (int version = 1; version <= 40; version++) {
            int mask = random.nextInt(8);
            ByteMatrix printed = printed(text(random, version, level), version, level, mask);
            QrSymbol symbol = read(printed, level, mask);
            assertEquals(version, symbol.form().version());
            assertEquals(printed.toString(), symbol.modules().toString(), symbol.toString());
        }
    }

    @Test
    void everyMaskIsDrawnAsItWasPrinted() throws Exception {
        for (int mask = 0; mask < 8; mask++) {
            ByteMatrix printed = printed("any mask", 2, ErrorCorrectionLevel.Q, mask);
            assertEquals(
                    printed.toString(),
                    read(printed, ErrorCorrectionLevel.Q, mask).modules().toString());
        }
    }

    @Test
    void theNearestMaskIsTheOneThatWasPrinted() throws Exception {
        ByteMatrix printed = printed("which mask", 3, ErrorCorrectionLevel.L, 5);
        BitMatrix grid = grid(printed);
        for (int mask = 0; mask < 8; mask++) {
            int differing = read(printed, ErrorCorrectionLevel.L, mask).differing(grid);
            assertTrue(mask == 5 ? differing == 0 : differing > 100, "mask %d: %d".formatted(mask, differing));
        }
    }

    private static ByteMatrix printed(String text, int version, ErrorCorrectionLevel level, int mask) throws Exception {
        return Encoder.encode(
                        text, level, Map.of(EncodeHintType.QR_VERSION, version, EncodeHintType.QR_MASK_PATTERN, mask))
                .getMatrix();
    }

    private static QrSymbol read(ByteMatrix printed, ErrorCorrectionLevel level, int mask) throws Exception {
        byte[] data = new Decoder().decode(grid(printed)).getRawBytes();
        return new QrSymbol(QrSymbol.form(level, data).withMask(mask), data);
    }

    private static BitMatrix grid(ByteMatrix modules) {
        BitMatrix grid = new BitMatrix(modules.getWidth());
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y) == 1) {
                    grid.set(x, y);
                }
            }
        }
        return grid;
    }

    /** Bytes that fill a symbol to the last, or end somewhere before. */
    private static String text(Random random, int version, ErrorCorrectionLevel level) {
        int room = QrSize.bytes(version, level);
        byte[] bytes = new byte[version % 2 == 0 ? room : 1 + random.nextInt(room)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
