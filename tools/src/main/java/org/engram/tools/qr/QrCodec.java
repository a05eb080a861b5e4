package org.engram.tools.qr;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.EncodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.WriterException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import java.nio.charset.Charset;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.engram.store.Geometry;
import org.engram.store.Pattern;

/** Texts to patterns and back, as QR symbols with error correction M, white = 1. Safe for any number of threads. */
public final class QrCodec {

    /** Modules of white that a symbol needs around it. */
    private static final int QUIET_ZONE = 4;

    private static final Charset SHIFT_JIS = Charset.forName("Shift_JIS");

    private QrCodec() {}

    /**
     * Draws a text as a QR symbol with the mask that the encoder prefers: the smallest version that holds the text,
     * whole modules as large as fit, a quiet zone of four modules, centred. Kana and kanji are packed in Kanji mode.
     * Refuses an empty text and a symbol that does not fit with an IllegalArgumentException of one line.
     */
    public static Pattern encode(String text, Geometry geometry) {
        return draw(text, geometry, hints(text));
    }

    /** Draws a text like {@link #encode(String, Geometry)}, with a mask of the caller's choice, 0 to 7. */
    public static Pattern encode(String text, Geometry geometry, int mask) {
        if (!QRCode.isValidMaskPattern(mask)) {
            throw new IllegalArgumentException("mask pattern is unknown: expected 0 to %d, found %d"
                    .formatted(QRCode.NUM_MASK_PATTERNS - 1, mask));
        }
        Map<EncodeHintType, Object> hints = hints(text);
        hints.put(EncodeHintType.QR_MASK_PATTERN, mask);
        return draw(text, geometry, hints);
    }

    /**
     * Reads a QR symbol, first as the clean drawing that {@link #encode} makes, then as a picture that may be turned or
     * damaged as far as error correction reaches. Values from 0.5 on count as white or nearly so.
     */
    public static Optional<String> decode(Pattern pattern) {
        return decode(source(pattern.geometry().width(), pattern.geometry().height(), pattern.values()));
    }

