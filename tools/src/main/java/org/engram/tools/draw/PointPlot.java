package org.engram.tools.draw;

import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Points above neurons, some of them marked, and a threshold: the form of the paper's Figures 3 to 6. It is drawn as an
 * image or, by {@link SvgPlot}, as SVG. The threshold is a dashed line; NaN stands for none.
 */
public record PointPlot(
        String title, Axis x, String xName, Axis y, String yName, Points points, Points marked, double threshold) {

    /** Points of one kind, named in the legend. */
    public record Points(String name, List<Double> x, List<Double> y) {

        /** Copies the lists. */
        public Points {
            x = List.copyOf(x);
            y = List.copyOf(y);
        }
    }

    /** The name of the dashed line. */
    String thresholdName() {
        return "threshold %.2f".formatted(threshold);
    }

    /** The plot at 1000 x 500 pixels. */
    public BufferedImage image() {
        Font titles = Palette.font(Font.BOLD, Charts.TITLE);
        Font words = Palette.font(Font.PLAIN, Charts.WORDS);
        XYChart chart = Charts.chart(KeyName.in(titles, title), xName, yName);
        Charts.points(chart, KeyName.in(words, points.name), points.x, points.y, Palette.PAPER, SeriesMarkers.CIRCLE);
        if (!marked.x.isEmpty()) {
            Charts.points(
                    chart, KeyName.in(words, marked.name), marked.x, marked.y, Palette.ALARM, SeriesMarkers.DIAMOND);
        }
        if (!Double.isNaN(threshold)) {
            Charts.dash(chart.addSeries(
                    thresholdName(), new double[] {x.min(), x.max()}, new double[] {threshold, threshold}));
        }
        breakEqualSpacing(chart);
        Charts.limit(chart, x, y);
        return Charts.image(chart);
    }

    /**
     * Adds invisible points. Where points are equally spaced, as neurons are in a row, the library labels every few
     * of them instead of round numbers, and the labels are too many and run into each other.
     */
    private void breakEqualSpacing(XYChart chart) {
        double[] unequal = {x.min(), x.min() + 1.0 / 3, x.min() + 1};
        XYSeries unseen = chart.addSeries("unseen", unequal, new double[] {y.min(), y.min(), y.min()});
        unseen.setShowInLegend(false);
        unseen.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        unseen.setMarker(SeriesMarkers.NONE);
    }
}
