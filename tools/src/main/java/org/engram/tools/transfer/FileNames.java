package org.engram.tools.transfer;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.engram.store.Neuron;

/**
 * The names of exported files. They differ also on a file system that does not distinguish upper and lower case,
 * composed and decomposed characters, or marks that nobody sees.
 */
final class FileNames {

    /** Characters that choose a variant, join or fill, and that some file systems ignore. */
    private static final Pattern IGNORED = Pattern.compile(
            "[\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]");

    private final String ending;
    /** The neurons whose names would be taken for other names. */
    private final Set<Integer> twins = new HashSet<>();

    FileNames(List<Neuron> neurons, String ending) {
        this.ending = ending;
        Set<String> seen = new HashSet<>();
        for (Neuron neuron : neurons) {
            if (!seen.add(folded(FileName.of(neuron.key(), neuron.neuron())))) {
                twins.add(neuron.neuron());
            }
        }
    }

    String of(Neuron neuron) {
        String name = FileName.of(neuron.key(), neuron.neuron());
        boolean isTwin = twins.contains(neuron.neuron());
        return (isTwin ? FileName.numbered(name, neuron.neuron()) : name) + ending;
    }

    /** A name folded. All names that any file system takes for the same fold to the same, and perhaps some more. */
    private static String folded(String name) {
        String visible = IGNORED.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD))
                .replaceAll("");
        String folded = visible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }
}
