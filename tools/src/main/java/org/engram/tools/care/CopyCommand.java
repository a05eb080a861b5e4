package org.engram.tools.care;

import org.engram.store.CopyReport;
import org.engram.store.StoreCare;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Text;
import picocli.CommandLine.Command;

@Command(
        name = "copy",
        description = {
            "Copies a store as it was when the copy began, even while a writer runs. Identity, keys and numbers stay "
                    + "the same.",
            NewStoreVerb.HELP,
            "Every neuron is compared with its checksums on the way. JSON fields: neurons (retired ones too), bytes."
        },
        exitCodeList = {ExitCode.CORRUPT_HELP, ExitCode.TARGET_LOCKED_HELP},
        footer = "  engram copy signs signs-of-today")
public final class CopyCommand extends NewStoreVerb {

    @Override
    public Integer call() {
        CopyReport made = make("copy", StoreCare::copy);
        answer(
                made,
                "copied %s to %s: %s"
                        .formatted(Text.count(made.neurons(), "neuron"), target(), Text.bytes(made.bytes())));
        return ExitCode.FINE;
    }
}
