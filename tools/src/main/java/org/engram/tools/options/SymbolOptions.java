package org.engram.tools.options;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.engram.tools.console.Failure;
import org.engram.tools.qr.QrForm;
import picocli.CommandLine.Option;

/** Options that say in which form texts become QR symbols. For {@code @Mixin} fields. */
public final class SymbolOptions {

    private static final String ALL = "all";
    private static final List<String> LEVELS = List.of("L", "M", "Q", "H", ALL);

    /** The words that a shell offers. */
    static final class Levels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return LEVELS.iterator();
        }
    }

    @Option(
            names = "--ec",
            paramLabel = "LEVEL",
            completionCandidates = Levels.class,
            description =
                    "Error correction of the QR symbols: L, M, Q or H; all gives each text a neuron for each, whose "
                            + "keys end with #L, #M, #Q and #H (M).")
    private String level;

    @Option(
            names = "--version",
            paramLabel = "N",
            description = "Version of the QR symbols, 1 to 40; the smallest that holds the text without it.")
    private Integer version;

    @Option(
            names = "--mask",
            paramLabel = "N",
            description = "Mask of the QR symbols, 0 to 7; the one that the standard prefers without it.")
    private Integer mask;

    public boolean isGiven() {
        return level != null || version != null || mask != null;
    }

    /** Refuses the options where there is no text to draw. */
    public void requireNone(String where) {
        if (isGiven()) {
            throw Failure.usage("--ec, --version and --mask are for texts: expected them with %s".formatted(where));
        }
    }

    /** The forms that a text is to have, one after the other. */
    public List<QrForm> forms() {
        if (level != null && !LEVELS.contains(level)) {
            throw Failure.usage("--ec is unknown: expected L, M, Q, H or all, found " + level);
        }
        if (version != null && version < 1) {
            throw Failure.usage(
                    "QR version is unknown: expected 1 to %d, found %d".formatted(QrForm.LARGEST_VERSION, version));
        }
        if (mask != null && mask < 0) {
            throw Failure.usage(
                    "mask pattern is unknown: expected 0 to %d, found %d".formatted(QrForm.MASKS - 1, mask));
        }
        return LEVELS.stream()
                .filter(name -> !name.equals(ALL) && (isAll() || name.equals(Objects.requireNonNullElse(level, "M"))))
                .map(ErrorCorrectionLevel::valueOf)
                .map(ec -> Failure.argument(() ->
                        new QrForm(Objects.requireNonNullElse(version, 0), ec, Objects.requireNonNullElse(mask, -1))))
                .toList();
    }

    /** The form, where there can be only one. */
    public QrForm form() {
        if (isAll()) {
            throw Failure.usage("--ec all is for texts to store: expected L, M, Q or H, found all");
        }
        return forms().getFirst();
    }

    private boolean isAll() {
        return ALL.equals(level);
    }

    /** The key of a text in one of the forms. */
    public String key(String key, QrForm form) {
        return isAll() ? key + "#" + form.level() : key;
    }
}
