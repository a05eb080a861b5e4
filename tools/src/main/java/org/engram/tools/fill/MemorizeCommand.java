package org.engram.tools.fill;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.store.EngramException;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.console.Ending;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Json;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.image.ImageNotes;
import org.engram.tools.image.ImageSource;
import org.engram.tools.image.Picture;
import org.engram.tools.options.LevelOptions;
import org.engram.tools.options.StoreVerb;
import org.engram.tools.options.SymbolOptions;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.qr.QrForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "memorize",
        description = {
            "Stores images, or a QR symbol, each as one new neuron under a key.",
            "A directory gives its files in the order of their names, without subdirectories and hidden files. The "
                    + "key of a file is its name without the ending. An image of exactly the store's size is taken pixel by "
                    + "pixel; any other is scaled to fit, centred on white. Transparent pixels are painted white, or stay unknown "
                    + "in a store with masks. A picture that "
                    + "is dim or pale would be stored all black or white: it is refused without --levels or --grey. A file that "
                    + "cannot be stored stops the command. The patterns stored before it stay, and --skip-existing goes on "
                    + "from there.",
            "With --read, all QR symbols of each photograph are read by error correction, also mirrored ones and white on "
                    + "black. Each is stored as it is printed, with its own version, error correction, mask and segments, "
                    + "cleanly drawn; its key is its text. A symbol that is already stored like this is passed over. A photograph in "
                    + "which nothing can be read, and a symbol that cannot be stored, are refused with a line that says "
                    + "why, and the others go on.",
            "JSON fields: stored [key, neuron] (replaced ones too, in their order), replaced (the ones that took the "
                    + "place of another), passedOver (how many keys were in use), neurons (live in the store); with --read "
                    + "also read [file, key, neuron, text, bytes (base64), textFrom (ascii, kanji, eci, utf-8, option, "
                    + "shift_jis, iso-8859-1), version, ec, mask, mirrored, inverted] and refused [file, reason]."
        },
        exitCodeList = {
            "2:the store or a file cannot be opened, read or written; or --read refused something",
            ExitCode.CORRUPT_HELP,
            ExitCode.LOCKED_HELP
        },
        footer = {
            "  engram memorize signs photos/              every image in photos",
            "  engram memorize signs gi.png --key GI",
            "  engram memorize signs --qr HELLO           the QR symbol of HELLO, under the key HELLO",
            "  engram memorize signs --qr HELLO --ec all   four symbols, HELLO#L, HELLO#M, HELLO#Q and HELLO#H",
            "  engram memorize signs --read label.png     each QR symbol in the photograph, as it is printed",
            "  engram memorize signs photo.png --levels otsu   black and white by its own light",
            "  engram memorize signs photos --skip-existing   go on after an interrupt",
            "  engram memorize signs gi.png --replace     another pattern for the key gi"
        })
