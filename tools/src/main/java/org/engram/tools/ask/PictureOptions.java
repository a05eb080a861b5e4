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

/**
 * Options that say what is shown and how it votes. The image itself is an argument. For {@code @Mixin} fields of a
 * subclass.
 */
public abstract class PictureOptions {

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

    /** The image to show, or null. */
    protected abstract Path image();

    final boolean isNone() {
        return qr == null && image() == null;
    }

    final void requireAtMostOne() {
        levels.check();
        if (qr != null && image() != null) {
            throw wrong("both");
        }
    }

    public final void requireOne() {
        requireAtMostOne();
        if (isNone()) {
            throw wrong("none");
        }
    }

    private static Failure wrong(String found) {
        return Failure.usage("expected either an image or --qr TEXT to recall from, found " + found);
    }

    final Coding coding() {
        return coding;
    }

    /** The part of the picture that {@code --visible} leaves. */
    final Mask rectangle(Geometry geometry) {
        if (visible == null) {
            return Mask.all(geometry);
        }
        VisibleRectangle part = VisibleRectangle.parse(visible);
        return Failure.argument(() -> Mask.rectangle(geometry, part.x(), part.y(), part.width(), part.height()));
    }

    /** Reads the one picture that is given, and notes what was done to it on its way in. */
    final Shown shown(Geometry geometry, Console console) {
        return eye(geometry, console).shown(View.plain(firstLevels()));
    }

    /** Reads the same picture, to look at it in several ways. */
    final Eye eye(Geometry geometry, Console console) {
        Mask rectangle = rectangle(geometry);
        if (qr != null) {
            QrForm form = symbolOptions.form();
            BufferedImage symbol = PatternImage.of(Failure.argument(() -> QrCodec.encode(qr, geometry, form)));
            Upright drawn = new Upright(symbol, Orientation.UPRIGHT);
            return new Eye(drawn, Picture.of(drawn, geometry).within(rectangle));
        }
        symbolOptions.requireNone("--qr TEXT");
        Upright read = ImageFile.open(image());
        Picture picture = Picture.of(read, geometry);
        ImageNotes notes = new ImageNotes();
        notes.add(image(), picture);
        notes.tell(console, "hidden");
        return new Eye(read, picture.within(rectangle));
    }

    final boolean isQr() {
        return qr != null;
    }

    final boolean hasRectangle() {
        return visible != null;
    }

    /** The levels to look with first; null to look at the greys. */
    final Levels firstLevels() {
        if (levels.isGrey()) {
            return null;
        }
        return levels.levels() == null ? Levels.FIXED : levels.levels();
    }

    /** The levels to look with when the first do not tell: those of the picture itself, unless others were asked for. */
    final List<Levels> furtherLevels() {
        boolean isOpen = !levels.isGrey() && levels.levels() == null && coding == Coding.BIPOLAR && qr == null;
        return isOpen ? List.of(Levels.OTSU, Levels.LOCAL) : List.of();
    }

    /** The name of what is shown, for a title: the file, or the text of the symbol. */
    final String name() {
        return qr != null ? "the QR symbol of " + Text.quoted(qr) : Text.escape(String.valueOf(image().getFileName()));
    }
}
