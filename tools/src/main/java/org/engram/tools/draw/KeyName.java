package org.engram.tools.draw;

import java.awt.Font;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names keys so that any font and any terminal can show them. */
public final class KeyName {

    private KeyName() {}

    /**
     * A key, or a text with keys in it, as a font can show it. Characters that the font lacks stand there by their
     * {@link #latin} names.
     */
    public static String in(Font font, String text) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int lacking = at;
            while (lacking < text.length() && font.canDisplay(text.codePointAt(lacking))) {
                lacking += Character.charCount(text.codePointAt(lacking));
            }
            int end = lacking;
            while (end < text.length() && !font.canDisplay(text.codePointAt(end))) {
                end += Character.charCount(text.codePointAt(end));
            }
            shown.append(text, at, lacking).append(end > lacking ? latin(text.substring(lacking, end)) : "");
            at = end;
        }
        return shown.toString();
    }

    /** The Latin name of a key: a letter as it is, kana by their names, {@code hiragana GI} or {@code katakana VU+E}. */
    public static String latin(String key) {
        if (key.chars().allMatch(c -> c < 0x80)) {
            return key;
        }
        String script = Character.UnicodeScript.of(key.codePointAt(0)).name().toLowerCase(Locale.ROOT);
        return script + " " + key.codePoints().mapToObj(KeyName::syllable).collect(Collectors.joining("+"));
    }

    /** The last word of a name such as HIRAGANA LETTER GI or KATAKANA LETTER SMALL E. */
    private static String syllable(int codePoint) {
        String name = Character.getName(codePoint);
        return name == null ? "U+%04X".formatted(codePoint) : name.substring(name.lastIndexOf(' ') + 1);
    }
}
