package org.engram.tools;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram show}. */
@Command(
        name = "show",
        description = {
            "Draws a stored pattern, two pixels in each character, or writes it as a PNG of the store's size.",
            "Without colours (NO_COLOR, a pipe or a file) black pixels are drawn as blocks, as ink on paper."
        },
        exitCodeList = ExitCode.CORRUPT_HELP,
        footer = {
            "  engram show signs GI",
            "  engram show signs GI --png gi.png     8-bit grey, draws nothing in the terminal",
            "  engram show signs --neuron 145"
        })
final class ShowCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store.")
    private Path store;

    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "The key of the pattern.")
    private String key;

    @Option(names = "--neuron", paramLabel = "N", description = "The number of its neuron, instead of the key.")
    private Integer neuron;

    @Option(names = "--png", paramLabel = "FILE", description = "Write a PNG instead of drawing.")
    private Path png;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        if ((key == null) == (neuron == null)) {
            throw Failure.usage(
                    "expected either a key or --neuron N to show, found %s".formatted(key == null ? "none" : "both"));
        }
        NewFile.requireOutside(png, store);
        Console console = common.console();
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            Pattern pattern = key == null ? open.pattern(neuron) : open.pattern(key);
            if (png != null) {
                PatternImage.write(pattern, png);
                console.line("wrote %s, %s pixels".formatted(Text.escape(png.toString()), pattern.geometry()));
            } else {
                new HalfBlocks(pattern, console.colour()).lines().forEach(console::line);
            }
        }
        return ExitCode.FINE;
    }
}
