package org.engram.tools.ask;

import java.nio.file.Path;
import org.engram.store.Coding;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.tools.console.Console;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Text;
import org.engram.tools.image.ImageNotes;
import org.engram.tools.image.Picture;
import org.engram.tools.image.Shown;
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

    @Option(names = "--grey", description = "Keep values between black and white; without it, half and more is white.")
    private boolean grey;

    @Mixin
    private SymbolOptions symbolOptions;

    Path store() {
        return store;
    }

    boolean isNone() {
        return qr == null && image == null;
    }

    void requireAtMostOne() {
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
        Mask rectangle = rectangle(geometry);
        if (qr != null) {
            QrForm form = symbolOptions.form();
            return new Shown(Failure.argument(() -> QrCodec.encode(qr, geometry, form)), rectangle);
        }
        symbolOptions.requireNone("--qr TEXT");
        Picture picture = Picture.read(image, geometry, grey);
        ImageNotes notes = new ImageNotes();
        notes.add(image, picture);
        notes.tell(console, "hidden");
        return new Shown(picture.pattern(), picture.visible().and(rectangle));
    }

    /** What is shown, for a title: the file, or the text of the symbol. */
    String name() {
        return qr != null ? "the QR symbol of " + Text.quoted(qr) : Text.escape(String.valueOf(image.getFileName()));
    }
}
