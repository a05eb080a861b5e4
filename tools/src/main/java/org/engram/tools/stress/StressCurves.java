package org.engram.tools.stress;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.ToIntFunction;
import org.engram.tools.console.Describe;
import org.engram.tools.draw.Axis;
import org.engram.tools.draw.Charts;
import org.engram.tools.draw.Palette;
import org.knowm.xchart.XYChart;

/** Plots the share of symbols that are read against the damaged area, a panel for each kind of damage. */
final class StressCurves {

    private static final int COLUMNS = 2;
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 500;
    private static final double HEADROOM = 105;

    private StressCurves() {}

    static BufferedImage draw(List<StressResult> results) {
        int rows = (DamageKind.values().length + COLUMNS - 1) / COLUMNS;
        BufferedImage sheet = new BufferedImage(COLUMNS * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        DamageKind[] kinds = DamageKind.values();
        for (int k = 0; k < kinds.length; k++) {
            DamageKind kind = kinds[k];
            List<StressResult> own =
                    results.stream().filter(result -> result.damage() == kind).toList();
            BufferedImage panel = Charts.image(panel(kind, own));
            pen.drawImage(panel, k % COLUMNS * WIDTH, k / COLUMNS * HEIGHT, null);
        }
        pen.dispose();
        return sheet;
    }

    private static XYChart panel(DamageKind kind, List<StressResult> results) {
        XYChart chart = Charts.chart(Describe.name(kind) + ": " + kind.words(), "damaged area (%)", "symbols read (%)");
        List<Double> areas = results.stream().map(StressResult::area).toList();
        Charts.curve(chart, "Engram", areas, shares(results, StressResult::engram), Palette.ENGRAM);
        Charts.curve(chart, "ZXing alone", areas, shares(results, StressResult::zxing), Palette.PAPER);
        Charts.limit(chart, new Axis(0, 100), new Axis(0, HEADROOM));
        chart.getStyler().setYAxisDecimalPattern("0");
        return chart;
    }

    private static List<Double> shares(List<StressResult> results, ToIntFunction<StressResult> count) {
        return results.stream()
                .map(result -> 100.0 * count.applyAsInt(result) / result.symbols())
                .toList();
    }
}
