package org.engram.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.engram.store.Neuron;
import org.engram.store.StoreInspector;
import org.engram.store.StoreReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram ls}. */
@Command(
        name = "ls",
        description = {
            "Lists the neurons of a store in their order: number, time, kind and key.",
            "Control characters of keys are shown escaped; JSON has the keys as they are. JSON: an array of objects with "
                    + "neuron, key, memorized (ISO 8601), blackAndWhite, retired."
        },
        exitCodeList = ExitCode.CORRUPT_HELP,
        footer = {"  engram ls signs", "  engram ls signs --all --json"})
final class LsCommand implements Callable<Integer> {

    @Mixin
    private InspectionOptions inspected;

    @Option(names = "--all", description = "List retired neurons too.")
    private boolean all;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        StoreReport report = StoreInspector.inspect(inspected.store());
        List<Neuron> neurons = report.neurons().stream()
                .filter(neuron -> all || !neuron.retired())
                .toList();
        if (inspected.json()) {
            common.console().json(neurons.stream().map(LsCommand::json).toList());
        } else {
            print(neurons, common.console());
        }
        if (!report.isSound()) {
            throw new Failure(
                    ExitCode.CORRUPT,
                    Damage.withAdvice("the list may not be complete: %s"
                            .formatted(report.problems().get(0))));
        }
        return ExitCode.FINE;
    }

    private static void print(List<Neuron> neurons, Console console) {
        console.line("  neuron  memorized                 kind     key");
        for (Neuron neuron : neurons) {
            String kind = neuron.retired() ? "retired" : neuron.blackAndWhite() ? "b/w" : "real";
            console.line("%8d  %-24s  %-7s  %s"
                    .formatted(neuron.neuron(), neuron.memorized(), kind, Text.escape(neuron.key())));
        }
    }

    private static Map<String, Object> json(Neuron neuron) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("neuron", neuron.neuron());
        json.put("key", neuron.key());
        json.put("memorized", neuron.memorized().toString());
        json.put("blackAndWhite", neuron.blackAndWhite());
        json.put("retired", neuron.retired());
        return json;
    }
}
