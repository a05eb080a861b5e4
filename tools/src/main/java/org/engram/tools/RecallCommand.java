package org.engram.tools;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.engram.store.Coding;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram recall}. */
@Command(
        name = "recall",
        description = {
            "Shows an image, or a part of one, to the store and tells which pattern it is, and whether the store really knew.",
            "Transparent pixels of the image are hidden. An image that has not the store's size is scaled to fit. "
                    + "JSON fields: verdict (RECOGNISED, AMBIGUOUS, UNKNOWN), key, neuron, q (q/R), agreement, contrast "
                    + "(null for real values), coding, voters, kernel, runnerUps [neuron, key, q, agreement]; key and neuron are null "
                    + "in an empty store and when no pixel of the cue is visible."
        },
        exitCodeList = {"0:recognised", ExitCode.CORRUPT_HELP, "4:not recognised: ambiguous or unknown"},
        footer = {
            "  engram recall signs torn.png",
            "  engram recall signs photo.png --visible 58,58,58,58   the lower right quarter of 116 x 116",
            "  engram recall signs --qr HELLO --coding unipolar      as the paper does it",
            "  engram recall signs torn.png --json -k 10 --responses all.csv"
        })
final class RecallCommand implements Callable<Integer> {

    private static final Pattern RECTANGLE = Pattern.compile("(\\d{1,5}),(\\d{1,5}),(\\d{1,5}),(\\d{1,5})");

    @Parameters(index = "0", paramLabel = "STORE", description = "The store.")
    private Path store;

    @Parameters(index = "1", arity = "0..1", paramLabel = "IMAGE", description = "What to show to it.")
    private Path image;

    @Option(names = "--qr", paramLabel = "TEXT", description = "Show the QR symbol of this text instead of an image.")
    private String qr;

    @Option(
            names = "-k",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many neurons to list, the winner included (${DEFAULT-VALUE}).")
    private int k;

    @Option(
            names = "--visible",
            paramLabel = "X,Y,W,H",
            description = "Hide all but this rectangle, in pixels of the store.")
    private String visible;

    @Option(
            names = "--coding",
            paramLabel = "CODING",
            defaultValue = "bipolar",
            description =
                    "bipolar: hidden pixels do not vote; unipolar: the paper's, hidden pixels are white (${DEFAULT-VALUE}).")
    private String coding;

    @Option(names = "--grey", description = "Keep values between black and white; without it, half and more is white.")
    private boolean grey;

    @Mixin
    private CriteriaOptions criteriaOptions;

    @Option(names = "--json", description = "Answer as one JSON document, in full precision.")
    private boolean json;

    @Option(
            names = "--responses",
            paramLabel = "FILE.csv",
            description = "Write neuron, key and q/R of every live neuron.")
    private Path responses;

    @Option(names = "--png", paramLabel = "FILE", description = "Write the recalled pattern, if it was recognised.")
    private Path png;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        if ((qr == null) == (image == null)) {
            throw Failure.usage("expected either an image or --qr TEXT to recall from, found %s"
                    .formatted(qr == null ? "none" : "both"));
        }
        if (k < 1) {
            throw Failure.usage("-k is out of range: expected at least 1, found " + k);
        }
        NewFile.requireOutside(responses, store);
        NewFile.requireOutside(png, store);
        Coding votes = coding();
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            Cue cue = cue(open.geometry(), votes);
            Recall recall = open.recall(
                    cue, RecallOptions.DEFAULT.withCandidates(k).withCriteria(criteriaOptions.over(open.criteria())));
            if (responses != null) {
                ResponseTable.write(responses, open, cue);
            }
            if (png != null) {
                writePng(open, recall);
            }
            RecallReport report = new RecallReport(recall, cue, open.size());
            if (json) {
                common.console().json(report.json());
            } else {
                report.print(common.console());
            }
            return recall.isRecognised() ? ExitCode.FINE : ExitCode.NOT_RECOGNISED;
        }
    }

    private Cue cue(Geometry geometry, Coding votes) {
        Mask rectangle = visible == null ? Mask.all(geometry) : rectangle(geometry);
        if (qr != null) {
            return Cue.of(Failure.argument(() -> QrCodec.encode(qr, geometry)), rectangle, votes);
        }
        Picture picture = Picture.read(image, geometry, grey);
        ImageNotes notes = new ImageNotes();
        notes.add(image, picture);
        notes.tell(common.console(), "hidden");
        return Cue.of(picture.pattern(), picture.visible().and(rectangle), votes);
    }

    private Mask rectangle(Geometry geometry) {
        Matcher parts = RECTANGLE.matcher(visible);
        if (!parts.matches()) {
            throw Failure.usage(
                    "--visible is no rectangle: expected X,Y,W,H such as 58,58,58,58, found %s".formatted(visible));
        }
        return Failure.argument(() -> Mask.rectangle(
                geometry,
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(4))));
    }

    private Coding coding() {
        return switch (coding) {
            case "bipolar" -> Coding.BIPOLAR;
            case "unipolar" -> Coding.UNIPOLAR;
            default ->
                throw Failure.usage("--coding is unknown: expected bipolar or unipolar, found %s".formatted(coding));
        };
    }

    private void writePng(PatternStore open, Recall recall) {
        if (recall.isRecognised()) {
            PatternImage.write(open.pattern(recall.neuron()), png);
        } else {
            common.console().note("nothing was recognised, so %s was not written".formatted(png));
        }
    }
}
