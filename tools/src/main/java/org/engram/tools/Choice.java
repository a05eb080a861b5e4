package org.engram.tools;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Options whose value is one of a few words. */
final class Choice {

    private Choice() {}

    /**
     * Finds the constant that a word names.
     *
     * @param option the option, for the message
     * @param type what the words name
     * @param word what the user typed
     * @return the constant
     * @throws Failure if the word names none
     */
    static <E extends Enum<E>> E of(String option, Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(known -> Describe.name(known).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        Failure.usage("%s is unknown: expected %s, found %s".formatted(option, words(type), word)));
    }

    private static String words(Class<? extends Enum<?>> type) {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Describe::name).toList();
        int last = words.size() - 1;
        return words.stream().limit(last).collect(Collectors.joining(", ")) + " or " + words.get(last);
    }
}
