package org.engram.tools.look;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.engram.store.Neuron;
import org.engram.store.StoreCare;
import org.engram.store.StoreReport;
import org.engram.tools.console.Console;
import org.engram.tools.console.Csv;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Glob;
import org.engram.tools.console.Json;
import org.engram.tools.console.LookAlike;
import org.engram.tools.console.Table;
import org.engram.tools.console.Text;
import org.engram.tools.options.StoreVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "ls",
        description = {
            "Lists the neurons of a store in their order: number, time, kind and key.",
            "Control characters in keys, and marks that nobody sees, are shown as escapes. In keys that look the same, all that "
                    + "is not ASCII is. The other formats have the keys as they are. JSON: an array of "
                    + "objects with neuron, key, memorized (ISO 8601), blackAndWhite, retired. jsonl: such an object in every "
                    + "line. csv: the names of the columns, then a line for each, quoted as in RFC 4180.",
            "Columns: neuron, key, memorized, kind (b/w, real or retired), blackAndWhite, retired."
        },
        exitCodeList = ExitCode.CORRUPT_HELP,
        footer = {
            "  engram ls signs",
            "  engram ls signs --all --json",
            "  engram ls signs --filter 'A*' --sort key          keys that begin with A",
            "  engram ls signs --sort memorized --reverse --limit 10      the latest ten",
            "  engram ls signs --format csv --columns key,memorized"
        })
public final class LsCommand extends StoreVerb {

    enum Order {
        NEURON,
        KEY,
        MEMORIZED
    }

    enum Format {
        TABLE,
        JSONL,
        CSV
    }

    @Option(names = "--all", description = "List retired neurons too.")
    private boolean all;

    @Option(
            names = "--filter",
            paramLabel = "GLOB",
            description =
                    "List only keys that match as a whole: * any characters, ? one, [a-z] one of them, [!a-z] another.")
    private String filter;

    @Option(
            names = "--sort",
            paramLabel = "BY",
            defaultValue = "neuron",
            description =
                    "The order: neuron, key (by code points) or memorized; equal ones by neuron (${DEFAULT-VALUE}).")
    private Order order;

    @Option(names = "--reverse", description = "Turn the order round.")
    private boolean reverse;

    @Option(names = "--limit", paramLabel = "N", description = "List the first N only.")
    private Long limit;

    @Option(
            names = "--columns",
            paramLabel = "A,B,...",
            split = ",",
            description = "The columns to show, in this order.")
    private List<NeuronColumn> columns;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, jsonl or csv (table).")
    private Format format;

    @Option(
            names = "--spreadsheet",
            description =
                    "Put an apostrophe before cells of csv that a spreadsheet would run: those with = + - @ first.")
    private boolean spreadsheet;

    @Override
    public Integer call() {
        if (spreadsheet && format != Format.CSV) {
            throw Failure.usage("--spreadsheet is for --format csv; nothing runs the others");
        }
        if (format != null && asJson()) {
            throw Failure.usage("expected either --json or --format, found both");
        }
        Failure.requirePositive("--limit", limit);
        Format written = format == null ? Format.TABLE : format;
        boolean isTable = written == Format.TABLE && !asJson();
        List<NeuronColumn> usual = isTable ? NeuronColumn.OF_TABLE : NeuronColumn.OF_DATA;
        List<NeuronColumn> told = columns == null ? usual : columns;
        Predicate<String> fits = filter == null ? key -> true : Glob.of(filter);
        StoreReport report = StoreCare.inspect(store());
        List<Neuron> neurons = report.neurons().stream()
                .filter(neuron -> all || !neuron.retired())
                .filter(neuron -> fits.test(neuron.key()))
                .sorted(comparator())
                .limit(limit == null ? Long.MAX_VALUE : limit)
                .toList();
        if (asJson()) {
            console().jsonArray(neurons.stream().map(neuron -> json(neuron, told)));
        } else {
            write(neurons, told, written);
        }
        if (!report.isSound()) {
            String problem =
                    "the list may not be complete: " + report.problems().get(0);
            throw new Failure(ExitCode.CORRUPT, problem, null);
        }
        return ExitCode.FINE;
    }

    private Comparator<Neuron> comparator() {
        Comparator<Neuron> chosen = switch (order) {
            case NEURON -> Comparator.comparingInt(Neuron::neuron);
            case KEY -> Comparator.comparing(Neuron::key, LsCommand::byCodePoints);
            case MEMORIZED -> Comparator.comparing(Neuron::memorized);
        };
        Comparator<Neuron> total = chosen.thenComparingInt(Neuron::neuron);
        return reverse ? total.reversed() : total;
    }

    /** Compares whole characters. Java itself compares halves, and would put characters beyond U+FFFF before some below. */
    private static int byCodePoints(String one, String other) {
        return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }

    private void write(List<Neuron> neurons, List<NeuronColumn> told, Format written) {
        Console console = console();
        switch (written) {
            case TABLE -> {
                Predicate<String> isTwin =
                        LookAlike.among(neurons.stream().map(Neuron::key).toList());
                Table table = new Table(
                        console, told.stream().map(NeuronColumn::inTable).toList());
                neurons.forEach(neuron -> table.row(told.stream()
                        .map(column -> shown(String.valueOf(column.of(neuron)), isTwin))
                        .toList()));
            }
            case JSONL -> neurons.forEach(neuron -> console.line(Json.line(json(neuron, told))));
            case CSV -> {
                console.line(Csv.line(told.stream().map(NeuronColumn::title).toList()));
                neurons.forEach(neuron -> console.line(Csv.line(
                        told.stream().map(column -> cell(column.of(neuron))).toList())));
            }
        }
    }

    /** Shows a value so that keys that look the same can be told apart. */
    private static String shown(String value, Predicate<String> isTwin) {
        return isTwin.test(value) ? Text.ascii(value) : Text.escape(value);
    }

    private Object cell(Object value) {
        return spreadsheet ? Csv.harmless(value) : value;
    }

    private static Map<String, Object> json(Neuron neuron, List<NeuronColumn> told) {
        Map<String, Object> json = new LinkedHashMap<>();
        told.forEach(column -> json.put(column.title(), column.of(neuron)));
        return json;
    }
}
