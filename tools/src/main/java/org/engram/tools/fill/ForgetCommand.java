package org.engram.tools.fill;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.engram.store.PatternStore;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.LookAlike;
import org.engram.tools.console.Text;
import org.engram.tools.options.StoreVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        description = {
            "Retires the neurons of keys: they never answer again. Forgets nothing if any key is unknown.",
            "JSON fields: forgotten [key, neuron]."
        },
        exitCodeList = {ExitCode.CORRUPT_HELP, ExitCode.LOCKED_HELP},
        footer = {"  engram forget signs GI", "  engram forget signs GI KU \"two words\""})
public final class ForgetCommand extends StoreVerb {

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "Keys as engram ls shows them.")
    private List<String> keys;

    @Override
    public Integer call() {
        try (PatternStore open = PatternStore.open(store())) {
            console().noteRecovery(open);
            LinkedHashSet<String> distinct = new LinkedHashSet<>(keys);
            for (String key : distinct) {
                if (!open.contains(key)) {
                    throw Failure.usage(
                            "key is unknown: %s is not in %s, so nothing was forgotten%s; engram ls shows the keys"
                                    .formatted(Text.quoted(key), store(), LookAlike.hint(open.neurons(), key)));
                }
            }
            List<KeyedNeuron> forgotten = new ArrayList<>();
            for (String key : distinct) {
                int neuron = open.forget(key);
                forgotten.add(new KeyedNeuron(key, neuron));
                if (!asJson()) {
                    console().line("forgot %s, neuron %d".formatted(Text.quoted(key), neuron));
                }
            }
            if (asJson()) {
                console().json(Map.of("forgotten", forgotten));
            }
        }
        return ExitCode.FINE;
    }
}
