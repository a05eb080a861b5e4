package org.engram.tools.fill;

import java.awt.image.BufferedImage;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.engram.store.EngramException;
import org.engram.store.Pattern;
import org.engram.tools.console.Ending;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.StandardStream;
import org.engram.tools.console.Text;
import org.engram.tools.image.ImageFile;
import org.engram.tools.image.ImageSource;
import org.engram.tools.image.PixelRows;
import org.engram.tools.qr.QrFind;
import org.engram.tools.qr.QrForm;
import org.engram.tools.qr.QrPhoto;
import org.engram.tools.qr.QrText;

/**
 * Stores the QR symbols of photographs as they are printed. A symbol that cannot be stored is refused, and the others
 * go on.
 */
final class Enrolment {

    /** A symbol that was read and is in the store. */
    record Read(
            Path file,
            String key,
            int neuron,
            String text,
            String bytes,
            String textFrom,
            int version,
            String ec,
            int mask,
            boolean mirrored,
            boolean inverted) {}

    record Refused(Path file, String reason) {}

    private final Memorized memorized;
    private final String key;
    private final Charset charset;
    private final Consumer<String> onRefused;
    private final List<Read> read = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final List<String> guessed = new ArrayList<>();

    /** If the key is null, texts are the keys. The charset is for bytes whose symbol names none. */
    Enrolment(Memorized memorized, String key, Charset charset, Consumer<String> onRefused) {
        this.memorized = memorized;
        this.key = key;
        this.charset = charset;
        this.onRefused = onRefused;
    }

    /** The named files; of a named directory, all its files. */
    static List<Path> files(List<Path> named) {
        return named.stream()
                .flatMap(path -> Files.isDirectory(path) ? ImageSource.files(path, 1).stream() : List.of(path).stream())
                .toList();
    }

    /** Stores all symbols of a photograph. */
    void enrol(Path file) {
        try {
            List<QrFind> finds = photo(ImageFile.read(file)).finds();
            if (finds.isEmpty()) {
                throw Failure.cannotOpen(
                        "no QR symbol can be read: %s: expected one that error correction reads, found none; take it from nearer, whole and sharp"
                                .formatted(file));
            }
            if (key != null && finds.size() > 1) {
                throw Failure.usage("--key names one symbol: %s: expected one, found %d; leave --key out"
                        .formatted(file, finds.size()));
            }
            for (QrFind find : finds) {
                enrol(file, find);
            }
        } catch (Failure e) {
            refuse(file, e.getMessage());
        }
    }

    private static QrPhoto photo(BufferedImage image) {
        PixelRows rows = new PixelRows(image);
        byte[] grey = new byte[rows.width() * rows.height()];
        double[] luminance = new double[rows.width()];
        double[] hidden = new double[rows.width()];
        for (int y = 0; y < rows.height(); y++) {
            rows.read(y, luminance, hidden);
            for (int x = 0; x < luminance.length; x++) {
                grey[y * luminance.length + x] = (byte) Math.round(255 * luminance[x]);
            }
        }
        return new QrPhoto(rows.width(), rows.height(), grey);
    }

    private void enrol(Path file, QrFind find) {
        QrText text = find.symbol().text(charset);
        try {
            String name = key == null ? name(text) : key;
            Pattern pattern = find.symbol().draw(memorized.store().geometry());
            if (!memorized.passesOver(name, pattern)) {
                add(file, find, text, store(name, pattern));
            }
        } catch (EngramException | IllegalArgumentException | Failure e) {
            if (e instanceof EngramException && Ending.exitCode(e) != ExitCode.USAGE) {
                throw e; // this is about the store, and not about the symbol
            }
            String said = Ending.line(e);
            refuse(file, StandardStream.isMeant(file) ? said : "%s: %s".formatted(file, said));
        }
    }

    private KeyedNeuron store(String name, Pattern pattern) {
        try {
            return memorized.store(name, pattern);
        } catch (EngramException.DuplicateKey e) {
            throw Failure.usage(
                    "key %s is in use for another symbol; --key names this one, --replace puts it in its place"
                            .formatted(Text.quoted(name)));
        }
    }

    private static String name(QrText text) {
        if (text.text() == null) {
            throw Failure.usage(
                    "its bytes are no text in their charset; name a charset with --charset, or a key with --key");
        }
        return text.text();
    }

    private void add(Path file, QrFind find, QrText text, KeyedNeuron stored) {
        QrForm form = find.symbol().form();
        read.add(new Read(
                file,
                stored.key(),
                stored.neuron(),
                text.text(),
                text.base64(),
                text.origin().word(),
                form.version(),
                form.level().name(),
                form.mask(),
                find.mirrored(),
                find.inverted()));
        if (!text.isCertain()) {
            guessed.add("%s of %s was read as %s"
                    .formatted(Text.quoted(stored.key()), file, text.origin().word()));
        }
    }

    private void refuse(Path file, String reason) {
        refused.add(new Refused(file, reason));
        onRefused.accept("refused: " + reason);
    }

    /** The symbols that were read, one line each, for people. */
    List<String> lines() {
        return read.stream()
                .map(symbol -> "%s: %s, version %d, error correction %s, mask %d"
                        .formatted(
                                Text.escape(symbol.file().toString()),
                                Text.quoted(symbol.key()),
                                symbol.version(),
                                symbol.ec(),
                                symbol.mask()))
                .toList();
    }

    List<Read> read() {
        return read;
    }

    List<Refused> refused() {
        return refused;
    }

    /** The doubts about the texts, in one line; "" when all are certain. */
    String doubt() {
        return guessed.isEmpty()
                ? ""
                : "%s%s, as the symbol names no charset; --charset names it"
                        .formatted(
                                guessed.getFirst(),
                                guessed.size() == 1
                                        ? ""
                                        : ", and so %s".formatted(Text.count(guessed.size() - 1, "more text")));
    }
}
