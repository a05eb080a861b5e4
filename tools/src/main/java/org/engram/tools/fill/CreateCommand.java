package org.engram.tools.fill;

import java.nio.file.Path;
import org.engram.store.Criteria;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.store.StoreOptions;
import org.engram.tools.console.Console;
import org.engram.tools.console.Describe;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Text;
import org.engram.tools.look.StoreSummary;
import org.engram.tools.options.CriteriaOptions;
import org.engram.tools.options.JsonVerb;
import org.engram.tools.options.PictureSize;
import org.engram.tools.options.SymbolOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = {
            "Creates an empty store. Size, layout and learning rule are fixed for its life.",
            "JSON fields: as in engram info."
        },
        footer = {
            "  engram create signs                     116 x 116 pixels, the paper's learning rule",
            "  engram create digits --size 28x28",
            "  engram create tickets --for texts.csv   as large as the QR symbols of these texts need",
            "  engram create million --layout packed   one bit a pixel, black and white patterns only",
            "  engram create stamps --masks            transparent pixels are unknown, and never vote",
            "  engram create slow --steps 5 --eps-w 0.5 --eps-v 0.0001"
        })
public final class CreateCommand extends JsonVerb {

    @Parameters(paramLabel = "STORE", description = "An empty directory, or one that is not there yet.")
    private Path store;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Pixels across and down (116x116, which holds QR versions 1 to 22).")
    private String size;

    @Option(
            names = "--for",
            paramLabel = "FILE",
            description = "Choose the smallest square that holds the QR symbols of all texts of this csv or tsv, with "
                    + "their white around, instead of --size.")
    private Path texts;

    @Mixin
    private SymbolOptions symbolOptions;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            defaultValue = "full",
            description =
                    "What the store keeps of every neuron: full (both weights as floats, and bits), tied (one of them, and"
                            + " bits) or packed (bits only: black and white patterns, 63 times smaller). All layouts answer the"
                            + " same (${DEFAULT-VALUE}).")
    private Layout layout;

    @Option(
            names = "--masks",
            description =
                    "Keep which pixels of a pattern are known, one bit more a pixel: transparent pixels of an image never "
                            + "vote. Black and white patterns only.")
    private boolean masks;

    @Option(
            names = "--eps-w",
            paramLabel = "E",
            defaultValue = "1",
            description = "Learning rate of w (${DEFAULT-VALUE}).")
    private float epsW;

    @Option(
            names = "--eps-v",
            paramLabel = "E",
            defaultValue = "1",
            description = "Learning rate of v (${DEFAULT-VALUE}).")
    private float epsV;

    @Option(
            names = "--theta",
            paramLabel = "T",
            defaultValue = "1",
            description = "Response that v is trained towards (${DEFAULT-VALUE}).")
    private float theta;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "1",
            description = "Learning steps for each pattern (${DEFAULT-VALUE}).")
    private int steps;

    @Mixin
    private CriteriaOptions criteriaOptions;

    @Override
    public Integer call() {
        Console console = console();
        SymbolsToHold toHold = symbolsToHold(console);
        Geometry geometry = toHold == null ? PictureSize.of(size) : toHold.geometry();
        LearningRule rule = Failure.argument(() -> new LearningRule(epsW, epsV, theta, steps));
        Criteria criteria = criteriaOptions.over(Criteria.DEFAULT);
        StoreOptions plain = StoreOptions.DEFAULT
                .withLayout(layout)
                .withGeometry(geometry)
                .withRule(rule)
                .withCriteria(criteria);
        StoreOptions options = masks ? plain.withMasks() : plain;
        PatternStore.create(store, options).close();
        if (asJson()) {
            console.json(StoreSummary.json(store, StoreCare.inspect(store)));
        } else {
            console.line("created %s: %s".formatted(Text.escape(store.toString()), Describe.patterns(geometry, masks)));
            if (toHold != null) {
                console.line("chosen    " + toHold.reason());
            }
            console.line("holds     " + SymbolsToHold.capacity(geometry));
            console.line("layout    " + Describe.layout(options));
            console.line("rule      " + Describe.rule(rule));
            console.line("criteria  " + Describe.criteria(criteria));
        }
        return ExitCode.FINE;
    }

    /** The symbols to hold; null when the size does not follow from texts. */
    private SymbolsToHold symbolsToHold(Console console) {
        if (texts == null) {
            symbolOptions.requireNone("--for FILE");
            return null;
        }
        if (size != null) {
            throw Failure.usage("both --size and --for given: expected one of them");
        }
        SymbolsToHold toHold = SymbolsToHold.of(texts, symbolOptions.forms());
        if (toHold.leftOut() > 0) {
            console.note("%s cannot be drawn, and import will skip them: %s"
                    .formatted(Text.count(toHold.leftOut(), "symbol"), toHold.firstLeftOut()));
        }
        return toHold;
    }
}
