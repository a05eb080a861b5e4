package org.engram.tools.care;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.engram.store.StoreCare;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Progress;
import org.engram.tools.console.Text;
import org.engram.tools.options.CommonOptions;
import org.engram.tools.options.InspectionOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram rebuild}. */
@Command(
        name = "rebuild",
        description = {
            "Derives the bits of a full or tied store anew from its floats: for a store of format 1.0, which has none and is"
                    + " 1.1 afterwards, or when verify finds sketch.bits or plane.bits damaged or missing.",
            "Checks every w stripe before it takes a bit from it, and touches no other file. JSON fields: neurons."
        },
        exitCodeList = {ExitCode.CORRUPT_HELP, ExitCode.LOCKED_HELP},
        footer = {"  engram rebuild signs"})
public final class RebuildCommand implements Callable<Integer> {

    @Mixin
    private InspectionOptions inspected;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        int neurons;
        try (Progress progress = common.console().progress("rebuild")) {
            neurons = StoreCare.rebuild(inspected.store(), progress::at);
        }
        if (inspected.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("neurons", neurons);
            common.console().json(document);
        } else {
            common.console().line("rebuilt the bits of " + Text.count(neurons, "neuron"));
        }
        return ExitCode.FINE;
    }
}
