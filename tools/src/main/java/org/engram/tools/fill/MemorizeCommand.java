package org.engram.tools.fill;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.EngramException;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Put;
import org.engram.tools.console.Ending;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Text;
import org.engram.tools.image.ImageNotes;
import org.engram.tools.image.ImageSource;
import org.engram.tools.image.Picture;
import org.engram.tools.options.LevelOptions;
import org.engram.tools.options.StoreVerb;
import org.engram.tools.qr.QrCodec;
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
                    + "pixel; any other is scaled to fit, centred on white. Transparent pixels are painted white. A picture that "
                    + "is dim or pale would be stored all black or white: it is refused without --levels or --grey. A file that "
                    + "cannot be stored stops the command. The patterns stored before it stay, and --skip-existing goes on "
                    + "from there.",
            "JSON fields: stored [key, neuron] (replaced ones too, in their order), replaced (the ones that took the "
                    + "place of another), passedOver (how many keys were in use), neurons (live in the store)."
        },
        exitCodeList = {ExitCode.CORRUPT_HELP, ExitCode.LOCKED_HELP},
        footer = {
            "  engram memorize signs photos/              every image in photos",
            "  engram memorize signs gi.png --key GI",
            "  engram memorize signs --qr HELLO           the QR symbol of HELLO, under the key HELLO",
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

    private final ImageNotes notes = new ImageNotes();
    private final List<KeyedNeuron> stored = new ArrayList<>();
    private final List<KeyedNeuron> replaced = new ArrayList<>();
    private int passedOver;

    @Override
    public Integer call() {
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
        List<ImageSource> sources = qr == null ? ImageSource.list(files, key) : List.of();
        try (PatternStore open = PatternStore.open(store())) {
            console().noteRecovery(open);
            if (qr != null) {
                memorizeSymbol(open, key == null ? qr : key);
            } else {
                memorize(open, sources);
            }
            answer(new Answer(stored, replaced, passedOver, open.size()), sentence(open.size()));
        }
        return ExitCode.FINE;
    }

    private void memorizeSymbol(PatternStore open, String name) {
        if (!passesOver(open, name)) {
            store(open, name, Failure.argument(() -> QrCodec.encode(qr, open.geometry())));
        }
    }

    private void memorize(PatternStore open, List<ImageSource> sources) {
        try (ProgressLine progress = console().progress("memorize", "patterns", sources.size())) {
            for (ImageSource source : sources) {
                try {
                    memorize(open, source);
                } catch (RuntimeException e) {
                    throw sources.size() == 1 ? e : stopped(source, sources.size(), e);
                }
                progress.at(stored.size() + passedOver);
            }
        } finally {
            notes.tell(console(), "painted white");
        }
    }

    private void memorize(PatternStore open, ImageSource source) {
        if (passesOver(open, source.key())) {
            return;
        }
        Picture picture = Picture.read(source.path(), open.geometry());
        store(open, source.key(), levels.pattern(picture, source.path().toString()));
        notes.add(source.path(), picture);
    }

    private boolean passesOver(PatternStore open, String name) {
        boolean isInUse = skipExisting && open.contains(name);
        passedOver += isInUse ? 1 : 0;
        return isInUse;
    }

    private void store(PatternStore open, String name, Pattern pattern) {
        Put put = replace ? open.put(name, pattern) : new Put(open.memorize(name, pattern), false);
        KeyedNeuron made = new KeyedNeuron(name, put.neuron());
        stored.add(made);
        if (put.replaced()) {
            replaced.add(made);
        }
    }

    private Failure stopped(ImageSource source, int total, RuntimeException e) {
        String advice = e instanceof EngramException.DuplicateKey ? "; --skip-existing passes over keys in use" : "";
        return new Failure(
                Ending.exitCode(e),
                "stopped at %s, %d of %d stored: %s%s"
                        .formatted(source.path(), stored.size(), total, Ending.line(e), advice),
                e);
    }

    private record Answer(List<KeyedNeuron> stored, List<KeyedNeuron> replaced, int passedOver, int neurons) {}

    private String sentence(int live) {
        String what;
        if (stored.isEmpty()) {
            what = "no pattern";
        } else if (stored.size() == 1) {
            what = "%s as neuron %d"
                    .formatted(
                            Text.quoted(stored.getFirst().key()),
                            stored.getFirst().neuron());
        } else {
            what = "%s as neurons %d to %d"
                    .formatted(
                            Text.count(stored.size(), "pattern"),
                            stored.getFirst().neuron(),
                            stored.getLast().neuron());
        }
        String there = passedOver == 0
                ? ""
                : ", %s %s there already".formatted(Text.count(passedOver), passedOver == 1 ? "was" : "were");
        return "memorized %s%s; the store holds %s".formatted(what, there, Text.count(live, "pattern"));
    }
}
