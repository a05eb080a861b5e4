package org.engram.tools.care;

import java.util.Map;
import org.engram.store.StoreCare;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Text;
import org.engram.tools.options.StoreVerb;
import picocli.CommandLine.Command;

@Command(
        name = "rebuild",
        description = {
            "Derives the bits of a full or tied store anew from its floats, when verify finds sketch.bits or plane.bits"
                    + " damaged or missing.",
            "Checks every w stripe before it takes a bit from it, and touches no other file. JSON fields: neurons."
        },
        exitCodeList = {ExitCode.CORRUPT_HELP, ExitCode.LOCKED_HELP},
        footer = {"  engram rebuild signs"})
public final class RebuildCommand extends StoreVerb {

    @Override
    public Integer call() {
        int neurons;
        try (ProgressLine progress = console().progress("rebuild")) {
            neurons = StoreCare.rebuild(store(), progress::at);
        }
        answer(Map.of("neurons", neurons), "rebuilt the bits of " + Text.count(neurons, "neuron"));
        return ExitCode.FINE;
    }
}
