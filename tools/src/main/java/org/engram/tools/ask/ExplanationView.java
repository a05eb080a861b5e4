package org.engram.tools.ask;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Recall;
import org.engram.tools.console.Console;
import org.engram.tools.console.Table;
import org.engram.tools.console.Text;
import org.engram.tools.draw.HalfBlocks;
import org.engram.tools.draw.HeatMap;
import org.engram.tools.image.Pixels;

/** Shows an explanation in the terminal: candidates with bars, the criteria in sentences, and the heat map. */
final class ExplanationView {

    private static final int BAR_MIN = 8;
    private static final int BAR_MAX = 40;
    private static final int KEY = 16;
    private static final int NUMBERS = 53;
    private static final int GAP = 2;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private final Recall recall;
    private final Explanation explanation;
    private final Console console;
    private final int columns;

    ExplanationView(Explanation explanation, Console console) {
        this.recall = explanation.recall();
        this.explanation = explanation;
        this.console = console;
        this.columns = console.terminal().columns();
    }

    void candidates() {
        int room = Math.clamp(columns - NUMBERS - GAP - KEY, BAR_MIN, BAR_MAX);
        Table table = new Table(
                console,
                List.of(
                        Table.Column.number("neuron", 8),
                        Table.Column.number("q/R", 9),
                        Table.Column.number("margin", 9),
                        Table.Column.number("agreement", 9),
                        Table.Column.number("contrast", 8),
                        Table.Column.text("q", room),
                        Table.Column.text("key")));
        for (int rank = 0; rank < recall.candidates().size(); rank++) {
            Candidate candidate = recall.candidates().get(rank);
            table.row(List.of(
                    String.valueOf(candidate.neuron()),
                    Text.decimal(candidate.normalisedQ(), 6),
                    rank == 0 ? "" : Text.decimal(explanation.margin(candidate), 6),
                    Text.decimal(candidate.agreement(), 4),
                    contrast(rank),
                    bar(candidate.normalisedQ() / recall.winner().normalisedQ(), room),
                    Text.escape(candidate.key())));
        }
    }

    private String contrast(int rank) {
        if (rank == 0 || Advice.isByThreshold(recall)) {
            return "";
        }
        double contrast = explanation.contrast(rank);
        return Double.isNaN(contrast) ? "far" : Text.decimal(contrast, 4);
    }

    /** A bar as long as the response's share of the winner's. A response below 0 has no bar. */
    static String bar(double share, int room) {
        int eighths = share > 0 ? (int) Math.round(8 * room * Math.min(1, share)) : 0;
        String full = "█".repeat(eighths / 8);
        return eighths % 8 == 0 ? full : full + EIGHTHS.charAt(eighths % 8);
    }

    void sentences() {
        for (Explanation.Line line : explanation.lines()) {
            String mark = "%-7s".formatted(line.mark());
            String start = coloured(line.mark(), mark);
            for (String part : Text.wrapped(line.sentence(), Math.max(20, columns - mark.length()))) {
                console.line(start + part);
                start = " ".repeat(mark.length());
            }
        }
    }

    private String coloured(Explanation.Mark mark, String shown) {
        return switch (mark) {
            case YES -> console.coloured(32, shown);
            case NO -> console.coloured(31, shown);
            case TWINS, TO_DO -> shown;
        };
    }

    void heatMap() {
        HeatMap map = explanation.heatMap();
        int width =
                Math.clamp((columns - 2 * GAP) / 3, 1, map.recalled().geometry().width());
        List<List<String>> panels = new ArrayList<>();
        panels.add(panel(map.cue(), width));
        panels.add(panel(map.answer(), width));
        panels.add(console.colour() ? panel(map.agreement(), width) : map.shades(width));
        console.line(
                heading("cue", width) + heading(recall.isRecognised() ? "recalled" : "nearest", width) + "agreement");
        for (int row = 0; row < panels.get(0).size(); row++) {
            int number = row;
            console.line(String.join(
                    " ".repeat(GAP),
                    panels.stream().map(panel -> panel.get(number)).toList()));
        }
        console.line(
                console.colour()
                        ? "%s agrees  %s differs  %s hidden"
                                .formatted(swatch(HeatMap.AGREES), swatch(HeatMap.DIFFERS), swatch(HeatMap.HIDDEN))
                        : "agreement: blank agrees, ░▒▓█ differs by up to 25, 50, 75, 100 %, · hidden");
    }

    private static String heading(String name, int width) {
        return name.length() >= width + GAP ? name + " " : name + " ".repeat(width + GAP - name.length());
    }

    private List<String> panel(BufferedImage image, int width) {
        return new HalfBlocks(Pixels.scaled(image, width), console.colour()).lines();
    }

    private static String swatch(Color colour) {
        BufferedImage pixels = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 4; i++) {
            pixels.setRGB(i % 2, i / 2, colour.getRGB());
        }
        return new HalfBlocks(pixels, true).lines().get(0);
    }
}
