package org.engram.tools.console;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Patterns for keys, as shells have them for names of files. Here * and ? also stand for /. */
public final class Glob {

    private Glob() {}

    /**
     * Reads a pattern: {@code *} is any characters, {@code ?} one, {@code [a-z]} one of them, {@code [!a-z]} one other
     * than them, {@code \} the next character as it is. Fails if a bracket has no end.
     */
    public static Predicate<String> of(String glob) {
        StringBuilder regex = new StringBuilder();
        int[] codePoints = glob.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            switch (codePoints[i]) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '[' -> i = bracket(glob, codePoints, i, regex);
                case '\\' -> {
                    i = Math.min(i + 1, codePoints.length - 1);
                    literal(codePoints[i], regex);
                }
                default -> literal(codePoints[i], regex);
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
    }

    /** Translates a bracket and returns where it ends. */
    private static int bracket(String glob, int[] codePoints, int start, StringBuilder regex) {
        int at = start + 1;
        boolean isOther = at < codePoints.length && (codePoints[at] == '!' || codePoints[at] == '^');
        at += isOther ? 1 : 0;
        int first = at;
        StringBuilder members = new StringBuilder();
        while (at < codePoints.length && (codePoints[at] != ']' || at == first)) {
            boolean isRange = codePoints[at] == '-'
                    && at > first
                    && at + 1 < codePoints.length
                    && codePoints[at + 1] != ']'
                    && codePoints[at - 1] <= codePoints[at + 1];
            if (isRange) {
                members.append('-');
            } else {
                literal(codePoints[at], members);
            }
            at++;
        }
        if (at >= codePoints.length) {
            throw Failure.usage(
                    "--filter is no pattern: expected a ] after the [, found %s; write \\[ for a bracket itself"
                            .formatted(glob));
        }
        regex.append(isOther ? "[^" : "[").append(members).append(']');
        return at;
    }

    private static void literal(int codePoint, StringBuilder regex) {
        regex.append("\\x{%x}".formatted(codePoint));
    }
}
