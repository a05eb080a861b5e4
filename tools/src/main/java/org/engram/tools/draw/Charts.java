package org.engram.tools.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Gives all plots the same look. */
public final class Charts {

    static final int WIDTH = 1000;
    static final int HEIGHT = 500;
    static final int TITLE = 19;
    static final int WORDS = 15;
    private static final int POINT = 7;
    private static final BasicStroke DASHED =
            new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {8f, 6f}, 0f);

    private Charts() {}

    /** A plot without curves. */
    public static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler()
                .setAxisTitleFont(Palette.font(Font.PLAIN, 17))
                .setAxisTickLabelsFont(Palette.font(Font.PLAIN, WORDS))
                .setPlotGridLinesColor(Palette.GRID)
                .setYAxisDecimalPattern("0.00")
                .setXAxisDecimalPattern("0");
        chart.getStyler()
                .setChartTitleFont(Palette.font(Font.BOLD, TITLE))
                .setChartTitleBoxVisible(false)
                .setLegendFont(Palette.font(Font.PLAIN, WORDS))
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setLegendPadding(14)
                .setLegendBorderColor(Color.WHITE)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setMarkerSize(POINT);
        return chart;
    }

    /** Shows this range of each axis. */
    public static void limit(XYChart chart, Axis x, Axis y) {
        chart.getStyler()
                .setXAxisMin(x.min())
                .setXAxisMax(x.max())
                .setYAxisMin(y.min())
                .setYAxisMax(y.max());
    }

    /** Adds points. */
    public static void points(XYChart chart, String name, List<Double> x, List<Double> y, Color colour, Marker marker) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(marker);
        series.setMarkerColor(colour);
    }

    /** Makes a series a dashed line. */
    public static void dash(XYSeries line) {
        line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(Palette.INK);
        line.setLineStyle(DASHED);
    }

    /** The plot at 1000 x 500 pixels. */
    public static BufferedImage image(XYChart chart) {
        return BitmapEncoder.getBufferedImage(chart);
    }

    /** Adds a line with a dot at every value. */
    public static void curve(XYChart chart, String name, List<Double> x, List<Double> y, Color colour) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setLineColor(colour);
        series.setLineWidth(2.5f);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(colour);
    }
}
