package org.engram.tools;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram memorize}. */
@Command(
        name = "memorize",
        description = {
            "Stores images, or a QR symbol, each as one new neuron under a key.",
            "Of a directory it takes the files in the order of their names, without subdirectories and hidden files; "
                    + "the key of a file is its name without the ending. An image of exactly the store's size is taken pixel "
                    + "by pixel; another is scaled to fit, centred on white. Transparent pixels are painted white. A file that "
                    + "cannot be stored stops the command; what was stored before it stays."
        },
        exitCodeList = {ExitCode.CORRUPT_HELP, ExitCode.LOCKED_HELP},
        footer = {
            "  engram memorize signs photos/              every image in photos",
            "  engram memorize signs gi.png --key GI",
            "  engram memorize signs --qr HELLO           the QR symbol of HELLO, under the key HELLO",
            "  engram memorize signs gi.png --replace     another pattern for the key gi"
        })
final class MemorizeCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store.")
    private Path store;

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

    @Option(names = "--grey", description = "Keep values between black and white; without it, half and more is white.")
    private boolean grey;

    @Mixin
    private CommonOptions common;

    private final ImageNotes notes = new ImageNotes();

    @Override
    public Integer call() {
        if (qr != null && !files.isEmpty()) {
            throw Failure.usage("both --qr and files given: expected one of them; store them one after the other");
        }
        if (qr == null && files.isEmpty()) {
            throw Failure.usage("nothing to memorize: expected image files, a directory or --qr TEXT");
        }
        List<ImageSource> sources = qr == null ? ImageSource.list(files, key) : List.of();
        try (PatternStore open = PatternStore.open(store)) {
            common.console().noteRecovery(open);
            if (qr != null) {
                Pattern symbol = Failure.argument(() -> QrCodec.encode(qr, open.geometry()));
                String name = key == null ? qr : key;
                summarise(name, store(open, name, symbol), 1, open.size());
            } else {
                memorize(open, sources);
            }
        }
        return ExitCode.FINE;
    }

    private void memorize(PatternStore open, List<ImageSource> sources) {
        int stored = 0;
        int last = -1;
        try (Progress progress = common.console().progress("memorize", "patterns", sources.size())) {
            for (ImageSource source : sources) {
                try {
                    Picture picture = Picture.read(source.path(), open.geometry(), grey);
                    last = store(open, source.key(), picture.pattern());
                    notes.add(source.path(), picture);
                } catch (RuntimeException e) {
                    throw sources.size() == 1 ? e : stopped(source, stored, sources.size(), e);
                }
                progress.at(++stored);
            }
        } finally {
            notes.tell(common.console(), "painted white");
        }
        summarise(sources.get(sources.size() - 1).key(), last, stored, open.size());
    }

    private int store(PatternStore open, String name, Pattern pattern) {
        return replace && open.contains(name) ? open.replace(name, pattern) : open.memorize(name, pattern);
    }

    private Failure stopped(ImageSource source, int stored, int total, RuntimeException e) {
        return new Failure(
                ExitCode.of(e),
                "stopped at %s, %d of %d stored: %s".formatted(source.path(), stored, total, ExitCode.message(e)),
                e);
    }

    private void summarise(String name, int last, int stored, int live) {
        String now = "; the store holds " + Text.count(live, "pattern");
        if (stored == 1) {
            common.console().line("memorized %s as neuron %d%s".formatted(Text.quoted(name), last, now));
        } else {
            common.console()
                    .line("memorized %s as neurons %d to %d%s"
                            .formatted(Text.count(stored, "pattern"), last - stored + 1, last, now));
        }
    }
}
