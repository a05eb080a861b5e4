package org.engram.tools.console;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.engram.store.Neuron;

/** Finds keys that differ but look the same: they are composed in another way, or have marks and spaces that nobody sees. */
public final class LookAlike {

    /** Format characters, and the characters that Unicode wants ignored where they cannot be shown. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cf}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{E0100}-\\x{E01EF}]");

    private static final Pattern SPACE = Pattern.compile("\\p{Zs}");

    private LookAlike() {}

    /** The look of a key. Keys that look the same have the same look. */
    public static String of(String key) {
        if (Text.isAscii(key)) {
            return key.strip();
        }
        String seen = INVISIBLE.matcher(key).replaceAll("");
        return Normalizer.normalize(SPACE.matcher(seen).replaceAll(" "), Normalizer.Form.NFC)
                .strip();
    }

    /** A hint at a live neuron whose key looks like a key that is not there; "" when there is none. */
    public static String hint(Collection<Neuron> neurons, String key) {
        String look = of(key);
        return neurons.stream()
                .filter(neuron -> !neuron.retired() && of(neuron.key()).equals(look))
                .findFirst()
                .map(neuron -> "; a key that looks the same is there: \"%s\", neuron %d"
                        .formatted(Text.ascii(neuron.key()), neuron.neuron()))
                .orElse("");
    }

    /** A test for keys that look like another of these keys. */
    public static Predicate<String> among(Collection<String> keys) {
        Map<String, String> unusual = new HashMap<>();
        keys.stream().filter(key -> !of(key).equals(key)).forEach(key -> unusual.put(of(key), ""));
        if (unusual.isEmpty()) {
            return key -> false;
        }
        Map<String, String> firsts = new HashMap<>();
        keys.stream().filter(key -> unusual.containsKey(of(key))).forEach(key -> {
            String first = firsts.putIfAbsent(of(key), key);
            if (first != null && !first.equals(key)) {
                unusual.put(of(key), key);
            }
        });
        return key -> !unusual.getOrDefault(of(key), "").isEmpty();
    }
}
