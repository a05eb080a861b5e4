package org.engram.tools.repair;

import java.awt.image.BufferedImage;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.engram.store.PatternStore;
import org.engram.store.Verdict;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.NewFile;
import org.engram.tools.image.ImageFile;
import org.engram.tools.image.PatternImage;
import org.engram.tools.image.Png;
import org.engram.tools.options.CriteriaOptions;
import org.engram.tools.options.StoreVerb;
import org.engram.tools.options.VisibleRectangle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram repair-qr}: the texts and the clean images of stored QR symbols that are damaged beyond reading. */
@Command(
        name = "repair-qr",
        description = {
            "Reads a QR symbol that is too damaged for a QR reader, if the store holds it undamaged.",
            "The image may have any size and resolution, and show the symbol anywhere: turned, tilted, bent, mirrored, white "
                    + "on black, in uneven light, with or without a quiet zone, with or without its finder patterns. "
                    + "Transparent pixels and all pixels outside --visible are hidden. Nobody has to say what is damaged. The "
                    + "command gives a text only if a symbol is recognised and the picture bears the symbol out, or if error "
                    + "correction reads a text that a stored symbol has. It cannot tell a symbol that was never stored from a "
                    + "stored one that is nearly the same in all that is left to see.",
            "Every symbol that is found is told, the recognised ones first; the exit code and --clean are those of the first. "
                    + "Each of several images has a line, and a last line counts them. All images of a directory are taken, in "
                    + "deeper directories too: files that end in " + ImageList.ENDINGS + ".",
            "--score compares with the right texts. The text of photo.png is in photo.txt beside it, in UTF-8; line ends and the "
                    + "width of characters do not count. An image is right if its text is recognised, and wrong if any other "
                    + "text is. Images without a text beside them are left out.",
            "Only the criteria contrast and disagreement count, in votes of modules.",
            "JSON fields: text, bytes (of the text, in base64), textFrom (how they became the text: ascii, kanji, eci, "
                    + "utf-8, option, shift_jis, iso-8859-1), key, verdict, contrast, neuron, agreement, mask (transparent, rectangle, estimated, "
                    + "none), hiddenShare (of the modules), rotation (0, 90, 180, 270, clockwise), inverted (white on black), "
                    + "mirrored, place (x and y of its four corners in pixels, from the upper left of the symbol on), placement "
                    + "(exact, fitted, detected, paired, single, searched), zxing (what error correction alone "
                    + "reads), decoded (the same if it is not the text), symbols (of several, each with all these fields; the "
                    + "others are those of the first); text, bytes, textFrom, key and neuron are null unless recognised; the other fields are "
                    + "null where nothing could be compared. Of several images: images [image, and these fields], repaired, "
                    + "noText, skipped, seconds. With --score: images, right, noText, wrong, zxing (right by a QR reader alone), "
                    + "zxingWrong, medianSeconds, worstSeconds, folders [folder, and these fields], mistakes [image, expected, "
                    + "found], skipped."
        },
        exitCodeList = {
            "0:recognised and read, all of several images; with --score, all images could be read",
            "2:the store or a file cannot be opened, read or written; of several images, one of them",
            ExitCode.CORRUPT_HELP,
            "4:no text: ambiguous, unknown, or no symbol; of several images, one of them"
        },
        footer = {
            "  engram repair-qr symbols torn.png",
            "  engram repair-qr symbols stained.jpg --json --clean clean.png",
            "  engram repair-qr symbols half.png --visible 58,0,58,116   only the right half is good",
            "  engram repair-qr symbols shelf.jpg --png where.png        draws where it is",
            "  engram repair-qr symbols labels monday.jpg                a directory, and one more",
            "  engram repair-qr symbols labels --score                   texts in labels/*.txt"
        })
public final class RepairQrCommand extends StoreVerb {

    @Parameters(
            index = "1",
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Images of damaged symbols, and directories of images; - is standard input.")
    private List<Path> named;

    @Option(
            names = "--visible",
            paramLabel = "X,Y,W,H",
            description = "Hide all but this rectangle, in pixels of the image.")
    private String visible;

    @Option(names = "--score", description = "Compare with the right texts, and count.")
    private boolean score;

    @Mixin
    private CriteriaOptions criteriaOptions;

    @Option(
            names = "--png",
            paramLabel = "FILE",
            description = "Draw the image with each symbol that was found, and its missing modules.")
    private Path png;

    @Option(names = "--clean", paramLabel = "FILE", description = "Write the recalled symbol, if there is a text.")
    private Path clean;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "The charset of the bytes of a symbol that names none, such as windows-1252. Without it "
                    + "they are UTF-8 if they can be, Shift_JIS if they are evidently Japanese, else ISO-8859-1.")
    private Charset charset;

    @Override
    public Integer call() {
        boolean isOne = named.size() == 1 && !Files.isDirectory(named.get(0));
        if (!(isOne && !score) && (visible != null || png != null || clean != null)) {
            throw Failure.usage(
                    "--visible, --png and --clean are for one image: expected a single file without --score");
        }
        NewFile.requireBesideAnswer("--png", png, store());
        NewFile.requireBesideAnswer("--clean", clean, store());
        try (PatternStore open = PatternStore.openReadOnly(store())) {
            QrRepair repairs = new QrRepair(open, criteriaOptions.over(open.criteria()), charset);
            if (!repairs.hasSymbols()) {
                console().note("%s holds no QR symbols to compare with".formatted(store()));
            }
            if (score) {
                RepairScore scored = RepairScore.of(repairs, ImageList.of(named), console());
                answer(scored.report().json(), () -> scored.report().print(console()));
                return scored.exitCode();
            }
            return isOne ? one(open, repairs) : several(repairs);
        }
    }

    private int one(PatternStore open, QrRepair repairs) {
        BufferedImage image = ImageFile.read(named.get(0));
        Raster raster = raster(image);
        List<Repair> all = repairs.repairAll(raster);
        RepairReport report = new RepairReport(all, visible != null ? "rectangle" : RepairReport.given(raster));
        answer(report.json(), () -> report.print(console()));
        RepairReport.tellDoubts(all, console());
        Repair first = all.get(0);
        if (first.decoded() != null && first.verdict() == Verdict.UNKNOWN) {
            console().note("error correction alone read a text; no stored symbol has it");
        }
        if (png != null) {
            Png.write(RepairPicture.draw(image, all), png);
        }
        if (clean != null && first.isRepaired()) {
            PatternImage.write(open.pattern(first.neuron()), clean);
        } else if (clean != null) {
            console().note("nothing was repaired, so %s was not written".formatted(clean));
        }
        return first.isRepaired() ? ExitCode.FINE : ExitCode.NOT_RECOGNISED;
    }

    private int several(QrRepair repairs) {
        RepairSeries series = new RepairSeries(console(), asJson());
        series.run(repairs, ImageList.of(named));
        return series.exitCode();
    }

    private Raster raster(BufferedImage read) {
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
}
