package org.engram.tools.draw;

import java.awt.Color;
import java.util.function.BiConsumer;

/** Writes a plot as SVG 1.1. */
public final class SvgPlot {

    private static final int LEFT = 90;
    private static final int TOP = 50;
    private static final int RIGHT = Charts.WIDTH - 30;
    private static final int BOTTOM = Charts.HEIGHT - 100;

    private final PointPlot plot;
    private final StringBuilder svg = new StringBuilder();

    /** Prepares to write. */
    public SvgPlot(PointPlot plot) {
        this.plot = plot;
    }

    /** The plot as one XML document, as wide and as high as the image of the same plot. */
    public String text() {
        svg.setLength(0);
        svg.append("""
                <?xml version="1.0" encoding="UTF-8"?>
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d"\
                 font-family="sans-serif" font-size="%3$d" fill="%4$s">
                <title>%5$s</title>
                <rect width="100%%" height="100%%" fill="white"/>
                """.formatted(Charts.WIDTH, Charts.HEIGHT, Charts.WORDS, hex(Palette.INK), escaped(plot.title())));
        String bold = " font-size=\"%d\" font-weight=\"bold\"".formatted(Charts.TITLE);
        words(Charts.WIDTH / 2.0, 30, "middle", bold, plot.title());
        axes();
        points(plot.points(), Palette.PAPER, this::circle);
        points(plot.marked(), Palette.ALARM, this::diamond);
        threshold();
        legend();
        return svg.append("</svg>\n").toString();
    }

    private void axes() {
        svg.append("<g stroke=\"%s\">\n".formatted(hex(Palette.GRID)));
        plot.x().ticks().forEach(tick -> line(x(tick), TOP, x(tick), BOTTOM, ""));
        plot.y().ticks().forEach(tick -> line(LEFT, y(tick), RIGHT, y(tick), ""));
        svg.append("</g>\n");
        line(LEFT, BOTTOM, RIGHT, BOTTOM, " stroke=\"%s\"".formatted(hex(Palette.INK)));
        line(LEFT, TOP, LEFT, BOTTOM, " stroke=\"%s\"".formatted(hex(Palette.INK)));
        for (double tick : plot.x().ticks()) {
            words(x(tick), BOTTOM + 22, "middle", "", number(tick, plot.x()));
        }
        for (double tick : plot.y().ticks()) {
            words(LEFT - 8, y(tick) + 5, "end", "", number(tick, plot.y()));
        }
        words((LEFT + RIGHT) / 2.0, BOTTOM + 46, "middle", "", plot.xName());
        String upwards = " transform=\"translate(24 %d) rotate(-90)\"".formatted((TOP + BOTTOM) / 2);
        words(0, 0, "middle", upwards, plot.yName());
    }

    private static String number(double tick, Axis axis) {
        return ("%,." + axis.decimals() + "f").formatted(tick == 0 ? 0.0 : tick);
    }

    private void points(PointPlot.Points points, Color colour, BiConsumer<Double, Double> mark) {
        svg.append("<g fill=\"%s\">\n".formatted(hex(colour)));
        for (int i = 0; i < points.x().size(); i++) {
            mark.accept(x(points.x().get(i)), y(points.y().get(i)));
        }
        svg.append("</g>\n");
    }

    private void circle(double x, double y) {
        svg.append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n".formatted(x, y));
    }

    private void diamond(double x, double y) {
        svg.append("<path d=\"M%.1f %.1fl5 5l-5 5l-5 -5z\"/>\n".formatted(x, y - 5));
    }

    private void threshold() {
        if (!Double.isNaN(plot.threshold())) {
            dashed(LEFT, RIGHT, y(plot.threshold()));
        }
    }

    private void dashed(double left, double right, double y) {
        String dashes = " stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"8 6\"".formatted(hex(Palette.INK));
        line(left, y, right, y, dashes);
    }

    private void legend() {
        int baseline = Charts.HEIGHT - 22;
        double at = LEFT;
        svg.append("<circle cx=\"%.1f\" cy=\"%d\" r=\"3.5\" fill=\"%s\"/>\n"
                .formatted(at, baseline - 5, hex(Palette.PAPER)));
        at = entry(at, baseline, plot.points().name());
        if (!plot.marked().x().isEmpty()) {
            svg.append("<g fill=\"%s\">\n".formatted(hex(Palette.ALARM)));
            diamond(at, baseline - 5);
            svg.append("</g>\n");
            at = entry(at, baseline, plot.marked().name());
        }
        if (!Double.isNaN(plot.threshold())) {
            dashed(at - 8, at + 22, baseline - 5);
            entry(at + 18, baseline, plot.thresholdName());
        }
    }

    /** Writes a name. Its width depends on the reader's font, so the next name keeps clear of it. */
    private double entry(double at, int baseline, String name) {
        words(at + 12, baseline, "start", "", name);
        return at + 12 + 0.62 * Charts.WORDS * name.length() + 30;
    }

    private void words(double x, double y, String anchor, String more, String text) {
        svg.append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>\n"
                .formatted(x, y, anchor, more, escaped(text)));
    }

    private void line(double x1, double y1, double x2, double y2, String more) {
        svg.append("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"%s/>\n".formatted(x1, y1, x2, y2, more));
    }

    private double x(double value) {
        return LEFT + plot.x().share(value) * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - plot.y().share(value) * (BOTTOM - TOP);
    }

    private static String hex(Color colour) {
        return "#%06x".formatted(colour.getRGB() & 0xffffff);
    }

    /** Characters that XML cannot hold are left out. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                default -> {
                    boolean allowed = (c >= 0x20 && c < 0xd800) || (c >= 0xe000 && c != 0xfffe && c != 0xffff);
                    safe.appendCodePoint(allowed ? c : 0xfffd);
                }
            }
        });
        return safe.toString();
    }
}
