package org.engram.tools.look;

import org.engram.store.StoreCare;
import org.engram.store.StoreReport;
import org.engram.tools.console.Console;
import org.engram.tools.console.Describe;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Text;
import org.engram.tools.options.StoreVerb;
import picocli.CommandLine.Command;

@Command(
        name = "info",
        description = {
            "Tells what a store is and how large it is. Reads header and journal only; engram verify reads "
                    + "everything.",
            "JSON fields: store, format, layout, uuid, created, geometry {width, height, pixels}, masks (are unknown pixels kept), rule {epsW, epsV, theta, steps}, "
                    + "criteria {threshold, contrast, disagreement, agreement}, neurons, live, retired, bytes, "
                    + "bytesPerNeuron, files [name, bytes], writer [pid, host, started] (null when nobody writes), "
                    + "index (absent, valid, stale or damaged), notes, problems."
        },
        exitCodeList = ExitCode.CORRUPT_HELP,
        footer = {"  engram info signs", "  engram info signs --json"})
public final class InfoCommand extends StoreVerb {

    @Override
    public Integer call() {
        StoreReport report = StoreCare.inspect(store());
        answer(StoreSummary.json(store(), report), () -> print(report, console()));
        return report.isSound() ? ExitCode.FINE : ExitCode.CORRUPT;
    }

    private void print(StoreReport report, Console console) {
        console.line("store     " + Text.escape(store().toString()));
        console.line("format    " + report.format());
        console.line("uuid      " + report.uuid());
        console.line("created   " + report.created());
        console.line("patterns  " + Describe.patterns(report.geometry(), report.masks()));
        console.line("rule      " + Describe.rule(report.rule()));
        console.line("criteria  " + Describe.criteria(report.criteria()));
        console.line("neurons   " + StoreSummary.neurons(report));
        console.line("layout    " + Describe.name(report.layout()));
        StoreSummary.printSizes(report, "size      ", console);
        console.line("writer    " + StoreSummary.writer(report.writer()));
        console.line("index     " + StoreSummary.index(report.index()));
        report.notes().forEach(note -> console.line("note      " + Text.escape(note.toString())));
        report.problems().forEach(problem -> console.line("problem   " + Text.escape(problem.toString())));
        if (!report.problems().stream().allMatch(problem -> problem.remedy().contains("engram rebuild"))) {
            console.line("advice    engram salvage makes a new store of what is whole");
        }
    }
}
