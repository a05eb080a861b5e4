package org.engram.tools.paper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
        row("symbols stored", PaperReference.NEURONS, report.neurons(), report.neurons());
        row(
                "recalled from the whole symbol",
                PaperReference.RECALLED,
                report.whole().unipolar().alone(),
                report.whole().bipolar().alone());
        row("recalled pattern decodes to its text", NOTHING, report.whole().decoded(), NOTHING);
        row(
                "Figure 4: least q/R of a winner",
                q(PaperReference.MAX_Q_MIN),
                q(report.whole().least()),
                NOTHING);
        row(
                "Figure 4: largest q/R of a winner",
                q(PaperReference.MAX_Q_MAX),
                q(report.whole().largest()),
                NOTHING);
    }

    private void oneSymbol(PaperReport report) {
        int neuron = report.neuron();
        ResponseFigure quarter = report.figure5();
        ResponseFigure unseen = report.figure6();
        row(
                "Figure 3: q/R of neuron %d, whole symbol".formatted(neuron),
                q(PaperReference.NEURON_Q),
                q(report.figure3().unipolar().q().get(neuron)),
                NOTHING);
        row(
                "Figure 5: q/R of neuron %d, quarter".formatted(neuron),
                q(PaperReference.NEURON_Q),
                q(quarter.unipolar().q().get(neuron)),
                NOTHING);
        row(
                "Figure 5: neuron that responds most",
                PaperReference.NEURON,
                quarter.unipolar().winners().stream().map(String::valueOf).collect(Collectors.joining(" and ")),
                "%d, %s".formatted(quarter.bipolar().neuron(), quarter.bipolar().verdict()));
        row(
                "least square that recalls neuron %d".formatted(neuron),
                percent(PaperReference.LEAST_VISIBLE),
                square(report, report.smallest().unipolar()),
                square(report, report.smallest().bipolar()));
        row(
                "  the same, a tie for the first place included",
                NOTHING,
                square(report, report.smallest().unipolarTied()),
                NOTHING);
        row(
                "Figure 6: a symbol never stored",
                NOTHING,
                "q/R %s, %s"
                        .formatted(
                                q(unseen.unipolar().maxQ()), unseen.unipolar().isAccepted() ? "accepted" : "rejected"),
                "contrast %.2f, %s"
                        .formatted(unseen.bipolar().contrast(), unseen.bipolar().verdict()));
    }

    private void counts(PaperReport report) {
        for (Occlusion.Result result : report.occlusion()) {
            row(
                    "recalled, %d x %d pixels visible (%s)"
                            .formatted(result.side(), result.side(), percent(result.visible())),
                    NOTHING,
                    recalled(result.unipolar()),
                    recalled(result.bipolar()));
        }
        for (Noise.Result result : report.noise()) {
            row(
                    "recalled, %.0f %% flipped, %s"
                            .formatted(
                                    100 * result.flipped(), result.visible() == 1 ? "whole symbol" : "quarter visible"),
                    NOTHING,
                    recalled(result.unipolar()),
                    recalled(result.bipolar()));
        }
    }

    private void unseen(PaperReport report) {
        Unseen.Part whole = report.unseen().whole();
        Unseen.Part quarter = report.unseen().quarter();
        row(
                "%d never stored, accepted, whole symbol".formatted(Unseen.COUNT),
                NOTHING,
                whole.paperAccepted(),
                whole.contrastAccepted());
        row(
                "%d never stored, accepted, quarter".formatted(Unseen.COUNT),
                NOTHING,
                quarter.paperAccepted(),
                quarter.contrastAccepted());
        row(
                "stored, rejected, whole symbol",
                NOTHING,
                report.whole().unipolar().rejected(),
                report.whole().bipolar().rejected());
        row(
                "stored, rejected, quarter",
                NOTHING,
                report.quarter().unipolar().rejected(),
                report.quarter().bipolar().rejected());
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
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
