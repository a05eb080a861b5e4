package org.engram.tools.care;

import org.engram.store.CompactionReport;
import org.engram.store.Layout;
import org.engram.store.StoreCare;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "compact",
        description = {
            "Makes a new store of the live neurons and numbers them anew in their order, even while a writer runs. "
                    + "Keys, times and weights stay the same; the identity is new.",
            NewStoreVerb.HELP,
            "JSON fields: neurons, dropped (retired ones), bytesBefore, bytesAfter."
        },
        exitCodeList = {ExitCode.CORRUPT_HELP, ExitCode.TARGET_LOCKED_HELP},
        footer = {"  engram compact signs small", "  engram compact signs small --layout packed"})
public final class CompactCommand extends NewStoreVerb {

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description =
                    "What TARGET keeps of every neuron: full, tied, or packed for black and white patterns only (as in "
                            + "STORE).")
    private Layout layout;

    @Override
    public Integer call() {
        CompactionReport made = make(
                "compact",
                layout == null
                        ? StoreCare::compact
                        : (store, target, progress) -> StoreCare.compact(store, target, layout, progress));
        answer(
                made,
                "compacted %s into %s: dropped %s; %s before, %s after"
                        .formatted(
                                Text.count(made.neurons(), "neuron"),
                                target(),
                                Text.count(made.dropped(), "retired neuron"),
                                Text.bytes(made.bytesBefore()),
                                Text.bytes(made.bytesAfter())));
        return ExitCode.FINE;
    }
}
