package org.engram.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The cost of every path of a suite against the size, both on logarithmic axes; what the machine can do is dashed. */
final class ScalePlot {

    private static final int WIDTH = 1100;
    private static final int HEIGHT = 620;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final Color INK = new Color(0x33, 0x33, 0x33);
    private static final Color GRID = new Color(0xDD, 0xDD, 0xDD);
    /** People who do not see all colours can tell these apart (Okabe and Ito), and by their order in the legend. */
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xE69F00),
        new Color(0x56B4E9),
        new Color(0x8C564B),
        new Color(0x7F7F7F),
    };

    private static final BasicStroke DASHED =
            new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {9f, 6f}, 0f);

    private ScalePlot() {}

    /** Draws a run into a PNG. */
    static void write(Suite suite, List<Measured> rows, Path file) throws IOException {
        ImageIO.write(BitmapEncoder.getBufferedImage(chart(suite, rows)), "png", file.toFile());
    }

    private static XYChart chart(Suite suite, List<Measured> rows) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(suite.title())
                .xAxisTitle(suite.size())
                .yAxisTitle("median time of one, ms")
                .build();
        style(chart);
        int colour = 0;
        for (List<Measured> path : paths(rows)) {
            boolean limit = path.getFirst().limit() != null;
            XYSeries series = chart.addSeries(
                    path.getFirst().path() + (limit ? " (limit)" : ""),
                    path.stream().mapToDouble(Measured::size).toArray(),
                    path.stream()
                            .mapToDouble(row -> row.medianUs() / MICROS_PER_MILLI)
                            .toArray());
            paint(series, limit ? INK : COLOURS[colour++ % COLOURS.length], limit);
        }
        return chart;
    }

    /** The rows of each path by size; the slowest path first, so that the legend reads as the lines lie. */
    private static List<List<Measured>> paths(List<Measured> rows) {
        return rows.stream()
                .filter(row -> row.limit() == null || row.limit().drawn())
                .collect(Collectors.groupingBy(Measured::path))
                .values()
                .stream()
                .sorted(Comparator.comparingDouble(path -> -path.getLast().medianUs()))
                .toList();
    }

    private static void paint(XYSeries series, Color colour, boolean limit) {
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setLineWidth(2.5f);
        if (limit) {
            series.setLineStyle(DASHED);
        }
    }

    private static void style(XYChart chart) {
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setXAxisDecimalPattern("#,##0")
                .setYAxisDecimalPattern("#,##0.######")
                .setAxisTitleFont(font(Font.PLAIN, 17))
                .setAxisTickLabelsFont(font(Font.PLAIN, 15))
                .setPlotGridLinesColor(GRID);
        chart.getStyler()
                .setChartTitleFont(font(Font.BOLD, 19))
                .setChartTitleBoxVisible(false)
                .setLegendFont(font(Font.PLAIN, 15))
                .setLegendPosition(LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setMarkerSize(8);
    }

    private static Font font(int weight, int size) {
        return new Font(Font.SANS_SERIF, weight, size);
    }
}
