package org.engram.tools.qr;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.EncodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.DecoderResult;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.decoder.Decoder;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import java.nio.charset.Charset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts to patterns and back, as QR symbols, white = 1. Safe for any number of threads. */
public final class QrCodec {

    private static final Charset SHIFT_JIS = CharsetGuess.SHIFT_JIS;

    private QrCodec() {}

    /**
     * Draws a text as a QR symbol in the usual form: error correction M, the smallest version that holds the text, and
     * the mask that the encoder prefers. The modules are whole pixels and as large as fit; the symbol is centred, with
     * a quiet zone of four modules. Kana and kanji are packed in Kanji mode. Refuses an empty text and a symbol that
     * does not fit with an IllegalArgumentException of one line.
     */
    public static Pattern encode(String text, Geometry geometry) {
        return encode(text, geometry, QrForm.USUAL);
    }

    /** Draws a text like {@link #encode(String, Geometry)}, with a mask of the caller's choice, 0 to 7. */
    public static Pattern encode(String text, Geometry geometry, int mask) {
        return encode(text, geometry, QrForm.USUAL.withMask(mask));
    }

    /** Draws a text like {@link #encode(String, Geometry)}, in another form. */
    public static Pattern encode(String text, Geometry geometry, QrForm form) {
        QRCode symbol = symbol(text, form);
        return QrDrawing.draw(
                symbol.getMatrix(),
                symbol.getVersion().getVersionNumber(),
                geometry,
                "shorten the text or choose a larger geometry");
    }

    /** The version that a text has in a form. Refuses a text like {@link #encode(String, Geometry)}. */
    public static int version(String text, QrForm form) {
        // with a given mask, because looking for one takes long
        return symbol(text, form.withMask(0)).getVersion().getVersionNumber();
    }

    /**
     * Reads a QR symbol: first as the clean drawing that {@link #encode} makes, then as a picture, which may be turned,
     * and damaged as far as error correction reaches. Values from 0.5 on count as white or nearly so.
     */
    public static Optional<String> decode(Pattern pattern) {
        return read(pattern, null).map(QrText::text);
    }

    /** Reads a QR symbol in any picture, as {@link #decode(Pattern)} does. */
    public static Optional<String> decode(LuminanceSource source) {
        return read(source, null).map(QrText::text);
    }

    /** Reads like {@link #decode(Pattern)}. The charset is for bytes whose symbol names none; it may be null. */
    public static Optional<QrText> read(Pattern pattern, @Nullable Charset charset) {
        return read(source(pattern), charset);
    }

    /** Reads a QR symbol in any picture, as {@link #read(Pattern, Charset)} does. */
    public static Optional<QrText> read(LuminanceSource source, @Nullable Charset charset) {
        return result(source)
                .map(result ->
                        QrSegments.text(result.getRawBytes(), form(result).version(), charset));
    }

    /**
     * The text that error correction reads from the modules of an upright symbol, black = set. Its charset is guessed
     * if it names none.
     */
    public static Optional<String> decode(BitMatrix modules) {
        try {
            DecoderResult read = new Decoder().decode(modules);
            QrForm form = QrSymbol.form(read);
            return Optional.ofNullable(
                    QrSegments.text(read.getRawBytes(), form.version(), null).text());
        } catch (ReaderException unreadable) {
            return Optional.empty();
        }
    }

    /** Version and error correction of the symbol that a pattern shows, without its mask. */
    public static Optional<QrForm> form(Pattern pattern) {
        return result(source(pattern)).map(QrCodec::form);
    }

    private static QrForm form(Result read) {
        Object level = read.getResultMetadata().get(ResultMetadataType.ERROR_CORRECTION_LEVEL);
        return QrSymbol.form(ErrorCorrectionLevel.valueOf((String) level), read.getRawBytes());
    }

    private static Optional<Result> result(LuminanceSource source) {
        for (boolean clean : List.of(true, false)) {
            Map<DecodeHintType, Object> hints = new EnumMap<>(DecodeHintType.class);
            hints.put(clean ? DecodeHintType.PURE_BARCODE : DecodeHintType.TRY_HARDER, true);
            for (BinaryBitmap bitmap : List.of(
                    new BinaryBitmap(new GlobalHistogramBinarizer(source)),
                    new BinaryBitmap(new HybridBinarizer(source)))) {
                Optional<Result> result = result(bitmap, hints);
                if (result.isPresent()) {
                    return result;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Result> result(BinaryBitmap bitmap, Map<DecodeHintType, Object> hints) {
        try {
            return Optional.of(new QRCodeReader().decode(bitmap, hints));
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

    private static QRCode symbol(String text, QrForm form) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("text of a QR symbol is empty: expected at least one character");
        }
        Map<EncodeHintType, Object> hints = hints(text);
        if (form.version() > 0) {
            hints.put(EncodeHintType.QR_VERSION, form.version());
        }
        try {
            return form.mask() < 0 ? masked(text, form.level(), hints) : symbol(text, form.level(), hints, form.mask());
        } catch (WriterException e) {
            throw new IllegalArgumentException(
                    form.version() == 0
                            ? "text is too long for a QR symbol: %d characters; shorten it".formatted(text.length())
                            : "text is too long for version %d with error correction %s: %d characters; choose a larger version"
                                    .formatted(form.version(), form.level(), text.length()),
                    e);
        }
    }

    /**
     * Draws with the mask that the encoder prefers. Only if {@link QrMask} cannot choose it, the encoder looks for it,
     * which takes long.
     */
    private static QRCode masked(String text, ErrorCorrectionLevel level, Map<EncodeHintType, Object> hints)
            throws WriterException {
        QRCode symbol = symbol(text, level, hints, 0);
        int version = symbol.getVersion().getVersionNumber();
        if (version > QrMask.MAX_VERSION) {
            return Encoder.encode(text, level, hints);
        }
        QrMask.choose(
                version,
                symbol.getMatrix(),
                mask -> symbol(text, level, hints, mask).getMatrix());
        return symbol;
    }

    private static QRCode symbol(String text, ErrorCorrectionLevel level, Map<EncodeHintType, Object> hints, int mask)
            throws WriterException {
        Map<EncodeHintType, Object> masked = new EnumMap<>(EncodeHintType.class);
        masked.putAll(hints);
        masked.put(EncodeHintType.QR_MASK_PATTERN, mask);
        return Encoder.encode(text, level, masked);
    }

    private static LuminanceSource source(Pattern pattern) {
        return source(pattern.geometry().width(), pattern.geometry().height(), pattern.values());
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
