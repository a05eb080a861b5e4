package org.engram.tools.draw;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Histograms of contrasts: how they tell stored patterns from unseen ones. */
public final class ContrastChart {

    private static final double BIN = 0.05;

    private final XYChart chart;
    private double top;

    /** An empty chart. */
    public ContrastChart(String title) {
        this.chart = Charts.chart(title, "contrast", "share of the patterns (%)");
    }

    /** Draws a criterion, the least contrast, as high as all histograms before it. */
    public ContrastChart limit(String name, double at) {
        Charts.dash(chart.addSeries(name, new double[] {at, at}, new double[] {0, top}));
        return this;
    }

    /** Draws it. */
    public BufferedImage image() {
        Charts.limit(chart, new Axis(0, 1), new Axis(0, top));
        chart.getStyler().setYAxisDecimalPattern("0").setXAxisDecimalPattern("0.0");
        return Charts.image(chart);
    }

    /** Draws contrasts, 0 to 1. */
    public ContrastChart histogram(String name, List<Double> contrasts, Color colour) {
        double[] shares = shares(contrasts);
        double[] x = new double[2 * shares.length];
        double[] y = new double[2 * shares.length];
        for (int bin = 0; bin < shares.length; bin++) {
            x[2 * bin] = bin * BIN;
            x[2 * bin + 1] = (bin + 1) * BIN;
            y[2 * bin] = shares[bin];
            y[2 * bin + 1] = shares[bin];
        }
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 90));
        top = Math.max(top, 5 * Math.ceil(Arrays.stream(shares).max().orElse(0) / 5));
        return this;
    }

    private static double[] shares(List<Double> values) {
        double[] shares = new double[(int) Math.round(1 / BIN)];
        for (double value : values) {
            shares[Math.clamp((int) (value / BIN), 0, shares.length - 1)] += 100.0 / values.size();
        }
        return shares;
    }
}
