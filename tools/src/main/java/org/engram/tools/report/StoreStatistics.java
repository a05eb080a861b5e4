package org.engram.tools.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.store.StoreReport;
import org.engram.tools.console.Spread;
import org.engram.tools.look.StoreSummary;

/**
 * A store in numbers: its inspection, its live two-valued and real-valued neurons, and the facts of the sampled
 * two-valued patterns in the order of their neurons.
 */
record StoreStatistics(StoreReport report, int twoValued, int realValued, long seed, List<PatternFacts> facts) {

    /** The statistics that follow from the inspection alone, when the store cannot be opened. */
    static StoreStatistics of(StoreReport report) {
        int twoValued = (int) report.neurons().stream()
                .filter(neuron -> neuron.twoValued() && !neuron.retired())
                .count();
        return new StoreStatistics(report, twoValued, report.live() - twoValued, 0, List.of());
    }

    /** Looks at the sampled patterns of a store and passes over real-valued ones. */
    static StoreStatistics of(
            StoreReport report, PatternStore store, List<Neuron> sampled, long seed, LongConsumer progress) {
        int twoValued = (int) store.neurons().stream().filter(Neuron::twoValued).count();
        PatternFacts.Finder finder = new PatternFacts.Finder(store);
        List<PatternFacts> facts = new ArrayList<>(sampled.size());
        for (Neuron neuron : sampled) {
            if (neuron.twoValued()) {
                facts.add(finder.of(neuron));
                progress.accept(facts.size());
            }
        }
        return new StoreStatistics(report, twoValued, store.size() - twoValued, seed, facts);
    }

    boolean isSampled() {
        return facts.size() < twoValued;
    }

    /** Share of white pixels of a pattern; empty without patterns. */
    Spread density() {
        return Spread.of(facts, PatternFacts::white);
    }

    /** Distance of a pattern to the nearest other, as a share of pixels; empty when no pattern has another. */
    Spread distinctness() {
        return Spread.of(facts.stream().filter(PatternFacts::hasNearest).toList(), PatternFacts::distance);
    }

    /** How many of the patterns that were looked at are stored once more under another key. */
    long duplicates() {
        return facts.stream().filter(PatternFacts::isDuplicate).count();
    }

    /** When the first neuron, retired or not, was stored; null when none was. */
    Instant firstMemorized() {
        return memorized().min(Comparator.naturalOrder()).orElse(null);
    }

    Instant lastMemorized() {
        return memorized().max(Comparator.naturalOrder()).orElse(null);
    }

    private Stream<Instant> memorized() {
        return report.neurons().stream().map(Neuron::memorized);
    }

    Map<String, Object> json() {
        Map<String, Object> json = StoreSummary.counts(report);
        json.put("realValued", realValued);
        json.put("firstMemorized", firstMemorized());
        json.put("lastMemorized", lastMemorized());
        json.put("sample", new Looked(facts.size(), twoValued, isSampled() ? seed : null));
        json.put("density", json(density()));
        json.put("distinctness", json(distinctness()));
        json.put("duplicates", duplicates());
        return json;
    }

    private record Looked(int patterns, int of, Long seed) {}

    private record Four(double least, double median, double mean, double most) {}

    private static Four json(Spread spread) {
        return spread.isEmpty() ? null : new Four(spread.least(), spread.median(), spread.mean(), spread.most());
    }
}
