package org.engram.tools.qr;

import com.google.zxing.FormatException;
import com.google.zxing.common.BitSource;
import com.google.zxing.common.CharacterSetECI;
import com.google.zxing.qrcode.decoder.Mode;
import com.google.zxing.qrcode.decoder.Version;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data codewords of a symbol as ISO/IEC 18004 has them: segments of digits, capitals, bytes or kanji, with
 * words about charsets between them. ZXing reads the same, but does not say when it guesses a charset.
 */
final class QrSegments {

    private static final String ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private static final Charset GB2312 = Charset.forName("GB2312");
    private static final Pattern PERCENTS = Pattern.compile("%%?");
    private static final String GROUP_SEPARATOR = "\u001d";

    /** Bytes of neighbouring segments with the same meaning. Without an ECI the charset of bytes is null. */
    private record Part(TextOrigin origin, @Nullable Charset charset, ByteArrayOutputStream bytes) {}

    private final BitSource bits;
    private final Version version;
    private final List<Part> parts = new ArrayList<>();
    private boolean hasEci;
    /** The charset of the bytes that follow; null before any was named, and when it is not known. */
    private @Nullable Charset eci;

    private boolean hasFnc1;

    private QrSegments(byte[] data, Version version) {
        this.bits = new BitSource(data);
        this.version = version;
    }

    /** The text of data codewords that ZXing has accepted. The chosen charset is for bytes without ECI; it may be null. */
    static QrText text(byte[] data, int version, @Nullable Charset chosen) {
        QrSegments segments = new QrSegments(data, Version.getVersionForNumber(version));
        segments.read();
        return segments.text(chosen);
    }

    private void read() {
        Mode mode = mode();
        while (mode != Mode.TERMINATOR) {
            switch (mode) {
                case NUMERIC -> readDigits(count(mode));
                case ALPHANUMERIC -> readCapitals(count(mode));
                case BYTE -> readBytes(count(mode));
                case KANJI ->
                    readDoubles(TextOrigin.KANJI, CharsetGuess.SHIFT_JIS, count(mode), 0xc0, 0x1f00, 0x8140, 0xc140);
                case HANZI -> {
                    bits.readBits(4); // skips the set of characters: there is only one
                    readDoubles(TextOrigin.ECI, GB2312, count(mode), 0x60, 0xa00, 0xa1a1, 0xa6a1);
                }
                case ECI -> readEci();
                case STRUCTURED_APPEND -> bits.readBits(16);
                case FNC1_FIRST_POSITION -> hasFnc1 = true;
                case FNC1_SECOND_POSITION -> {
                    bits.readBits(8); // skips whose data it is
                    hasFnc1 = true;
                }
                case TERMINATOR -> throw new AssertionError();
            }
            mode = mode();
        }
    }

    private Mode mode() {
        return bits.available() < 4 ? Mode.TERMINATOR : Mode.forBits(bits.readBits(4));
    }

    private int count(Mode mode) {
        return bits.readBits(mode.getCharacterCountBits(version));
    }

    private ByteArrayOutputStream part(TextOrigin origin, @Nullable Charset charset) {
        Part last = parts.isEmpty() ? null : parts.getLast();
        if (last == null || last.origin() != origin || !Objects.equals(last.charset(), charset)) {
            last = new Part(origin, charset, new ByteArrayOutputStream());
            parts.add(last);
        }
        return last.bytes();
    }

    private void readDigits(int count) {
        ByteArrayOutputStream part = part(TextOrigin.ASCII, StandardCharsets.US_ASCII);
        for (int left = count; left > 0; left -= 3) {
            int digits = Math.min(left, 3);
            int number = bits.readBits(3 * digits + 1);
            for (int unit = digits == 3 ? 100 : digits == 2 ? 10 : 1; unit > 0; unit /= 10) {
                part.write('0' + number / unit % 10);
            }
        }
    }

    private void readCapitals(int count) {
        StringBuilder capitals = new StringBuilder();
        for (int left = count; left > 1; left -= 2) {
            int two = bits.readBits(11);
            capitals.append(ALPHANUMERIC.charAt(two / 45)).append(ALPHANUMERIC.charAt(two % 45));
        }
        if (count % 2 == 1) {
            capitals.append(ALPHANUMERIC.charAt(bits.readBits(6)));
        }
        String text = capitals.toString();
        if (hasFnc1) {
            text = PERCENTS.matcher(text).replaceAll(found -> found.group().equals("%") ? GROUP_SEPARATOR : "%");
        }
        part(TextOrigin.ASCII, StandardCharsets.US_ASCII).writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void readBytes(int count) {
        ByteArrayOutputStream part = part(hasEci ? TextOrigin.ECI : TextOrigin.UTF_8, eci);
        for (int i = 0; i < count; i++) {
            part.write(bits.readBits(8));
        }
    }

    /**
     * Reads pairs of bytes that are packed into 13 bits. A row has {@code row} pairs. Rows begin at {@code first} and,
     * behind the gap, at {@code second}.
     */
    private void readDoubles(TextOrigin origin, Charset charset, int count, int row, int gap, int first, int second) {
        ByteArrayOutputStream part = part(origin, charset);
        for (int i = 0; i < count; i++) {
            int packed = bits.readBits(13);
            int place = (packed / row) << 8 | (packed % row);
            int pair = place + (place < gap ? first : second);
            part.write(pair >> 8);
            part.write(pair);
        }
    }

    private void readEci() {
        int first = bits.readBits(8);
        int more = (first & 0x80) == 0 ? 0 : (first & 0x40) == 0 ? 1 : 2;
        int value = first & 0x7f >> more;
        for (int i = 0; i < more; i++) {
            value = value << 8 | bits.readBits(8);
        }
        hasEci = true;
        eci = charset(value);
    }

    private static @Nullable Charset charset(int eci) {
        try {
            CharacterSetECI known = CharacterSetECI.getCharacterSetECIByValue(eci);
            return known == null ? null : known.getCharset();
        } catch (FormatException outOfRange) {
            return null;
        }
    }

    private QrText text(@Nullable Charset chosen) {
        List<byte[]> untold = parts.stream()
                .filter(part -> part.origin() == TextOrigin.UTF_8)
                .map(part -> part.bytes().toByteArray())
                .toList();
        Charset guessed = chosen == null ? CharsetGuess.of(untold) : chosen;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        StringBuilder text = new StringBuilder();
        TextOrigin origin = TextOrigin.ASCII;
        boolean isText = true;
        for (Part part : parts) {
            byte[] bytes = part.bytes().toByteArray();
            all.writeBytes(bytes);
            boolean isUntold = part.origin() == TextOrigin.UTF_8;
            Charset charset = isUntold ? guessed : part.charset();
            String decoded = charset == null ? null : CharsetGuess.decoded(bytes, charset);
            isText &= decoded != null;
            text.append(decoded);
            TextOrigin own = isUntold ? origin(bytes, chosen, guessed) : part.origin();
            origin = own.compareTo(origin) > 0 ? own : origin;
        }
        return new QrText(isText ? text.toString() : null, all.toByteArray(), origin);
    }

    private static TextOrigin origin(byte[] bytes, @Nullable Charset chosen, Charset guessed) {
        if (chosen != null) {
            return TextOrigin.OPTION;
        }
        for (byte b : bytes) {
            if (b < 0) {
                return guessed.equals(StandardCharsets.UTF_8)
                        ? TextOrigin.UTF_8
                        : guessed.equals(CharsetGuess.SHIFT_JIS) ? TextOrigin.SHIFT_JIS : TextOrigin.ISO_8859_1;
            }
        }
        return TextOrigin.ASCII;
    }
}
