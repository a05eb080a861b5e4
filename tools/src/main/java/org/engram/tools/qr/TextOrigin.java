package org.engram.tools.qr;

/** How the bytes of a symbol became its text, from the sure to the guessed. A text has that of its least sure part. */
public enum TextOrigin {
    /** Digits, capitals, or bytes below 128, which mean the same in every charset. */
    ASCII("ascii"),
    /** Kanji mode, which is Shift JIS. */
    KANJI("kanji"),
    /** The symbol names the charset. */
    ECI("eci"),
    /** It names none, and the bytes are valid UTF-8. */
    UTF_8("utf-8"),
    /** The user named the charset. */
    OPTION("option"),
    /** No charset is named; the bytes are no UTF-8, and evidently Japanese. */
    SHIFT_JIS("shift_jis"),
    /** No charset is named and nothing tells of another, so the one that the standard starts with. */
    ISO_8859_1("iso-8859-1");

    private final String word;

    TextOrigin(String word) {
        this.word = word;
    }

    /** As users read it. */
    public String word() {
        return word;
    }
}
