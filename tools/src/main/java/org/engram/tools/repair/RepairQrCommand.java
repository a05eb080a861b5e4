package org.engram.tools.repair;

import java.awt.image.BufferedImage;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.engram.store.PatternStore;
import org.engram.store.Verdict;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.NewFile;
import org.engram.tools.image.ImageFile;
import org.engram.tools.image.PatternImage;
import org.engram.tools.options.CriteriaOptions;
import org.engram.tools.options.StoreVerb;
import org.engram.tools.options.VisibleRectangle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram repair-qr}: the text and the clean image of a stored QR symbol that is damaged beyond reading. */
@Command(
        name = "repair-qr",
        description = {
            "Reads a QR symbol that is too damaged for a QR reader, if the store holds it undamaged.",
            "The image may have any size, with or without a quiet zone, turned by 90, 180 or 270 degrees, or by any "
                    + "angle when its three finder patterns are whole. Transparent pixels and all pixels outside --visible are "
                    + "hidden. Other damage is estimated: grey areas, and blots of one colour. The command tries the image "
                    + "with and without that estimate. It gives a text only if a symbol is recognised and the whole picture "
                    + "bears the symbol out. It cannot tell a symbol that was never stored from a stored one that is nearly "
                    + "the same in all that is left to see.",
            "JSON fields: text, bytes (of the text, in base64), textFrom (how they became the text: ascii, kanji, eci, "
                    + "utf-8, option, shift_jis, iso-8859-1), key, verdict, contrast, neuron, agreement, mask (transparent, rectangle, estimated, "
                    + "none), hiddenShare (of the modules), rotation (0, 90, 180, 270, clockwise), placement (exact, fitted, "
                    + "detected, searched), zxing (what a QR reader alone reads), decoded (the same if it is not the text); "
                    + "text, bytes, textFrom, key and neuron are null unless recognised; the other fields are null where nothing could be "
                    + "compared."
        },
        exitCodeList = {"0:recognised and read", ExitCode.CORRUPT_HELP, "4:no text: ambiguous, unknown, or no symbol"},
        footer = {
            "  engram repair-qr symbols torn.png",
            "  engram repair-qr symbols stained.jpg --json --png clean.png",
            "  engram repair-qr symbols half.png --visible 58,0,58,116   only the right half is good"
        })
public final class RepairQrCommand extends StoreVerb {

    /** The largest side in pixels, enough for the largest symbol with modules of five pixels. */
    private static final int LARGEST_SIDE = 1024;

    @Parameters(index = "1", paramLabel = "IMAGE", description = "The damaged symbol; - is standard input.")
    private Path image;

    @Option(
            names = "--visible",
            paramLabel = "X,Y,W,H",
            description = "Hide all but this rectangle, in pixels of the image.")
    private String visible;

    @Mixin
    private CriteriaOptions criteriaOptions;

    @Option(names = "--png", paramLabel = "FILE", description = "Write the recalled symbol, if there is a text.")
    private Path png;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description =
                    "What the bytes of the symbol are in if it names no charset, such as windows-1252. Without it "
                            + "they are UTF-8 if they can be, Shift_JIS if they are evidently Japanese, else ISO-8859-1.")
    private Charset charset;

    @Override
    public Integer call() {
        NewFile.requireBesideAnswer("--png", png, store());
        try (PatternStore open = PatternStore.openReadOnly(store())) {
            QrRepair repairs = new QrRepair(open, criteriaOptions.over(open.criteria()));
            Raster raster = raster(Math.max(
                    LARGEST_SIDE,
                    Math.max(open.geometry().width(), open.geometry().height())));
            Repair repair = repairs.repair(raster);
            RepairReport report = new RepairReport(
                    repair, visible != null ? "rectangle" : raster.hasHidden() ? "transparent" : "none", charset);
            answer(report.json(), () -> report.print(console()));
            tell(repairs, repair);
            if (!report.doubt().isEmpty()) {
                console().note(report.doubt());
            }
            if (png != null && repair.isRepaired()) {
                PatternImage.write(repair.pattern(), png);
            }
            return report.text() != null ? ExitCode.FINE : ExitCode.NOT_RECOGNISED;
        }
    }

    private Raster raster(int largestSide) {
        BufferedImage read = ImageFile.read(image);
        Raster raster = Raster.of(read, largestSide);
        if (visible == null) {
            return raster;
        }
        VisibleRectangle part = VisibleRectangle.parse(visible);
        int right = part.x() + part.width();
        int bottom = part.y() + part.height();
        if (part.width() < 1 || part.height() < 1 || right > read.getWidth() || bottom > read.getHeight()) {
            throw Failure.usage(
                    "visible rectangle is not inside the image: expected within %d x %d, found %s (x,y,width,height)"
                            .formatted(read.getWidth(), read.getHeight(), visible));
        }
        double across = read.getWidth();
        double down = read.getHeight();
        return raster.within(part.x() / across, part.y() / down, right / across, bottom / down);
    }

    private void tell(QrRepair repairs, Repair repair) {
        if (!repairs.hasSymbols()) {
            console().note("%s holds no QR symbols to compare with".formatted(store()));
        }
        if (repair.decoded() != null && repair.verdict() == Verdict.UNKNOWN) {
            console().note("error correction alone read a text; no stored symbol was recognised that has it");
        }
        if (png != null && !repair.isRepaired()) {
            console().note("nothing was repaired, so %s was not written".formatted(png));
        }
    }
}
