package org.engram.tools.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.tools.console.Text;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.qr.QrForm;

/** How many of the patterns that were looked at are QR symbols, and of which form, the smallest first. */
record SymbolForms(int symbols, List<Count> forms) {

    /** A version and error correction, and how many symbols have them. */
    record Count(int version, String ec, int count) {}

    /** Reads the patterns of these neurons. */
    static SymbolForms of(PatternStore store, List<Neuron> neurons) {
        Map<QrForm, Integer> counts =
                new TreeMap<>(Comparator.comparingInt(QrForm::version).thenComparing(QrForm::level));
        neurons.stream()
                .map(neuron -> QrCodec.form(store.pattern(neuron.neuron())).orElse(null))
                .filter(Objects::nonNull)
                .forEach(form -> counts.merge(form, 1, Integer::sum));
        return new SymbolForms(
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts.entrySet().stream()
                        .map(entry -> new Count(
                                entry.getKey().version(), entry.getKey().level().name(), entry.getValue()))
                        .toList());
    }

    /** The counts in one sentence, for people. */
    String sentence() {
        return symbols == 0
                ? "none that can be read"
                : "%s: %s"
                        .formatted(
                                Text.count(symbols),
                                forms.stream()
                                        .map(form -> "%s of V%d-%s"
                                                .formatted(Text.count(form.count()), form.version(), form.ec()))
                                        .collect(Collectors.joining(", ")));
    }
}
