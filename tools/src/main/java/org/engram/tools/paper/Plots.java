package org.engram.tools.paper;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.engram.tools.draw.Axis;
import org.engram.tools.draw.Charts;
import org.engram.tools.draw.ContrastChart;
import org.engram.tools.draw.Palette;
import org.engram.tools.draw.PointPlot;
import org.engram.tools.draw.PointPlot.Points;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The plots of the report, in the form of the paper's figures. */
final class Plots {

    private static final Axis NEURONS = new Axis(0, 300);

    private Plots() {}

    static BufferedImage figure3(PaperReport report) {
        return responses(
                "Figure 3: responses to the whole symbol of neuron %d".formatted(PaperReference.NEURON),
                report.figure3().unipolar());
    }

    static BufferedImage figure5(PaperReport report) {
        return responses(
                "Figure 5: responses to the lower right quarter of neuron %d".formatted(PaperReference.NEURON),
                report.figure5().unipolar());
    }

    static BufferedImage figure6(PaperReport report) {
        return responses(
                "Figure 6: responses to a symbol that was never stored",
                report.figure6().unipolar());
    }

    static BufferedImage figure4(PaperReport report) {
        List<Double> maxQ = report.whole().maxQ();
        return new PointPlot(
                        "Figure 4: winner's response to every whole symbol",
                        NEURONS,
                        "neuron shown",
                        new Axis(0.69, 0.77),
                        "largest q / R",
                        new Points("winner", numbers(maxQ.size()), maxQ),
                        new Points("", List.of(), List.of()),
                        PaperReference.THRESHOLD)
                .image();
    }

    private static BufferedImage responses(String title, PaperRule rule) {
        List<Double> winners = rule.winners().stream().map(Double::valueOf).toList();
        String name = (winners.size() == 1 ? "largest: neuron " : "largest: neurons ")
                + rule.winnerNames()
                + ", %.6f".formatted(rule.maxQ());
        double least = rule.q().stream().mapToDouble(q -> q).min().orElseThrow();
        return new PointPlot(
                        title,
                        NEURONS,
                        "neuron",
                        new Axis(Math.floor(least * 50) / 50, 0.78),
                        "q / R",
                        new Points("all neurons", numbers(rule.q().size()), rule.q()),
                        new Points(
                                name,
                                winners,
                                winners.stream().map(any -> rule.maxQ()).toList()),
                        PaperReference.THRESHOLD)
                .image();
    }

    /** Recall counts, ties left out, against the visible share. */
    static BufferedImage occlusion(PaperReport report) {
        XYChart chart = Charts.chart(
                "Recalled from the lower right square, ties left out",
                "visible share of the symbol (%)",
                "symbols recalled");
        List<Double> visible =
                report.curve().stream().map(result -> 100 * result.visible()).toList();
        Charts.curve(chart, "bipolar (Engram)", visible, alone(report, Square::bipolar), Palette.ENGRAM);
        Charts.curve(chart, "unipolar (paper)", visible, alone(report, Square::unipolar), Palette.PAPER);
        Charts.limit(chart, new Axis(0, 100), new Axis(0, 300));
        chart.getStyler().setYAxisDecimalPattern("0").setLegendPosition(LegendPosition.InsideSE);
        return Charts.image(chart);
    }

    private static List<Double> alone(PaperReport report, Function<Square, Outcomes> coding) {
        return report.curve().stream()
                .map(square -> (double) coding.apply(square).alone())
                .toList();
    }

    /** How contrast tells stored symbols from unseen ones. */
    static BufferedImage contrast(PaperReport report) {
        Outcomes storedNoisy = report.noise().stream()
                .filter(result -> result.flipped() == 0.2 && result.visible() < 1)
                .findFirst()
                .orElseThrow()
                .bipolar();
        List<Double> stored = storedNoisy.contrasts();
        List<Double> unseen = report.unseen().quarter().contrasts();
        String unseenName = "%d never stored (%d recognised)"
                .formatted(unseen.size(), report.unseen().quarter().contrastAccepted());
        return new ContrastChart("Contrast from a quarter: stored, 20 % of it flipped, and never stored")
                .histogram(unseenName, unseen, Palette.ALARM)
                .histogram(
                        "%d stored (%d recognised)".formatted(stored.size(), storedNoisy.recognised()),
                        stored,
                        Palette.ENGRAM)
                .limit("recognised from 0.50 on", 0.5)
                .image();
    }

    private static List<Double> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> (double) i).toList();
    }
}
