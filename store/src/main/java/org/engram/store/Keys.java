package org.engram.store;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What may be a key: 1 to 4,096 bytes of UTF-8. */
final class Keys {

    private static final int SHOWN = 60;

    private Keys() {}

    static void requireValid(String key) {
        int bytes;
        try {
            bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(key))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw new EngramException.InvalidKey(
                    "key is malformed: expected Unicode text, found a lone surrogate among its %d characters; mend the text"
                            .formatted(key.length()));
        }
        if (bytes < 1 || bytes > JournalRecord.MAX_KEY_BYTES) {
            throw new EngramException.InvalidKey("key is %s: expected 1 to %d bytes of UTF-8, found %d; choose another"
                    .formatted(bytes < 1 ? "empty" : "too long", JournalRecord.MAX_KEY_BYTES, bytes));
        }
    }

    /** A key as an error message shows it: on one line, and no longer than that bears. */
    static String quoted(String key) {
        boolean isLong = key.codePointCount(0, key.length()) > SHOWN;
        String shown = isLong ? key.substring(0, key.offsetByCodePoints(0, SHOWN)) + "..." : key;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
