package org.engram.tools.console;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Words {

    private Words() {}

    /**
     * Cuts what is too long for a title.
     *
     * @param most characters, at least 1
     */
    public static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "...";
    }

    /**
     * Breaks a text between words.
     *
     * @param width characters that a line has room for, at least 1; a longer word has a line of its own
     * @return at least one line
     */
    public static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
