package org.engram.tools.qr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.zxing.EncodeHintType;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The mask must be the one that the encoder chooses itself, which takes it eight times as long. */
class QrMaskTest {

    @Test
    void theEncoderWouldChooseTheSame() throws Exception {
        Random random = new Random(1);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            String text = text(random, i);
            QRCode expected = Encoder.encode(text, ErrorCorrectionLevel.M);
            int version = expected.getVersion().getVersionNumber();
            QRCode symbol = masked(text, 0);
            QrMask.choose(
                    version, symbol.getMatrix(), mask -> masked(text, mask).getMatrix());
            assertEquals(expected.getMatrix().toString(), symbol.getMatrix().toString(), text);
            seen.add("version " + version);
            seen.add("mask " + expected.getMaskPattern());
        }
        assertEquals(QrMask.MAX_VERSION + 8, seen.size());
    }

    /** Digits, capitals or bytes, of every length that a version of at most 64 modules a side holds. */
    private static String text(Random random, int i) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(i % 4 == 0 ? 20 : 250);
        int kind = i % 3;
        for (int k = 0; k < length; k++) {
            text.append((char)
                    (kind == 0
                            ? '0' + random.nextInt(10)
                            : kind == 1 ? 'A' + random.nextInt(26) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }

    private static QRCode masked(String text, int mask) throws com.google.zxing.WriterException {
        return Encoder.encode(text, ErrorCorrectionLevel.M, Map.of(EncodeHintType.QR_MASK_PATTERN, mask));
    }
}
