package org.engram.tools.paper;

import java.awt.Font;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names keys so that any font and any terminal can show them. */
final class KeyName {

    private KeyName() {}

    /** The key itself where the font has it, else its {@link #latin} name. */
    static String in(Font font, String key) {
        return font.canDisplayUpTo(key) < 0 ? key : latin(key);
    }

    /** A letter as it is; kana by their names: {@code hiragana GI}, {@code katakana VU+E}. */
    static String latin(String key) {
        if (key.chars().allMatch(c -> c < 0x80)) {
            return key;
        }
        String script = Character.UnicodeScript.of(key.codePointAt(0)).name().toLowerCase(Locale.ROOT);
        return script + " " + key.codePoints().mapToObj(KeyName::syllable).collect(Collectors.joining("+"));
    }

    /** The last word of a name such as HIRAGANA LETTER GI or KATAKANA LETTER SMALL E. */
    private static String syllable(int codePoint) {
        String name = Character.getName(codePoint);
        return name.substring(name.lastIndexOf(' ') + 1);
    }
}