public final class MemorizeCommand extends StoreVerb {

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FILE",
            description = "Image files or directories of them.")
    private List<Path> files = List.of();

    @Option(names = "--key", paramLabel = "KEY", description = "The key, for a single file or with --qr.")
    private String key;

    @Option(names = "--qr", paramLabel = "TEXT", description = "Store the QR symbol of this text instead of a file.")
    private String qr;

    @Option(names = "--replace", description = "Replace the pattern of a key in use instead of refusing it.")
    private boolean replace;

    @Option(
            names = "--skip-existing",
            description = "Pass over files whose key is in use, to go on after an interrupt.")
    private boolean skipExisting;

    @Mixin
    private LevelOptions levels;

    @Option(
            names = "--read",
            description = "Read the QR symbols of photographs, and store each exactly as it is printed.")
    private boolean read;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "With --read: the charset of bytes whose symbol names none, such as windows-1252.")
    private Charset charset;

    @Mixin
    private SymbolOptions symbolOptions;

    private final ImageNotes notes = new ImageNotes();

    @Override
    public Integer call() {
        requireFitting();
        List<Path> photos = read ? Enrolment.files(files) : List.of();
        List<ImageSource> sources = qr == null && !read ? ImageSource.list(files, key) : List.of();
        try (PatternStore open = PatternStore.open(store())) {
            console().noteRecovery(open);
            Memorized memorized = new Memorized(open, replace, skipExisting);
            if (read) {
                return enrol(memorized, photos);
            }
            if (qr != null) {
                memorizeSymbol(memorized, key == null ? qr : key);
            } else {
                memorize(memorized, sources);
            }
            answer(memorized.answer(), memorized.sentence());
        }
        return ExitCode.FINE;
    }

    private void requireFitting() {
        if (qr != null && !files.isEmpty()) {
            throw Failure.usage("both --qr and files given: expected one of them; store them in two calls");
        }
        if (qr == null && files.isEmpty()) {
            throw Failure.usage("nothing to memorize: expected image files, a directory or --qr TEXT");
        }
        if (replace && skipExisting) {
            throw Failure.usage("both --replace and --skip-existing given: expected one of them for keys in use");
        }
        levels.check();
        if (qr == null) {
            symbolOptions.requireNone("--qr TEXT");
        }
        if (read && (qr != null || levels.isGrey() || levels.levels() != null)) {
            throw Failure.usage(
                    "--read takes photographs of QR symbols: expected none of --qr, --grey and --levels with it");
        }
        if (charset != null && !read) {
            throw Failure.usage("--charset is for what --read reads; texts of --qr are Unicode");
        }
        if (read && key != null && (files.size() != 1 || Files.isDirectory(files.getFirst()))) {
            throw Failure.usage("--key names one symbol: expected a single photograph with it");
        }
    }

    private int enrol(Memorized memorized, List<Path> photos) {
        Enrolment enrolment = new Enrolment(memorized, key, charset, console()::error);
        int looked = 0;
        try (ProgressLine progress = console().progress("memorize", "photographs", photos.size())) {
            for (Path photo : photos) {
                enrolment.enrol(photo);
                progress.at(++looked);
            }
        }
        if (!enrolment.doubt().isEmpty()) {
            console().note(enrolment.doubt());
        }
        record Answer(List<Enrolment.Read> read, List<Enrolment.Refused> refused) {}
        answer(Json.joined(memorized.answer(), new Answer(enrolment.read(), enrolment.refused())), () -> {
            enrolment.lines().forEach(console()::line);
            console().line(memorized.sentence());
        });
        return enrolment.refused().isEmpty() ? ExitCode.FINE : ExitCode.CANNOT_OPEN;
    }

    private void memorizeSymbol(Memorized memorized, String name) {
        // all are drawn before the first is stored, so that all fit or none is stored
        Map<String, Pattern> symbols = new LinkedHashMap<>();
        for (QrForm form : symbolOptions.forms()) {
            String own = symbolOptions.key(name, form);
            if (!memorized.passesOver(own)) {
                symbols.put(
                        own,
                        Failure.argument(
                                () -> QrCodec.encode(qr, memorized.store().geometry(), form)));
            }
        }
        symbols.forEach(memorized::store);
    }

    private void memorize(Memorized memorized, List<ImageSource> sources) {
        try (ProgressLine progress = console().progress("memorize", "patterns", sources.size())) {
            for (ImageSource source : sources) {
                try {
                    memorize(memorized, source);
                } catch (RuntimeException e) {
                    throw sources.size() == 1 ? e : stopped(source, memorized.stored(), sources.size(), e);
                }
                progress.at(memorized.done());
            }
        } finally {
            notes.tellStored(console(), memorized.store().hasMasks());
        }
    }

    private void memorize(Memorized memorized, ImageSource source) {
        if (memorized.passesOver(source.key())) {
            return;
        }
        Picture picture = Picture.read(source.path(), memorized.store().geometry());
        boolean masks = memorized.store().hasMasks();
        memorized.store(source.key(), levels.pattern(picture, source.path().toString(), masks));
        notes.add(source.path(), picture);
    }

    private static Failure stopped(ImageSource source, int stored, int total, RuntimeException e) {
        String advice = e instanceof EngramException.DuplicateKey ? "; --skip-existing passes over keys in use" : "";
        return new Failure(
                Ending.exitCode(e),
                "stopped at %s, %d of %d stored: %s%s".formatted(source.path(), stored, total, Ending.line(e), advice),
                e);
    }
}
