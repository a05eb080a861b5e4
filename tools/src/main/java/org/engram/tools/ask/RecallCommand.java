package org.engram.tools.ask;

import java.nio.file.Path;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.NewFile;
import org.engram.tools.console.Text;
import org.engram.tools.draw.HeatMapPicture;
import org.engram.tools.draw.Sketchpad;
import org.engram.tools.image.PatternImage;
import org.engram.tools.image.Png;
import org.engram.tools.image.Shown;
import org.engram.tools.options.CriteriaOptions;
import org.engram.tools.options.JsonVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "recall",
        description = {
            "Shows an image, or a part of it, to the store. Tells which pattern it is, and whether the store really "
                    + "knew.",
            "Transparent pixels of the image are hidden. An image of another size than the store's is scaled to fit. "
                    + "JSON fields: verdict (RECOGNISED, AMBIGUOUS, UNKNOWN), key, neuron, q (q/R), agreement, contrast (null "
                    + "for real values), coding, voters, kernel, runnerUps [neuron, key, q, agreement]; key and neuron are "
                    + "null in an empty store and when no pixel of the cue is visible.",
            "With --explain JSON also has explanation: criteria [criterion, value, bar, met, sentence], margin (q/R to the first "
                    + "runner-up), rivals [neuron, margin, contrast], twins (keys that fit equally), visible, differing (pixels), "
                    + "advice. The table then shows for each runner-up its margin in q/R and its contrast, or \"far\" where it is "
                    + "too far behind to count as a rival."
        },
        exitCodeList = {"0:recognised", ExitCode.CORRUPT_HELP, "4:not recognised: ambiguous or unknown"},
        footer = {
            "  engram recall signs torn.png",
            "  engram recall signs photo.png --visible 58,58,58,58   the lower right quarter of 116 x 116",
            "  engram recall signs --qr HELLO --coding unipolar      as the paper does it",
            "  engram recall signs torn.png --explain                 why, or why not",
            "  engram recall signs torn.png --explain-png why.png     the same as a picture",
            "  engram recall signs torn.png --json -k 10 --responses all.csv"
        })
public final class RecallCommand extends JsonVerb {

    private static final int LONGEST_TITLE = 80;
    private static final int LONGEST_CAPTION = 24;

    @Mixin
    private CueOptions cueOptions;

    @Option(
            names = "-k",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many neurons to list, the winner included (${DEFAULT-VALUE}).")
    private int k;

    @Mixin
    private CriteriaOptions criteriaOptions;

    @Option(
            names = "--responses",
            paramLabel = "FILE.csv",
            description = "Write neuron, key and q/R of every live neuron.")
    private Path responses;

    @Option(names = "--png", paramLabel = "FILE", description = "Write the recalled pattern, if it was recognised.")
    private Path png;

    @Option(
            names = "--explain",
            description = "Tell why: each criterion in a sentence, rivals with bars, and where cue and answer agree.")
    private boolean explain;

    @Option(
            names = "--explain-png",
            paramLabel = "FILE",
            description = "Write the explanation as a picture: cue, recalled pattern and agreement side by side.")
    private Path explainPng;

    @Override
    public Integer call() {
        cueOptions.requireOne();
        Failure.requirePositive("-k", k);
        NewFile.requireBesideAnswer("--responses", responses, cueOptions.store());
        NewFile.requireBesideAnswer("--png", png, cueOptions.store());
        NewFile.requireBesideAnswer("--explain-png", explainPng, cueOptions.store());
        Coding coding = cueOptions.coding();
        try (PatternStore open = PatternStore.openReadOnly(cueOptions.store())) {
            Shown shown = cueOptions.shown(open.geometry(), console());
            Cue cue = shown.cue(coding);
            Criteria criteria = criteriaOptions.over(open.criteria());
            Recall recall =
                    open.recall(cue, RecallOptions.DEFAULT.withCandidates(k).withCriteria(criteria));
            if (responses != null) {
                ResponseTable.write(responses, open, cue);
            }
            if (png != null) {
                writePng(open, recall);
            }
            Explanation explanation = explain || explainPng != null ? Explanation.of(open, shown, cue, recall) : null;
            if (explainPng != null) {
                writeExplanation(recall, explanation);
            }
            RecallReport report = new RecallReport(recall, cue, open.size(), explain ? explanation : null);
            answer(report.json(), () -> report.print(console()));
            return recall.isRecognised() ? ExitCode.FINE : ExitCode.NOT_RECOGNISED;
        }
    }

    private void writeExplanation(Recall recall, Explanation explanation) {
        if (explanation.heatMap() == null) {
            console().note("there is nothing to draw, so %s was not written".formatted(explainPng));
            return;
        }
        Png.write(
                HeatMapPicture.draw(
                        explanation.heatMap(),
                        Text.shortened(RecallReport.answer(recall), LONGEST_TITLE),
                        Sketchpad.colour(recall.verdict()),
                        (recall.isRecognised() ? "recalled: " : "nearest: ")
                                + Text.shortened(Text.escape(recall.key()), LONGEST_CAPTION),
                        explanation.lines().stream()
                                .map(Explanation.Line::toString)
                                .toList()),
                explainPng);
    }

    private void writePng(PatternStore open, Recall recall) {
        if (recall.isRecognised()) {
            PatternImage.write(open.pattern(recall.neuron()), png);
        } else {
            console().note("nothing was recognised, so %s was not written".formatted(png));
        }
    }
}
