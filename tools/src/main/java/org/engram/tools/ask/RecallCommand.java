package org.engram.tools.ask;

import java.nio.file.Path;
import org.engram.store.Cue;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.NewFile;
import org.engram.tools.console.Text;
import org.engram.tools.draw.HeatMapPicture;
import org.engram.tools.draw.Sketchpad;
import org.engram.tools.image.PatternImage;
import org.engram.tools.image.Png;
import org.engram.tools.options.JsonVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "recall",
        description = {
            "Shows an image, or a part of it, to the store. Tells which pattern it is, and whether the store really "
                    + "knew.",
            "Transparent pixels of the image are hidden. An image of another size than the store's is scaled to fit. White is "
                    + "from half on. Where that is not recognised, the levels of the picture itself are tried (--levels), with a note.",
            "--turns, --mirror, --invert and --shift look at the image in more ways, which all count alike: the best of those that "
                    + "are recognised wins, and two that name different keys and fit about as well are AMBIGUOUS. Each way is another "
                    + "chance for a wrong answer, so with many ways, many patterns and few pixels less may differ.",
            "JSON fields: verdict (RECOGNISED, AMBIGUOUS, UNKNOWN), key, neuron, q (q/R), agreement, contrast (null "
                    + "for unipolar real values), coding, voters, kernel, runnerUps [neuron, key, q, agreement], view [levels (null with --grey), "
                    + "turn (clockwise), mirrored, inverted, right, down (shifted)] (how the image was seen), views (how many were tried), "
                    + "otherViews [key, neuron, agreement, view] (that name other keys); key and neuron are "
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
            "  engram recall signs photo.png --turns --shift 2        however it lies",
            "  engram recall signs torn.png --among K                 among the keys that begin with K",
            "  engram recall signs torn.png --within 40               all that differ in 40 pixels or fewer",
            "  engram recall signs torn.png --explain                 why, or why not",
            "  engram recall signs torn.png --explain-png why.png     the same as a picture",
            "  engram recall signs torn.png --json -k 10 --responses all.csv"
        })
public final class RecallCommand extends JsonVerb {

    private static final int LONGEST_TITLE = 80;
    private static final int LONGEST_CAPTION = 24;

    @Mixin
    private CueOptions cueOptions;

    @Mixin
    private ViewOptions viewOptions;

    @Mixin
    private WantedOptions wantedOptions;

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
        Looking looking = new Looking(cueOptions, viewOptions, wantedOptions, console());
        looking.check();
        NewFile.requireBesideAnswer("--responses", responses, cueOptions.store());
        NewFile.requireBesideAnswer("--png", png, cueOptions.store());
        NewFile.requireBesideAnswer("--explain-png", explainPng, cueOptions.store());
        try (PatternStore open = PatternStore.openReadOnly(cueOptions.store())) {
            Sight sight = looking.look(Asked.of(open));
            Recall recall = sight.recall();
            Cue cue = sight.cue();
            if (responses != null) {
                ResponseTable.write(responses, open, cue);
            }
            if (png != null) {
                writePng(open, recall);
            }
            Explanation explanation = explain || explainPng != null ? Explanation.of(open, sight) : null;
            if (explainPng != null) {
                writeExplanation(recall, explanation);
            }
            RecallReport report = new RecallReport(sight, open.size(), explain ? explanation : null);
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
