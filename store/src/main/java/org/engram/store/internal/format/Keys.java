package org.engram.store.internal.format;

import org.engram.store.Diagnosis;
import org.engram.store.EngramException;

/** What may be a key: 1 to 4,096 bytes of UTF-8. */
public final class Keys {

    public static final int MAX_BYTES = 4096;

    private static final int SHOWN = 60;

    /** The leading bits of a first byte, by the number of bytes that follow. The next array has the least code points. */
    private static final int[] LEADS = {0, 0xC0, 0xE0, 0xF0};

    private static final int[] FIRST = {0, 0x80, 0x800, 0x10000};

    private Keys() {}

    public static void requireValid(String key) {
        int bytes = 0;
        for (int i = 0; i < key.length(); i++) {
            int point = key.codePointAt(i);
            if (isSurrogate(point)) {
                throw new EngramException.InvalidKey(Diagnosis.of("key is malformed")
                        .expected("Unicode text", "a lone surrogate among its %s characters".formatted(key.length()))
                        .remedy("mend the text"));
            }
            int more = more(point);
            bytes += 1 + more;
            i += more == 3 ? 1 : 0;
        }
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new EngramException.InvalidKey(Diagnosis.of(bytes < 1 ? "key is empty" : "key is too long")
                    .expected("1 to %s bytes of UTF-8".formatted(MAX_BYTES), bytes)
                    .remedy("choose another"));
        }
    }

    /** How many bytes of UTF-8 follow the first of a character. */
    private static int more(int point) {
        return point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    }

    /** Writes a key in UTF-8, without allocating, and returns its length; -1 if it is no Unicode text or does not fit. */
    public static int encode(String key, byte[] into) {
        int length = 0;
        for (int i = 0; i < key.length(); i++) {
            int point = key.codePointAt(i);
            int more = more(point);
            if (isSurrogate(point) || length + more >= into.length) {
                return -1;
            }
            into[length++] = (byte) (more == 0 ? point : LEADS[more] | (point >> (6 * more)));
            for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
                into[length++] = (byte) (0x80 | ((point >> shift) & 0x3F));
            }
            i += more == 3 ? 1 : 0;
        }
        return length;
    }

    /** Whether a range of bytes is UTF-8, as {@link java.nio.charset.CharsetDecoder} sees it. */
    static boolean isUtf8(byte[] bytes, int at, int length) {
        int all = 0;
        for (int i = at; i < at + length; i++) {
            all |= bytes[i];
        }
        int next = at;
        while (all < 0 && next < at + length) {
            int more = following(bytes, next, at + length);
            if (more < 0) {
                return false;
            }
            next += 1 + more;
        }
        return true;
    }

    /** How many bytes follow the first of a character; -1 when it is no character. */
    private static int following(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int more = lead < 0x80 ? 0 : Integer.numberOfLeadingZeros(~(lead << 24)) - 1;
        if (more == 0) {
            return lead < 0x80 ? 0 : -1;
        }
        if (more > 3 || at + more >= end) {
            return -1;
        }
        int point = lead & (0x3F >> more);
        for (int i = at + 1; i <= at + more; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return -1;
            }
            point = (point << 6) | (bytes[i] & 0x3F);
        }
        boolean valid = point >= FIRST[more] && point <= Character.MAX_CODE_POINT && !isSurrogate(point);
        return valid ? more : -1;
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /** A key as an error message shows it: on one line, and shortened when it is long. */
    public static String quoted(String key) {
        boolean isLong = key.codePointCount(0, key.length()) > SHOWN;
        String shown = isLong ? key.substring(0, key.offsetByCodePoints(0, SHOWN)) + "..." : key;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
