package org.engram.tools.repair;

import java.util.BitSet;

/** What a picture shows in the modules of a grid, row by row. */
final class Modules {

    private static final int MAX_SAMPLES = 6;

    /** Between these two a pixel is neither black nor white, but a stain. */
    private static final float DARK_GREY = 0.3f;

    private static final float LIGHT_GREY = 0.7f;

    private final int columns;
    private final int rows;
    /** The share of a module's visible samples that are white. */
    private final float[] white;

    /** The share of a module's visible samples that are grey. */
    private final float[] grey;

    private final BitSet visible;

    private Modules(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.white = new float[columns * rows];
        this.grey = new float[columns * rows];
        this.visible = new BitSet(columns * rows);
    }

    /**
     * Reads every pixel of every module, or a sample of the pixels of large modules. A module is visible when half of
     * it is.
     */
    static Modules read(Raster raster, double left, double top, double pitch, int columns, int rows) {
        Modules modules = new Modules(columns, rows);
        int samples = Math.clamp(Math.round(pitch), 1, MAX_SAMPLES);
        for (int j = 0; j < rows; j++) {
            for (int i = 0; i < columns; i++) {
                modules.readModule(
                        raster, left + i * pitch, top + j * pitch, pitch / samples, samples, j * columns + i);
            }
        }
        return modules;
    }

    private void readModule(Raster raster, double left, double top, double step, int samples, int module) {
        int seen = 0;
        int bright = 0;
        int stained = 0;
        for (int b = 0; b < samples; b++) {
            int y = (int) Math.floor(top + (b + 0.5) * step);
            for (int a = 0; a < samples; a++) {
                int x = (int) Math.floor(left + (a + 0.5) * step);
                if (raster.isVisible(x, y)) {
                    float luminance = raster.luminance(x, y);
                    seen++;
                    bright += luminance >= 0.5f ? 1 : 0;
                    stained += luminance > DARK_GREY && luminance < LIGHT_GREY ? 1 : 0;
                }
            }
        }
        if (2 * seen >= samples * samples) {
            visible.set(module);
            white[module] = (float) bright / seen;
            grey[module] = (float) stained / seen;
        }
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /** Whether most of what is seen of a module is white. */
    boolean isWhite(int module) {
        return white[module] >= 0.5f;
    }

    boolean isGrey(int module) {
        return grey[module] >= 0.5f;
    }

    /** The share of a module that does not have the colour of most of it, 0 to 0.5. */
    double impurity(int module) {
        return Math.min(white[module], 1 - white[module]);
    }

    /** The modules that can be seen; not to be changed. */
    BitSet visible() {
        return visible;
    }
}