    /** Reads a QR symbol in any picture, as {@link #decode(Pattern)} does. */
    public static Optional<String> decode(LuminanceSource source) {
        for (boolean clean : List.of(true, false)) {
            Map<DecodeHintType, Object> hints = new EnumMap<>(DecodeHintType.class);
            hints.put(clean ? DecodeHintType.PURE_BARCODE : DecodeHintType.TRY_HARDER, true);
            for (BinaryBitmap bitmap : List.of(
                    new BinaryBitmap(new GlobalHistogramBinarizer(source)),
                    new BinaryBitmap(new HybridBinarizer(source)))) {
                Optional<String> text = read(bitmap, hints);
                if (text.isPresent()) {
                    return text;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> read(BinaryBitmap bitmap, Map<DecodeHintType, Object> hints) {
        try {
            return Optional.of(new QRCodeReader().decode(bitmap, hints).getText());
        } catch (ReaderException unreadable) {
            return Optional.empty();
        }
    }

    private static Map<EncodeHintType, Object> hints(String text) {
        Map<EncodeHintType, Object> hints = new EnumMap<>(EncodeHintType.class);
        if (isKanjiMode(text)) {
            hints.put(EncodeHintType.CHARACTER_SET, SHIFT_JIS.name());
        } else if (!text.chars().allMatch(c -> c < 0x80)) {
            hints.put(EncodeHintType.CHARACTER_SET, "UTF-8");
        }
        return hints;
    }

    /** Whether every character is one of the two-byte characters that Kanji mode packs into 13 bits. */
    private static boolean isKanjiMode(String text) {
        if (text.isEmpty() || !SHIFT_JIS.newEncoder().canEncode(text)) {
            return false;
        }
        byte[] bytes = text.getBytes(SHIFT_JIS);
        if (bytes.length != 2 * text.length()) {
            return false;
        }
        for (int i = 0; i < bytes.length; i += 2) {
            int lead = bytes[i] & 0xff;
            if ((lead < 0x81 || lead > 0x9f) && (lead < 0xe0 || lead > 0xeb)) {
                return false;
            }
        }
        return true;
    }

    private static Pattern draw(String text, Geometry geometry, Map<EncodeHintType, Object> hints) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("text of a QR symbol is empty: expected at least one character");
        }
        QRCode symbol;
        try {
            symbol = symbol(text, hints);
        } catch (WriterException e) {
            throw new IllegalArgumentException(
                    "text is too long for a QR symbol: %d characters; shorten it".formatted(text.length()), e);
        }
        ByteMatrix modules = symbol.getMatrix();
        int needed = modules.getWidth() + 2 * QUIET_ZONE;
        int scale = Math.min(geometry.width(), geometry.height()) / needed;
        if (scale < 1) {
            throw new IllegalArgumentException(
                    ("QR symbol does not fit: expected at least %d x %d pixels for version %d, found %s; "
                                    + "shorten the text or choose a larger geometry")
                            .formatted(needed, needed, symbol.getVersion().getVersionNumber(), geometry));
        }
        return draw(modules, scale, geometry);
    }

    /** Encodes with the mask of the hints. Without one the encoder looks for the mask that it prefers, which takes long. */
    private static QRCode symbol(String text, Map<EncodeHintType, Object> hints) throws WriterException {
        if (hints.containsKey(EncodeHintType.QR_MASK_PATTERN)) {
            return Encoder.encode(text, ErrorCorrectionLevel.M, hints);
        }
        QRCode symbol = symbol(text, hints, 0);
        int version = symbol.getVersion().getVersionNumber();
        if (version > QrMask.MAX_VERSION) {
            return Encoder.encode(text, ErrorCorrectionLevel.M, hints);
        }
        QrMask.choose(
                version, symbol.getMatrix(), mask -> symbol(text, hints, mask).getMatrix());
        return symbol;
    }

    private static QRCode symbol(String text, Map<EncodeHintType, Object> hints, int mask) throws WriterException {
        Map<EncodeHintType, Object> masked = new EnumMap<>(EncodeHintType.class);
        masked.putAll(hints);
        masked.put(EncodeHintType.QR_MASK_PATTERN, mask);
        return Encoder.encode(text, ErrorCorrectionLevel.M, masked);
    }

    private static Pattern draw(ByteMatrix modules, int scale, Geometry geometry) {
        int side = modules.getWidth();
        int corner = geometry.index((geometry.width() - scale * side) / 2, (geometry.height() - scale * side) / 2);
        BitSet white = new BitSet(geometry.pixels());
        white.set(0, geometry.pixels());
        for (int y = 0; y < side; y++) {
            int end;
            for (int x = next(true, modules, 0, y); x < side; x = next(true, modules, end, y)) {
                end = next(false, modules, x, y);
                for (int line = scale * y; line < scale * y + scale; line++) {
                    int start = corner + line * geometry.width();
                    white.clear(start + scale * x, start + scale * end);
                }
            }
        }
        return Pattern.twoValued(geometry, white);
    }

    /** The first dark, or white, module of a row from one on; the width when there is none. */
    private static int next(boolean dark, ByteMatrix modules, int x, int y) {
        int at = x;
        while (at < modules.getWidth() && (modules.get(at, y) == 1) != dark) {
            at++;
        }
        return at;
    }

    /** Values from 0 black to 1 white, row by row, for a QR reader. */
    public static LuminanceSource source(int width, int height, float[] values) {
        int[] pixels = new int[values.length];
        for (int j = 0; j < values.length; j++) {
            int grey = Math.round(255 * Math.clamp(values[j], 0f, 1f));
            pixels[j] = grey << 16 | grey << 8 | grey;
        }
        return new RGBLuminanceSource(width, height, pixels);
    }
}
