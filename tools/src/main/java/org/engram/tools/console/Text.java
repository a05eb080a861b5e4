package org.engram.tools.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Puts values into words for people. */
public final class Text {

    private Text() {}

    /**
     * Makes text safe to show, on one line. A character is written as an escape if a terminal would obey it, if it
     * would break the line or turn its direction, or if nobody would see it.
     */
    public static String escape(String text) {
        return escape(text, Text::isUnsafe);
    }

    /** Escapes everything that is not ASCII, too, so that texts that look the same can be told apart. */
    public static String ascii(String text) {
        return escape(text, point -> point >= 0x80 || isUnsafe(point));
    }

    private static String escape(String text, IntPredicate isEscaped) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                default -> {
                    String character = Character.toString(point);
                    if (isEscaped.test(point)) {
                        character.chars().forEach(half -> safe.append("\\u%04x".formatted(half)));
                    } else {
                        safe.append(character);
                    }
                }
            }
        });
        return safe.toString();
    }

    private static boolean isUnsafe(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** A key or path in quotes, escaped, on one line. */
    public static String quoted(String text) {
        return '"' + escape(text) + '"';
    }

    /** A whole number with commas, such as 1,024. */
    public static String count(long n) {
        return "%,d".formatted(n);
    }

    /** A number of things, such as "1 neuron" or "2 neurons". */
    public static String count(long n, String thing) {
        return count(n) + " " + thing + (n == 1 ? "" : "s");
    }

    /** A number of bytes, with larger units from 10 kB on, such as "54,000 B (54.0 kB)". */
    public static String bytes(long bytes) {
        String exact = count(bytes) + " B";
        String[] units = {"kB", "MB", "GB", "TB"};
        double value = bytes;
        String rounded = "";
        for (int i = 0; bytes >= 10_000 && i < units.length && value >= 1000; i++) {
            value /= 1000;
            rounded = " (%.1f %s)".formatted(value, units[i]);
        }
        return exact + rounded;
    }

    /** A share or response in a table, with this many digits after the point. */
    public static String decimal(double value, int places) {
        return ("%." + places + "f").formatted(value);
    }

    /** Two or more words as a sentence has them, such as "a, b and c" with the conjunction "and". */
    public static String listed(List<String> words, String conjunction) {
        int last = words.size() - 1;
        return "%s %s %s".formatted(String.join(", ", words.subList(0, last)), conjunction, words.get(last));
    }

    /** Cuts a text that is too long for a title. */
    public static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "...";
    }

    /** Breaks a text between words into one line or more; a word longer than the width has a line of its own. */
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
