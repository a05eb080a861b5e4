package org.engram.tools.paper;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The plots of the report, in the form of the paper's figures. */
final class Plots {

    private static final int WIDTH = 1000;
    private static final int HEIGHT = 500;
    private static final int POINT = 7;
    private static final BasicStroke DASHED =
            new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {8f, 6f}, 0f);

    private Plots() {}

    static BufferedImage figure3(PaperReport report) {
        return responses(
                "Figure 3: responses to the whole symbol of neuron %d".formatted(report.neuron()),
                report.figure3().unipolar());
    }

    static BufferedImage figure5(PaperReport report) {
        return responses(
                "Figure 5: responses to the lower right quarter of neuron %d".formatted(report.neuron()),
                report.figure5().unipolar());
    }

    static BufferedImage figure6(PaperReport report) {
        return responses(
                "Figure 6: responses to a symbol that was never stored",
                report.figure6().unipolar());
    }

    static BufferedImage figure4(PaperReport report) {
        List<Double> maxQ = report.whole().maxQ();
        XYChart chart = chart("Figure 4: winner's response to every whole symbol", "neuron shown", "largest q / R");
        points(chart, "winner", numbers(maxQ.size()), maxQ, Palette.PAPER, SeriesMarkers.CIRCLE);
        threshold(chart, maxQ.size());
        chart.getStyler().setYAxisMin(0.69).setYAxisMax(0.77).setXAxisMin(0.0).setXAxisMax(300.0);
        return image(chart);
    }

    private static BufferedImage responses(String title, PaperRule rule) {
        XYChart chart = chart(title, "neuron", "q / R");
        points(chart, "all neurons", numbers(rule.q().size()), rule.q(), Palette.PAPER, SeriesMarkers.CIRCLE);
        List<Double> winners = rule.winners().stream().map(Double::valueOf).toList();
        String name = (winners.size() == 1 ? "largest: neuron " : "largest: neurons ")
                + String.join(
                        " and ", rule.winners().stream().map(String::valueOf).toList())
                + ", %.6f".formatted(rule.maxQ());
        points(
                chart,
                name,
                winners,
                winners.stream().map(any -> rule.maxQ()).toList(),
                Palette.ALARM,
                SeriesMarkers.DIAMOND);
        threshold(chart, rule.q().size());
        double least = rule.q().stream().mapToDouble(q -> q).min().orElseThrow();
        chart.getStyler()
                .setYAxisMin(Math.floor(least * 50) / 50)
                .setYAxisMax(0.78)
                .setXAxisMin(0.0)
                .setXAxisMax(300.0);
        return image(chart);
    }

    /** Recall counts, ties left out, against the visible share. */
    static BufferedImage occlusion(PaperReport report) {
        XYChart chart = chart(
                "Recalled from the lower right square, ties left out",
                "visible share of the symbol (%)",
                "symbols recalled");
        List<Double> visible =
                report.curve().stream().map(result -> 100 * result.visible()).toList();
        curve(
                chart,
                "bipolar (Engram)",
                visible,
                report.curve().stream()
                        .map(result -> (double) result.bipolar().alone())
                        .toList(),
                Palette.ENGRAM);
        curve(
                chart,
                "unipolar (paper)",
                visible,
                report.curve().stream()
                        .map(result -> (double) result.unipolar().alone())
                        .toList(),
                Palette.PAPER);
        chart.getStyler()
                .setXAxisMin(0.0)
                .setXAxisMax(100.0)
                .setYAxisMin(0.0)
                .setYAxisMax(300.0)
                .setYAxisDecimalPattern("0")
                .setLegendPosition(LegendPosition.InsideSE);
        return image(chart);
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
        return new ContrastChart("Contrast from a quarter: stored, 20 % of it flipped, and never stored")
                .unseen(
                        "%d never stored (%d recognised)"
                                .formatted(
                                        unseen.size(), report.unseen().quarter().contrastAccepted()),
                        unseen)
                .stored("%d stored (%d recognised)".formatted(stored.size(), storedNoisy.recognised()), stored)
                .limit("recognised from 0.50 on", 0.5)
                .image();
    }

    private static void curve(XYChart chart, String name, List<Double> x, List<Double> y, Color colour) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setLineColor(colour);
        series.setLineWidth(2.5f);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(colour);
    }

    private static void points(
            XYChart chart, String name, List<Double> x, List<Double> y, Color colour, Marker marker) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(marker);
        series.setMarkerColor(colour);
    }

    private static void threshold(XYChart chart, int neurons) {
        double at = PaperReference.THRESHOLD;
        dash(chart.addSeries("threshold %.2f".formatted(at), new double[] {0, neurons}, new double[] {at, at}));
    }

    static void dash(XYSeries line) {
        line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(Palette.INK);
        line.setLineStyle(DASHED);
    }

    private static List<Double> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> (double) i).toList();
    }

    static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler()
                .setAxisTitleFont(Palette.font(Font.PLAIN, 17))
                .setAxisTickLabelsFont(Palette.font(Font.PLAIN, 15))
                .setPlotGridLinesColor(Palette.GRID)
                .setYAxisDecimalPattern("0.00")
                .setXAxisDecimalPattern("0");
        chart.getStyler()
                .setChartTitleFont(Palette.font(Font.BOLD, 19))
                .setChartTitleBoxVisible(false)
                .setLegendFont(Palette.font(Font.PLAIN, 15))
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setLegendPadding(14)
                .setLegendBorderColor(Color.WHITE)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setMarkerSize(POINT);
        return chart;
    }

    static BufferedImage image(XYChart chart) {
        return BitmapEncoder.getBufferedImage(chart);
    }
}
