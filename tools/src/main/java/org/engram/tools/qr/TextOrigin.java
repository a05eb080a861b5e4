package org.engram.tools.qr;

/** How the bytes of a symbol became its text, from the sure to the guessed. A text has the origin of its least sure part. */
public enum TextOrigin {
    /** Digits, capitals, or bytes below 128, which mean the same in every charset. */
    ASCII("ascii"),
    /** Kanji mode, which is Shift JIS. */
    KANJI("kanji"),
    /** The symbol names the charset. */
    ECI("eci"),
    /** The symbol names no charset, and the bytes are valid UTF-8. */
    UTF_8("utf-8"),
    /** The user named the charset. */
    OPTION("option"),
    /** No charset is named. The bytes are not UTF-8, and evidently Japanese. */
    SHIFT_JIS("shift_jis"),
    /** No charset is named, and nothing points to another than the one that the standard starts with. */
    ISO_8859_1("iso-8859-1");

    private final String word;

    TextOrigin(String word) {
        this.word = word;
    }

    /** The word that users read. */
    public String word() {
        return word;
    }
}
