package org.engram.tools.paper;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.IoReason;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.TemporaryDirectory;
import org.engram.tools.options.JsonVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code engram paper}: the paper's experiments on a store of its 298 symbols, Engram's answers beside its numbers. */
@Command(
        name = "paper",
        description = {
            "Repeats the paper's experiments and prints Engram's answers beside its numbers.",
            "",
            "Teaches the paper's 298 QR symbols to a new store, closes it, opens it read-only, and asks it everything "
                    + "the paper reports and what follows from it: whole symbols, parts of them, noise, and symbols that "
                    + "were never stored. Each cue is shown in the paper's coding (unipolar, accepted at q/R >= 0.70) "
                    + "and in Engram's (bipolar, accepted by contrast). All random choices have fixed seeds.",
            "",
            "Without --out the store lies in a temporary directory, which is deleted afterwards."
        },
        footer = {
            "  engram paper",
            "  engram paper --json",
            "  engram paper --out results              also keeps the store and draws the figures",
            "",
            "Fields of the JSON document; shares and q/R are rounded to six digits, whole and quarter",
            "tell what was visible:",
            "  neurons                symbols stored",
            "  recalledWhole          recalled from the whole symbol, unipolar; recalledWholeBipolar",
            "  decodedWhole           of these, patterns that a QR reader turns back into their text",
            "  maxQMin, maxQMax       least and largest q/R of a winner (Figure 4)",
            "  q145, figure5Q145      q/R of neuron 145, whole symbol and quarter (Figures 3, 5)",
            "  figure5Winner          neuron that answers the quarter, unipolar; figure5Winners all that tie;",
            "                         figure5WinnerBipolar",
            "  figure6                a symbol never stored: maxQ, paperAccepts, verdict and contrast (bipolar)",
            "  smallestSide           side in pixels of the least lower right square that recalls neuron 145:",
            "                         unipolar, unipolarTied (a tie counts as recalled), bipolar (RECOGNISED)",
            "  occlusion              one object a side: side, visible, and the counts below",
            "  noise                  one object a share of flipped pixels and side: flipped, side, visible, the",
            "                         counts below, bipolarLeastContrast",
            "    unipolar, bipolar    recalled: the right neuron is the answer, of a tie the lowest; accepted",
            "    ...Alone, ...Tied    the right neuron responds most, alone (as in the table) or with others",
            "    ...Wrong             another responds more, and is accepted",
            "    ...Rejected          not accepted",
            "    ...Named             the right neuron is the answer, accepted or not",
            "    bipolarRecognised, bipolarAmbiguous   verdicts",
            "  unseen                 how many symbols were generated that were never stored",
            "  unknownAccepted        how many of them are accepted: {paper, contrast}, each {whole, quarter}",
            "  unseenLargestContrast  {whole, quarter}",
            "  knownRejected          stored ones that are not: {paper, contrast}, each {whole, quarter}",
            "  wBytes, vBytes         lengths of the two weight files",
            "  kernel                 what computed the responses",
            "  figures                files written"
        })
public final class PaperCommand extends JsonVerb {

    private static final String STORE = "store";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Keep the store in DIR/store, which must not be there yet, and draw the figures into DIR: "
                    + "fig3.png, fig4.png, fig5.png, fig6.png, occlusion.png, contrast.png, contact.png, quarter.png.")
    private Path out;

    @Override
    public Integer call() {
        if (out == null) {
            try (TemporaryDirectory directory = TemporaryDirectory.create("paper", "name a directory with --out")) {
                run(directory.path().resolve(STORE));
            }
        } else {
            try (TemporaryDirectory store = createStoreDirectory()) {
                run(store.path());
                store.keep();
            }
        }
        return ExitCode.FINE;
    }

    /** The directory of the store. A run that does not finish removes it, so that the next run can start. */
    private TemporaryDirectory createStoreDirectory() {
        Path store = out.resolve(STORE);
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw cannotCreate(out, e);
        }
        try {
            return TemporaryDirectory.at(store);
        } catch (FileAlreadyExistsException e) {
            throw Failure.cannotOpen(
                    "%s is there already: the experiments start from a new store; choose another DIR".formatted(store),
                    e);
        } catch (IOException e) {
            throw cannotCreate(store, e);
        }
    }

    private static Failure cannotCreate(Path directory, IOException e) {
        return Failure.cannotOpen("cannot create the directory %s: %s".formatted(directory, IoReason.of(e)), e);
    }

    private void run(Path directory) {
        boolean figures = out != null;
        Console console = console();
        PaperReport report;
        List<Path> written;
        try (Subject subject = Lesson.learn(directory);
                ProgressLine progress = console.progress("paper", "experiments", Experiments.steps(figures))) {
            report = new Experiments(subject, progress::at).run(figures);
            written = figures ? Figures.write(subject, report, out) : List.of();
        }
        answer(
                PaperJson.of(report, written),
                () -> PaperTable.of(report, written).forEach(console::line));
    }
}
