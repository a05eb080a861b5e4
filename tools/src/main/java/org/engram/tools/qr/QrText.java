package org.engram.tools.qr;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The text of a symbol. The bytes of digits and capitals are ASCII, those of Kanji mode are Shift JIS, and those of
 * byte mode are as they stand in the symbol. Immutable.
 */
public final class QrText {

    private final @Nullable String text;
    private final byte[] bytes;
    private final TextOrigin origin;

    QrText(@Nullable String text, byte[] bytes, TextOrigin origin) {
        this.text = text;
        this.bytes = bytes;
        this.origin = origin;
    }

    /** The text; null when the bytes are no text in their charset. */
    public @Nullable String text() {
        return text;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public TextOrigin origin() {
        return origin;
    }

    /** Whether nobody had to guess the charset. */
    public boolean isCertain() {
        return text != null && origin.compareTo(TextOrigin.SHIFT_JIS) < 0;
    }
}
