package org.engram.tools.qr;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the charset of bytes whose symbol names none. */
final class CharsetGuess {

    static final Charset SHIFT_JIS = Charset.forName("Shift_JIS");

    /** This many half-width kana are a word. Accented capitals come to at most three in a row. */
    private static final int KANA_OF_A_WORD = 4;

    private CharsetGuess() {}

    /**
     * The charset of all bytes: UTF-8 if they are valid UTF-8, Shift JIS if they are evidently Japanese, else
     * ISO-8859-1.
     */
    static Charset of(List<byte[]> runs) {
        if (runs.stream().allMatch(run -> decoded(run, StandardCharsets.UTF_8) != null)) {
            return StandardCharsets.UTF_8;
        }
        boolean isJapanese = runs.stream().allMatch(run -> decoded(run, SHIFT_JIS) != null)
                && runs.stream().anyMatch(run -> hasControl(run) || hasKanaWord(run));
        return isJapanese ? SHIFT_JIS : StandardCharsets.ISO_8859_1;
    }

    /** The text of bytes; null when they are no text in this charset. */
    static @Nullable String decoded(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException none) {
            return null;
        }
    }

    /** Whether ISO-8859-1 would read control characters, which no text has. They lead the double bytes of Shift JIS. */
    private static boolean hasControl(byte[] bytes) {
        for (byte b : bytes) {
            if ((b & 0xff) >= 0x80 && (b & 0xff) <= 0x9f) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasKanaWord(byte[] bytes) {
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || !isIn(bytes[i], 0xa1, 0xdf)) {
                if (i - from >= KANA_OF_A_WORD && isKanaWord(bytes, from, i)) {
                    return true;
                }
                from = i + 1;
            }
        }
        return false;
    }

    /**
     * Whether kana make a word: voice marks stand only behind kana that they can voice, and there are some, or the
     * bytes would be signs among letters in ISO-8859-1.
     */
    private static boolean isKanaWord(byte[] bytes, int from, int to) {
        boolean voiced = false;
        boolean signs = false;
        boolean letters = false;
        for (int i = from; i < to; i++) {
            boolean isMark = isIn(bytes[i], 0xde, 0xdf);
            if (isMark && (i == from || !isVoiced(bytes[i - 1], bytes[i]))) {
                return false;
            }
            voiced |= isMark;
            signs |= isIn(bytes[i], 0xa1, 0xbf);
            letters |= isIn(bytes[i], 0xc0, 0xdf);
        }
        return voiced || (signs && letters);
    }

    private static boolean isVoiced(byte kana, byte mark) {
        boolean isHa = isIn(kana, 0xca, 0xce);
        return isHa || (isIn(mark, 0xde, 0xde) && (isIn(kana, 0xb6, 0xc4) || isIn(kana, 0xb3, 0xb3)));
    }

    private static boolean isIn(byte b, int from, int to) {
        return (b & 0xff) >= from && (b & 0xff) <= to;
    }
}
