package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The Fourier transform of the numbers of edges between black and white at each column and at each row of a picture. */
final class EdgeSpectrum {

    /** The line of a period that is a half, a third and so on of the right period is nearly as strong. */
    private static final double NEARLY = 0.85;

    private final double[] columns;
    private final double[] rows;

    private EdgeSpectrum(double[] columns, double[] rows) {
        this.columns = columns;
        this.rows = rows;
    }

    static EdgeSpectrum of(Raster raster) {
        double[] columns = new double[raster.width() + 1];
        double[] rows = new double[raster.height() + 1];
        for (int y = 0; y < raster.height(); y++) {
            for (int x = 0; x < raster.width(); x++) {
                if (raster.isVisible(x, y)) {
                    boolean white = raster.isWhite(x, y);
                    columns[x] += raster.isVisible(x - 1, y) && raster.isWhite(x - 1, y) != white ? 1 : 0;
                    rows[y] += raster.isVisible(x, y - 1) && raster.isWhite(x, y - 1) != white ? 1 : 0;
                }
            }
        }
        return new EdgeSpectrum(columns, rows);
    }

    /** Of the strengths of edges along one line, which stands for both directions. */
    static EdgeSpectrum of(double[] edges) {
        return new EdgeSpectrum(edges, edges);
    }

    /** The likely sides of a module in pixels, the likeliest first; none without edges. */
    List<Double> pitches(double smallest, double largest, int most) {
        double length = Math.max(columns.length, rows.length);
        List<Double> candidates = new ArrayList<>();
        List<Double> strengths = new ArrayList<>();
        double strongest = 0;
        // half a pixel of drift over the whole picture is too much
        for (double pitch = smallest; pitch <= largest; pitch += 0.25 * pitch * pitch / length) {
            candidates.add(pitch);
            double strength =
                    line(columns, pitch).strength() + line(rows, pitch).strength();
            strengths.add(strength);
            strongest = Math.max(strongest, strength);
        }
        List<Double> pitches = new ArrayList<>();
        for (int k = candidates.size() - 1; k >= 0 && pitches.size() < most && strongest > 0; k--) {
            boolean isPeak = (k == 0 || strengths.get(k) >= strengths.get(k - 1))
                    && (k == candidates.size() - 1 || strengths.get(k) > strengths.get(k + 1));
            if (isPeak && strengths.get(k) >= NEARLY * strongest) {
                pitches.add(candidates.get(k));
            }
        }
        return pitches;
    }

    /** The share of the edges across the columns that stands at this distance. */
    double share(double pitch) {
        double all = Arrays.stream(columns).sum();
        return all == 0 ? 0 : line(columns, pitch).strength() / all;
    }

    /** Where the first whole column of modules of this side begins, in pixels. */
    double left(double pitch) {
        return line(columns, pitch).first(pitch);
    }

    /** Where the first whole row of modules of this side begins, in pixels. */
    double top(double pitch) {
        return line(rows, pitch).first(pitch);
    }

    private static Line line(double[] edges, double pitch) {
        double real = 0;
        double imaginary = 0;
        double stepReal = Math.cos(2 * Math.PI / pitch);
        double stepImaginary = Math.sin(2 * Math.PI / pitch);
        double cosine = 1;
        double sine = 0;
        for (double count : edges) {
            real += count * cosine;
            imaginary += count * sine;
            double next = cosine * stepReal - sine * stepImaginary;
            sine = cosine * stepImaginary + sine * stepReal;
            cosine = next;
        }
        return new Line(real, imaginary);
    }

    private record Line(double real, double imaginary) {
        double strength() {
            return Math.hypot(real, imaginary);
        }

        /** The phase as a place, from just below 0 on, so that a grid that begins at 0 is not begun late. */
        double first(double pitch) {
            double phase = Math.atan2(imaginary, real) / (2 * Math.PI) * pitch;
            return phase < -0.25 * pitch ? phase + pitch : phase;
        }
    }
}
