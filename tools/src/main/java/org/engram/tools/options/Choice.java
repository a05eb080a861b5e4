package org.engram.tools.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.engram.store.Coding;
import org.engram.store.Layout;
import org.engram.store.VerifyLevel;
import org.engram.tools.console.Describe;
import org.engram.tools.console.Failure;

/** Options whose value is one of a few words. */
public final class Choice {

    private Choice() {}

    /**
     * Finds the constant that a word names.
     *
     * @param <E> the type of the constants
     * @param option the option, for the message
     * @param type what the words name
     * @param word what the user typed
     * @return the constant
     * @throws Failure if the word names none
     */
    public static <E extends Enum<E>> E of(String option, Class<E> type, String word) {
        return of(option, type, word, Describe::name);
    }

    /**
     * As above, with words of another kind.
     *
     * @param name the word for a constant
     */
    public static <E extends Enum<E>> E of(String option, Class<E> type, String word, Function<E, String> name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(known -> name.apply(known).equals(word))
                .findFirst()
                .orElseThrow(() -> Failure.usage("%s is unknown: expected %s, found %s"
                        .formatted(
                                option,
                                listed(Arrays.stream(type.getEnumConstants())
                                        .map(name)
                                        .toList()),
                                word)));
    }

    private static String listed(List<String> words) {
        int last = words.size() - 1;
        return words.stream().limit(last).collect(Collectors.joining(", ")) + " or " + words.get(last);
    }

    /** The words of an option, for completion scripts; picocli makes an instance of a class for each. */
    @SuppressWarnings("serial")
    public abstract static class Words extends ArrayList<String> {
        /**
         * The words of all constants.
         *
         * @param type the type of the constants
         */
        protected Words(Class<? extends Enum<?>> type) {
            super(Arrays.stream(type.getEnumConstants()).map(Describe::name).toList());
        }
    }

    @SuppressWarnings("serial")
    public static final class Codings extends Words {
        Codings() {
            super(Coding.class);
        }
    }

    @SuppressWarnings("serial")
    public static final class Layouts extends Words {
        Layouts() {
            super(Layout.class);
        }
    }

    @SuppressWarnings("serial")
    public static final class Levels extends Words {
        Levels() {
            super(VerifyLevel.class);
        }
    }
}
