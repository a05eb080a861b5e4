package org.engram.tools.repair;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
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
            "The image may have any size and resolution, and show the symbol anywhere: turned, tilted, bent, mirrored, white "
                    + "on black, in uneven light, with or without a quiet zone, with or without its finder patterns. "
                    + "Transparent pixels and all pixels outside --visible are hidden. What is damaged need not be told. The "
                    + "command gives a text only if a symbol is recognised and the picture bears the symbol out, or if error "
                    + "correction reads a text that a stored symbol has. It cannot tell a symbol that was never stored from a "
                    + "stored one that is nearly the same in all that is left to see.",
            "Every symbol that is found is told, the recognised ones first; the exit code and --png are those of the first. Of "
                    + "the criteria, contrast and disagreement count, in votes of modules.",
            "JSON fields: text, key, verdict, contrast, neuron, agreement, mask (transparent, rectangle, estimated, "
                    + "none), hiddenShare (of the modules), rotation (0, 90, 180, 270, clockwise), inverted (white on black), "
                    + "mirrored, place (x and y of its four corners in pixels, from the upper left of the symbol on), placement "
                    + "(exact, fitted, detected, paired, single, searched), zxing (what error correction alone "
                    + "reads), decoded (the same if it is not the text), symbols (of several, each with all these fields; the "
                    + "others are those of the first); text, key and neuron are null unless recognised; the other fields are "
                    + "null where nothing could be compared."
        },
        exitCodeList = {"0:recognised and read", ExitCode.CORRUPT_HELP, "4:no text: ambiguous, unknown, or no symbol"},
        footer = {
            "  engram repair-qr symbols torn.png",
            "  engram repair-qr symbols stained.jpg --json --png clean.png",
            "  engram repair-qr symbols half.png --visible 58,0,58,116   only the right half is good"
        })
public final class RepairQrCommand extends StoreVerb {

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

    @Override
    public Integer call() {
        NewFile.requireBesideAnswer("--png", png, store());
        try (PatternStore open = PatternStore.openReadOnly(store())) {
            QrRepair repairs = new QrRepair(open, criteriaOptions.over(open.criteria()));
            Raster raster = raster();
            List<Repair> all = repairs.repairAll(raster);
            String given = visible != null ? "rectangle" : raster.hasHidden() ? "transparent" : "none";
            RepairReport report = new RepairReport(all, given);
            answer(report.json(), () -> report.print(console()));
            Repair first = all.get(0);
            tell(repairs, first);
            if (png != null && first.isRepaired()) {
                PatternImage.write(open.pattern(first.neuron()), png);
            }
            return first.isRepaired() ? ExitCode.FINE : ExitCode.NOT_RECOGNISED;
        }
    }

    private Raster raster() {
        BufferedImage read = ImageFile.read(image);
        Raster raster = Raster.of(read);
        if (visible == null) {
            return raster;
        }
        VisibleRectangle part = VisibleRectangle.parse(visible);
        long right = (long) part.x() + part.width();
        long bottom = (long) part.y() + part.height();
        if (part.width() < 1 || part.height() < 1 || right > read.getWidth() || bottom > read.getHeight()) {
            throw Failure.usage(
                    "visible rectangle is not inside the image: expected within %d x %d, found %s (x,y,width,height)"
                            .formatted(read.getWidth(), read.getHeight(), visible));
        }
        return raster.within(part.x(), part.y(), part.width(), part.height());
    }

    private void tell(QrRepair repairs, Repair repair) {
        if (!repairs.hasSymbols()) {
            console().note("%s holds no QR symbols to compare with".formatted(store()));
        }
        if (repair.decoded() != null && repair.verdict() == Verdict.UNKNOWN) {
            console().note("error correction alone read a text; no stored symbol has it");
        }
        if (png != null && !repair.isRepaired()) {
            console().note("nothing was repaired, so %s was not written".formatted(png));
        }
    }
}
