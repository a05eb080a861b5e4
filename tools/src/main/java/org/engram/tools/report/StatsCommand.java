package org.engram.tools.report;

import java.time.Instant;
import java.util.List;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.store.StoreReport;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Json;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Spread;
import org.engram.tools.console.Text;
import org.engram.tools.look.StoreSummary;
import org.engram.tools.options.StoreVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "stats",
        description = {
            "Counts what is in a store: neurons, bytes, how white its patterns are, and how far each is from the nearest other.",
            "Density is the share of white pixels. Distance is the share of pixels in which two patterns differ; a "
                    + "duplicate is at distance 0. Both count live black and white patterns only. JSON fields: neurons, live, "
                    + "retired, bytes, bytesPerNeuron, files [name, bytes], writer [pid, host, started], realValued, firstMemorized, "
                    + "lastMemorized, sample {patterns, of, seed (null when all were looked at)}, density and distinctness "
                    + "{least, median, mean, most} (null without patterns), duplicates; with --qr also symbols (how many of "
                    + "the patterns looked at can be read) and forms [version, ec, count]."
        },
        exitCodeList = ExitCode.CORRUPT_HELP,
        footer = {
            "  engram stats signs",
            "  engram stats signs --sample 100 --seed 7",
            "  engram stats signs --qr",
            "  engram stats signs --json"
        })
public final class StatsCommand extends StoreVerb {

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Look at this many patterns, chosen at random, when there are more (${DEFAULT-VALUE}).")
    private int wanted;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "The seed of the choice; the same seed chooses the same (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--qr",
            description =
                    "Also count the forms of the QR symbols, version and error correction, among the patterns looked at.")
    private boolean qr;

    @Override
    public Integer call() {
        if (wanted < 0) {
            throw Failure.usage("--sample is out of range: expected 0 or more, found " + wanted);
        }
        StoreReport report = StoreCare.inspect(store());
        try (PatternStore open = PatternStore.openReadOnly(store())) {
            List<Neuron> twoValued =
                    open.neurons().stream().filter(Neuron::twoValued).toList();
            List<Neuron> sampled = Sample.of(twoValued, wanted, seed);
            SymbolForms forms = qr ? SymbolForms.of(open, sampled) : null;
            StoreStatistics statistics = statistics(report, open, sampled);
            answer(
                    forms == null ? statistics.json() : Json.joined(statistics.json(), forms),
                    () -> print(statistics, forms, console()));
        }
        return ExitCode.FINE;
    }

    private StoreStatistics statistics(StoreReport report, PatternStore open, List<Neuron> sampled) {
        try (ProgressLine progress = console().progress("stats", "patterns", sampled.size())) {
            return StoreStatistics.of(report, open, sampled, seed, progress::at);
        }
    }

    private static void print(StoreStatistics statistics, SymbolForms forms, Console console) {
        StoreReport report = statistics.report();
        console.line("neurons     " + StoreSummary.neurons(report));
        console.line("patterns    %s black and white, %s real-valued"
                .formatted(Text.count(statistics.twoValued()), Text.count(statistics.realValued())));
        StoreSummary.printSizes(report, "size        ", console);
        console.line("memorized   " + period(statistics.firstMemorized(), statistics.lastMemorized()));
        console.line("density     " + spread(statistics.density()));
        console.line("distance    " + spread(statistics.distinctness()));
        console.line("duplicates  " + Text.count(statistics.duplicates()));
        if (forms != null) {
            console.line("symbols     " + forms.sentence());
        }
        if (statistics.isSampled()) {
            console.line("sample      %s of %s patterns, seed %d; density, distance and duplicates are theirs"
                    .formatted(
                            Text.count(statistics.facts().size()),
                            Text.count(statistics.twoValued()),
                            statistics.seed()));
        }
        console.line("writer      " + StoreSummary.writer(report.writer()));
        report.notes().forEach(note -> console.line("note        " + Text.escape(note.toString())));
    }

    private static String period(Instant first, Instant last) {
        return first == null ? "nothing yet" : "first %s, last %s".formatted(first, last);
    }

    private static String spread(Spread spread) {
        return spread.isEmpty()
                ? "none"
                : "%s to %s, median %s, mean %s"
                        .formatted(
                                Text.decimal(spread.least(), 4),
                                Text.decimal(spread.most(), 4),
                                Text.decimal(spread.median(), 4),
                                Text.decimal(spread.mean(), 4));
    }
}
