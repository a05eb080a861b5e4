package org.engram.tools.ask;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.engram.store.Coding;
import org.engram.store.Geometry;
import org.engram.store.PatternStore;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.NewFile;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.StandardStream;
import org.engram.tools.console.Text;
import org.engram.tools.draw.SvgPlot;
import org.engram.tools.image.Png;
import org.engram.tools.options.JsonVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plot",
        description = {
            "Plots the responses q/R of all live neurons to a cue, as in the paper's Figures 3, 5 and 6, with the largest marked."
                    + " The threshold is drawn where it decides: for unipolar cues.",
            "Without IMAGE and --qr every stored pattern is shown, and the largest response to each is plotted, as "
                    + "in Figure 4. The patterns that another neuron answers are marked.",
            "The points of a large store are thinned out. The plot looks the same, its file stays small, and the "
                    + "legend says how.",
            "JSON fields: file, neurons (with a response), drawn, note (how they were chosen, null when all are drawn)."
        },
        exitCodeList = ExitCode.CORRUPT_HELP,
        footer = {
            "  engram plot signs torn.png -o torn.svg",
            "  engram plot signs photo.png --visible 58,58,58,58 --coding unipolar -o figure5.png",
            "  engram plot signs --qr HELLO -o hello.png",
            "  engram plot signs --coding unipolar -o figure4.svg",
            "  engram plot signs torn.png -o - | gzip > torn.svgz"
        })
public final class PlotCommand extends JsonVerb {

    @Mixin
    private CueOptions cueOptions;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to write the plot; its name ends in .svg or .png. - is standard output, as SVG.")
    private Path output;

    @Override
    public Integer call() {
        boolean isSvg = isSvg();
        if (asJson()) {
            StandardStream.requireFile("-o", output, "--json");
        }
        cueOptions.requireAtMostOne();
        NewFile.requireOutside(output, cueOptions.store());
        Coding coding = cueOptions.coding();
        ResponsePlot plotted;
        try (PatternStore open = PatternStore.openReadOnly(cueOptions.store())) {
            plotted = plot(open, coding);
        }
        byte[] plot = isSvg
                ? new SvgPlot(plotted.plot()).text().getBytes(StandardCharsets.UTF_8)
                : Png.bytes(plotted.plot().image());
        console().write(output, out -> out.write(plot));
        if (!StandardStream.isMeant(output)) {
            report(plotted);
        }
        return ExitCode.FINE;
    }

    private boolean isSvg() {
        String name = String.valueOf(output.getFileName()).toLowerCase(Locale.ROOT);
        boolean isSvg = name.endsWith(".svg") || StandardStream.isMeant(output);
        if (!isSvg && !name.endsWith(".png")) {
            throw Failure.usage(
                    "cannot tell the format of %s: expected a name that ends in .svg or .png".formatted(output));
        }
        return isSvg;
    }

    private ResponsePlot plot(PatternStore open, Coding coding) {
        Console console = console();
        Geometry geometry = open.geometry();
        if (open.size() == 0) {
            throw Failure.usage("nothing to plot: %s: expected stored patterns, found none; engram memorize stores some"
                    .formatted(cueOptions.store()));
        }
        if (cueOptions.isNone()) {
            try (ProgressLine progress = console.progress("plot", "patterns", ProgressLine.UNKNOWN)) {
                return ResponsePlot.ofStored(
                        open, cueOptions.rectangle(geometry), coding, ResponsePlot.MOST_BINS, progress);
            }
        }
        return ResponsePlot.ofCue(
                open, cueOptions.shown(geometry, console).cue(coding), cueOptions.name(), ResponsePlot.MOST_BINS);
    }

    private void report(ResponsePlot plotted) {
        record Answer(Path file, int neurons, int drawn, String note) {}
        String note = plotted.note();
        answer(
                new Answer(output, plotted.neurons(), plotted.drawn(), note.isEmpty() ? null : note),
                "wrote %s, %s%s"
                        .formatted(
                                Text.escape(output.toString()),
                                Text.count(plotted.neurons(), "neuron"),
                                note.isEmpty() ? "" : ": " + note));
    }
}
