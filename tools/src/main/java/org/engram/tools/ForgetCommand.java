package org.engram.tools;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.engram.store.PatternStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code engram forget}. */
@Command(
        name = "forget",
        description = "Retires the neurons of keys: they never answer again. Forgets nothing if any key is unknown.",
        exitCodeList = {ExitCode.CORRUPT_HELP, ExitCode.LOCKED_HELP},
        footer = {"  engram forget signs GI", "  engram forget signs GI KU \"two words\""})
final class ForgetCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store.")
    private Path store;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "Keys as engram ls shows them.")
    private List<String> keys;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        try (PatternStore open = PatternStore.open(store)) {
            common.console().noteRecovery(open);
            LinkedHashSet<String> distinct = new LinkedHashSet<>(keys);
            for (String key : distinct) {
                if (!open.contains(key)) {
                    throw Failure.usage(
                            "key is unknown: %s is not in %s, so nothing was forgotten; engram ls shows the keys"
                                    .formatted(Text.quoted(key), store));
                }
            }
            for (String key : distinct) {
                common.console().line("forgot %s, neuron %d".formatted(Text.quoted(key), open.forget(key)));
            }
        }
        return ExitCode.FINE;
    }
}
