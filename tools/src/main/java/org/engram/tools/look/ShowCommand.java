package org.engram.tools.look;

import java.nio.file.Path;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.LookAlike;
import org.engram.tools.console.NewFile;
import org.engram.tools.console.StandardStream;
import org.engram.tools.console.Terminal.Graphics;
import org.engram.tools.console.Text;
import org.engram.tools.image.PatternImage;
import org.engram.tools.image.Png;
import org.engram.tools.options.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = {
            "Draws a stored pattern in the terminal, or writes it as a PNG of the store's size.",
            "A terminal that says in its environment that it can show pictures gets one: as kitty graphics when "
                    + "KITTY_WINDOW_ID is set or TERM or TERM_PROGRAM name kitty or ghostty, as sixels when they name "
                    + "foot, mlterm, WezTerm or sixel; not within tmux or screen. Elsewhere two pixels stand in each "
                    + "character, fewer where the terminal is narrower than the pattern.",
            "Without colours (NO_COLOR, a pipe or a file) black pixels are drawn as blocks, as ink on paper."
        },
        exitCodeList = ExitCode.CORRUPT_HELP,
        footer = {
            "  engram show signs GI",
            "  engram show signs GI --png gi.png     8-bit grey, draws nothing in the terminal",
            "  engram show signs GI --png - > gi.png   the same, to standard output",
            "  engram show signs GI --format sixel",
            "  engram show signs --neuron 145"
        })
public final class ShowCommand extends Verb {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store.")
    private Path store;

    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "The key of the pattern.")
    private String key;

    @Option(names = "--neuron", paramLabel = "N", description = "The number of its neuron, instead of the key.")
    private Integer neuron;

    @Option(names = "--png", paramLabel = "FILE", description = "Write a PNG instead of drawing; - is standard output.")
    private Path png;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "auto, blocks, sixel or kitty (${DEFAULT-VALUE}, which outside a terminal means blocks).")
    private Graphics format;

    @Override
    public Integer call() {
        if ((key == null) == (neuron == null)) {
            throw Failure.usage(
                    "expected either a key or --neuron N to show, found %s".formatted(key == null ? "none" : "both"));
        }
        Console console = console();
        if (StandardStream.isMeant(png) && console.terminal().isTerminal()) {
            throw Failure.usage("standard output is a terminal, which cannot show a PNG: send it to a file or a pipe");
        }
        NewFile.requireOutside(png, store);
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            Pattern pattern = key == null ? open.pattern(neuron) : ofKey(open);
            if (png == null) {
                new PatternView(console).draw(PatternImage.of(pattern), format);
            } else {
                write(pattern);
            }
        }
        return ExitCode.FINE;
    }

    private Pattern ofKey(PatternStore open) {
        String hint = open.contains(key) ? "" : LookAlike.hint(open.neurons(), key);
        if (!hint.isEmpty()) {
            throw Failure.usage("key is unknown: %s is not in %s%s".formatted(Text.quoted(key), store, hint));
        }
        return open.pattern(key);
    }

    private void write(Pattern pattern) {
        Console console = console();
        byte[] image = Png.bytes(PatternImage.of(pattern));
        console.write(png, out -> out.write(image));
        if (!StandardStream.isMeant(png)) {
            console.line("wrote %s, %s pixels".formatted(Text.escape(png.toString()), pattern.geometry()));
        }
    }
}
