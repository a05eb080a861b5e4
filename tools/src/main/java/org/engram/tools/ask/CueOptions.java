package org.engram.tools.ask;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.engram.store.Coding;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.tools.console.Console;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Text;
import org.engram.tools.image.ImageFile;
import org.engram.tools.image.ImageNotes;
import org.engram.tools.image.Levels;
import org.engram.tools.image.Orientation;
import org.engram.tools.image.PatternImage;
import org.engram.tools.image.Picture;
import org.engram.tools.image.Shown;
import org.engram.tools.image.Upright;
import org.engram.tools.options.LevelOptions;
import org.engram.tools.options.SymbolOptions;
import org.engram.tools.options.VisibleRectangle;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.qr.QrForm;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A store, what is shown to it, and how that votes: both arguments and their options. For {@code @Mixin} fields. */
final class CueOptions {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store.")
    private Path store;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "IMAGE",
            description = "The image to show to the store; - is standard input.")
    private Path image;

    @Option(names = "--qr", paramLabel = "TEXT", description = "Show the QR symbol of this text instead of an image.")
    private String qr;

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
    private Coding coding;

    @Mixin
    private LevelOptions levels;

    @Mixin
    private SymbolOptions symbolOptions;

    Path store() {
        return store;
    }

    boolean isNone() {
        return qr == null && image == null;
    }

    void requireAtMostOne() {
        levels.check();
        if (qr != null && image != null) {
            throw wrong("both");
        }
    }

    void requireOne() {
        requireAtMostOne();
        if (isNone()) {
            throw wrong("none");
        }
    }

    private static Failure wrong(String found) {
        return Failure.usage("expected either an image or --qr TEXT to recall from, found " + found);
    }

    Coding coding() {
        return coding;
    }

    /** The part of the picture that {@code --visible} leaves. */
    Mask rectangle(Geometry geometry) {
        if (visible == null) {
            return Mask.all(geometry);
        }
        VisibleRectangle part = VisibleRectangle.parse(visible);
        return Failure.argument(() -> Mask.rectangle(geometry, part.x(), part.y(), part.width(), part.height()));
    }

    /** Reads the one picture that is given, and notes what was done to it on its way in. */
    Shown shown(Geometry geometry, Console console) {
        return eye(geometry, console).shown(View.plain(firstLevels()));
    }

    /** The same, to look at it in several ways. */
    Eye eye(Geometry geometry, Console console) {
        Mask rectangle = rectangle(geometry);
        if (qr != null) {
            QrForm form = symbolOptions.form();
            BufferedImage symbol = PatternImage.of(Failure.argument(() -> QrCodec.encode(qr, geometry, form)));
            Upright drawn = new Upright(symbol, Orientation.UPRIGHT);
            return new Eye(drawn, Picture.of(drawn, geometry).within(rectangle));
        }
        symbolOptions.requireNone("--qr TEXT");
        Upright read = ImageFile.open(image);
        Picture picture = Picture.of(read, geometry);
        ImageNotes notes = new ImageNotes();
        notes.add(image, picture);
        notes.tell(console, "hidden");
        return new Eye(read, picture.within(rectangle));
    }

    boolean isQr() {
        return qr != null;
    }

    boolean hasRectangle() {
        return visible != null;
    }

    /** The levels to look with first; null to look at the greys. */
    Levels firstLevels() {
        if (levels.isGrey()) {
            return null;
        }
        return levels.levels() == null ? Levels.FIXED : levels.levels();
    }

    /** The levels to look with when the first do not tell: those of the picture itself, unless others were asked for. */
    List<Levels> furtherLevels() {
        boolean isOpen = !levels.isGrey() && levels.levels() == null && coding == Coding.BIPOLAR && qr == null;
        return isOpen ? List.of(Levels.OTSU, Levels.LOCAL) : List.of();
    }

    /** What is shown, for a title: the file, or the text of the symbol. */
    String name() {
        return qr != null ? "the QR symbol of " + Text.quoted(qr) : Text.escape(String.valueOf(image.getFileName()));
    }
}
