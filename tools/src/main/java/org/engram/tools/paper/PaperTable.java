package org.engram.tools.paper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.engram.store.Recall;
import org.engram.tools.console.Spread;
import org.engram.tools.console.Text;

/** The report as one table for people: what was done, what the paper reports, what the store answers. */
final class PaperTable {

    private static final List<String> HEADINGS =
            List.of("experiment", "paper", "unipolar (paper's)", "bipolar (Engram's)");
    private static final String NOTHING = "";

    private final List<List<String>> rows = new ArrayList<>();

    private PaperTable() {}

    /** The lines, for a wide terminal. */
    static List<String> of(PaperReport report, List<Path> figures) {
        PaperTable table = new PaperTable();
        table.rows.add(HEADINGS);
        table.whole(report);
        table.oneSymbol(report);
        table.counts(report);
        table.unseen(report);
        table.files(report);
        List<String> lines = table.print();
        lines.addAll(notes(figures));
        return lines;
    }

    private void whole(PaperReport report) {
        Spread q = report.whole().spread();
        Square whole = report.whole().square();
        row("symbols stored", PaperReference.NEURONS, report.neurons(), report.neurons());
        row(
                "recalled from the whole symbol",
                PaperReference.RECALLED,
                whole.unipolar().alone(),
                whole.bipolar().alone());
        row("recalled pattern decodes to its text", NOTHING, report.whole().decoded(), NOTHING);
        row("Figure 4: least q/R of a winner", q(PaperReference.MAX_Q_MIN), q(q.least()), NOTHING);
        row("Figure 4: largest q/R of a winner", q(PaperReference.MAX_Q_MAX), q(q.most()), NOTHING);
    }

    private void oneSymbol(PaperReport report) {
        int neuron = PaperReference.NEURON;
        String paper = q(PaperReference.NEURON_Q);
        PaperRule whole = report.figure3().unipolar();
        PaperRule quarter = report.figure5().unipolar();
        Recall recalled = report.figure5().bipolar();
        SmallestSquare smallest = report.smallest();
        row(
                "Figure 3: q/R of neuron %d, whole symbol".formatted(neuron),
                paper,
                q(whole.q().get(neuron)),
                NOTHING);
        row(
                "Figure 5: q/R of neuron %d, quarter".formatted(neuron),
                paper,
                q(quarter.q().get(neuron)),
                NOTHING);
        row(
                "Figure 5: neuron that responds most",
                neuron,
                quarter.winnerNames(),
                "%d, %s".formatted(recalled.neuron(), recalled.verdict()));
        row(
                "least square that recalls neuron %d".formatted(neuron),
                percent(PaperReference.LEAST_VISIBLE),
                square(report, smallest.unipolar()),
                square(report, smallest.bipolar()));
        row(
                "  the same, a tie for the first place included",
                NOTHING,
                square(report, smallest.unipolarTied()),
                NOTHING);
        PaperRule rule = report.figure6().unipolar();
        Recall unseen = report.figure6().bipolar();
        row(
                "Figure 6: a symbol never stored",
                NOTHING,
                "q/R %s, %s".formatted(q(rule.maxQ()), rule.isAccepted() ? "accepted" : "rejected"),
                "contrast %.2f, %s".formatted(unseen.contrast(), unseen.verdict()));
    }

    private void counts(PaperReport report) {
        for (Square square : report.occlusion()) {
            String visible = "%1$d x %1$d pixels visible (%2$s)".formatted(square.side(), percent(square.visible()));
            recalled(visible, square);
        }
        for (Square square : report.noise()) {
            String visible = square.visible() == 1 ? "whole symbol" : "quarter visible";
            recalled("%.0f %% flipped, %s".formatted(100 * square.flipped(), visible), square);
        }
    }

    private void recalled(String from, Square square) {
        row("recalled, " + from, NOTHING, recalled(square.unipolar()), recalled(square.bipolar()));
    }

    private void unseen(PaperReport report) {
        accepted("whole symbol", report.unseen().whole());
        accepted("quarter", report.unseen().quarter());
        rejected("whole symbol", report.whole().square());
        rejected("quarter", report.quarter());
    }

    private void accepted(String shown, Unseen.Part part) {
        String experiment = "%d never stored, accepted, %s".formatted(Unseen.COUNT, shown);
        row(experiment, NOTHING, part.paperAccepted(), part.contrastAccepted());
    }

    private void rejected(String shown, Square square) {
        row(
                "stored, rejected, " + shown,
                NOTHING,
                square.unipolar().rejected(),
                square.bipolar().rejected());
    }

    private void files(PaperReport report) {
        String paper = "%.2f MB".formatted(PaperReference.WEIGHTS_MB);
        row("w.stripes", paper, megabytes(report.wBytes()), "the same file");
        row("v.stripes", paper, megabytes(report.vBytes()), "the same file");
        row("kernel", NOTHING, report.kernel(), report.kernel());
    }

    private static List<String> notes(List<Path> figures) {
        return List.of(
                "",
                "Unipolar is accepted at q/R >= 0.70, bipolar by contrast. Recalled counts the symbols whose neuron alone",
                "responds most; tied: others respond exactly as much, and the store names the lowest; wrong: another responds",
                "more; rejected: not accepted.",
                figures.isEmpty()
                        ? "The figures are drawn with --out DIR."
                        : "Figures: "
                                + figures.stream()
                                        .map(path -> Text.escape(path.toString()))
                                        .collect(Collectors.joining(", ")));
    }

    private static String recalled(Outcomes outcomes) {
        List<String> rest = new ArrayList<>();
        if (outcomes.tied() > 0) {
            rest.add(outcomes.tied() + " tied");
        }
        if (outcomes.wrong() > 0) {
            rest.add(outcomes.wrong() + " wrong");
        }
        if (outcomes.rejected() > 0) {
            rest.add(outcomes.rejected() + " rejected");
        }
        return outcomes.alone() + (rest.isEmpty() ? "" : " (" + String.join(", ", rest) + ")");
    }

    private static String square(PaperReport report, int side) {
        double pixels = report.figure3().shown().picture().geometry().pixels();
        return "%d x %d, %s".formatted(side, side, percent(side * side / pixels));
    }

    private static String q(double value) {
        return "%.6f".formatted(value);
    }

    private static String percent(double share) {
        return "%.1f %%".formatted(100 * share);
    }

    private static String megabytes(long bytes) {
        return "%.2f MB".formatted(bytes / 1e6);
    }

    private void row(String experiment, Object paper, Object unipolar, Object bipolar) {
        rows.add(List.of(experiment, paper.toString(), unipolar.toString(), bipolar.toString()));
    }

    private List<String> print() {
        StringBuilder format = new StringBuilder();
        for (int column = 0; column < HEADINGS.size(); column++) {
            int at = column;
            int width =
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElseThrow();
            format.append("%-").append(width + 2).append('s');
        }
        return rows.stream()
                .map(row -> format.toString().formatted(row.toArray()).stripTrailing())
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
