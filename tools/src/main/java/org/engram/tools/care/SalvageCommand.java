package org.engram.tools.care;

import org.engram.store.SalvageReport;
import org.engram.store.StoreCare;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Text;
import picocli.CommandLine.Command;

@Command(
        name = "salvage",
        description = {
            "Makes a new store of everything that is whole in a damaged one: every live neuron with a whole record, "
                    + "and with weights that are whole or can be derived. Every loss has a line of its own that says what is "
                    + "lost and why.",
            NewStoreVerb.HELP,
            "JSON fields: neurons, lostNeurons (as far as can be told), lost and notes (lines of text)."
        },
        exitCodeList = {
            "0:nothing was lost",
            "3:something was lost, and TARGET holds the rest; or nothing can be salvaged, and there is no TARGET",
            "6:a writer has the store open, or another run is making TARGET"
        },
        footer = {"  engram salvage signs saved", "  engram salvage signs saved --json"})
public final class SalvageCommand extends NewStoreVerb {

    @Override
    public Integer call() {
        SalvageReport report = make("salvage", StoreCare::salvage);
        answer(report, () -> print(report, console()));
        return report.lost().isEmpty() ? ExitCode.FINE : ExitCode.CORRUPT;
    }

    private void print(SalvageReport report, Console console) {
        report.notes().forEach(note -> console.line("note: " + Text.escape(note.toString())));
        report.lost().forEach(loss -> console.line("lost: " + Text.escape(loss.toString())));
        String outcome = report.lost().isEmpty()
                ? console.coloured(32, "nothing was lost")
                : console.coloured(31, "lost " + Text.count(report.lostNeurons(), "neuron"))
                        + ", as far as can be told";
        console.line("salvaged %s into %s: %s".formatted(Text.count(report.neurons(), "neuron"), target(), outcome));
    }
}
