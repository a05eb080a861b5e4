package org.engram.tools.care;

import java.nio.file.Path;
import java.util.List;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.StoreCare;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Text;
import org.engram.tools.options.StoreVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Compares every record and every stripe, of retired neurons too, with its checksum, or looks as closely as --level"
                    + " says. Writes nothing.",
            "A note is no damage: it tells of the remains of an append that was never completed. JSON fields: sound, "
                    + "level, neurons, live, retired, checked, notes, problems."
        },
        exitCodeList = {"0:the store is sound", ExitCode.CORRUPT_HELP},
        footer = {
            "  engram verify signs",
            "  engram verify signs --level structure   reads the journal, and no weights",
            "  engram verify signs --level weights --json"
        })
public final class VerifyCommand extends StoreVerb {

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "checksums",
            description =
                    "structure checks header, journal and the sizes of the files; checksums adds every neuron; weights adds "
                            + "whether the parts of a neuron agree with each other and with the learning rule (${DEFAULT-VALUE}).")
    private VerifyLevel level;

    private record Answer(
            boolean sound,
            VerifyLevel level,
            int neurons,
            int live,
            int retired,
            int checked,
            List<Diagnosis> notes,
            List<Diagnosis> problems) {}

    @Override
    public Integer call() {
        StoreReport report;
        try {
            report = verify(store(), level, console());
        } catch (EngramException.Corrupt e) {
            if (!asJson()) {
                throw e;
            }
            // The header is damaged, and the error is the whole finding.
            console().json(new Answer(false, level, 0, 0, 0, 0, List.of(), List.of(e.diagnosis())));
            return ExitCode.CORRUPT;
        }
        Answer answer = new Answer(
                report.isSound(),
                level,
                report.neurons().size(),
                report.live(),
                report.retired(),
                report.checked(),
                report.notes(),
                report.problems());
        answer(answer, () -> print(report));
        return report.isSound() ? ExitCode.FINE : ExitCode.CORRUPT;
    }

    public static StoreReport verify(Path store, VerifyLevel level, Console console) {
        try (ProgressLine progress = console.progress("verify")) {
            return StoreCare.verify(store, level, progress::at);
        }
    }

    private void print(StoreReport report) {
        Console console = console();
        report.notes().forEach(note -> console.line("note: " + Text.escape(note.toString())));
        report.problems().forEach(problem -> console.line("problem: " + Text.escape(problem.toString())));
        String checked = "%s, %s live, %s retired"
                .formatted(
                        level == VerifyLevel.STRUCTURE
                                ? "no neuron checked"
                                : Text.count(report.checked(), "neuron") + " checked",
                        Text.count(report.live()),
                        Text.count(report.retired()));
        if (report.isSound()) {
            console.line("%s: %s".formatted(console.coloured(32, "sound"), checked));
        } else {
            console.line("%s: %s, %s"
                    .formatted(
                            console.coloured(31, "damaged"),
                            Text.count(report.problems().size(), "problem"),
                            checked));
        }
    }
}
