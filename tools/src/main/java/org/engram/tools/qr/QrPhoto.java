package org.engram.tools.qr;

import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.DecoderResult;
import com.google.zxing.common.DetectorResult;
import com.google.zxing.multi.qrcode.detector.MultiDetector;
import com.google.zxing.qrcode.decoder.Decoder;
import com.google.zxing.qrcode.detector.Detector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A grey photograph, and the symbols in it that error correction can read. Immutable. */
public final class QrPhoto {

    private static final Map<DecodeHintType, Object> HINTS = Map.of(DecodeHintType.TRY_HARDER, true);

    /** Small symbols are found at twice the size. */
    private static final List<Double> SCALES = List.of(1.0, 2.0);

    /** Noisy symbols of large modules are found at smaller sizes. */
    private static final List<Double> MORE_SCALES = List.of(0.5, 0.25, 3.0);

    private static final int SMALLEST_SIDE = 21;
    /** Making a picture larger than this only takes long. */
    private static final int MOST_PIXELS = 16_000_000;

    private final int width;
    private final int height;
    private final byte[] grey;

    /** A photograph of one byte for each pixel, 0 black to 255 white, row by row. The caller no longer changes them. */
    public QrPhoto(int width, int height, byte[] grey) {
        this.width = width;
        this.height = height;
        this.grey = grey;
    }

    /**
     * All symbols that are found. Each is listed once, however often it is there. More scales are tried while nothing
     * is found.
     */
    public List<QrFind> finds() {
        Map<QrSymbol, QrFind> found = new LinkedHashMap<>();
        for (double scale : SCALES) {
            finds(scale, found);
        }
        for (double scale : MORE_SCALES) {
            if (found.isEmpty()) {
                finds(scale, found);
            }
        }
        return List.copyOf(found.values());
    }

    private void finds(double scale, Map<QrSymbol, QrFind> found) {
        boolean isTooLarge = scale > 1 && scale * width * scale * height > MOST_PIXELS;
        if (!isTooLarge && scale * Math.min(width, height) >= SMALLEST_SIDE) {
            scaled(scale).finds(found);
        }
    }

    private void finds(Map<QrSymbol, QrFind> found) {
        LuminanceSource shown = new PlanarYUVLuminanceSource(grey, width, height, 0, 0, width, height, false);
        for (boolean inverted : List.of(false, true)) {
            LuminanceSource source = inverted ? shown.invert() : shown;
            for (BitMatrix black : BlackLevels.of(source)) {
                for (BitMatrix grid : grids(black)) {
                    QrFind find = find(grid, inverted);
                    if (find != null) {
                        found.putIfAbsent(find.symbol(), find);
                    }
                }
            }
        }
    }

    /**
     * The modules of all that may be a symbol. ZXing's detector of one symbol also finds symbols that its detector of
     * many misses, so both are used.
     */
    private static List<BitMatrix> grids(BitMatrix black) {
        List<BitMatrix> grids = new ArrayList<>();
        try {
            for (DetectorResult one : new MultiDetector(black).detectMulti(HINTS)) {
                grids.add(one.getBits());
            }
        } catch (ReaderException none) {
            grids.clear();
        }
        try {
            grids.add(new Detector(black).detect(HINTS).getBits());
        } catch (ReaderException none) {
            return grids;
        }
        return grids;
    }

    /** The symbol of a grid; null when it cannot be read. */
    private static @Nullable QrFind find(BitMatrix grid, boolean inverted) {
        try {
            DecoderResult read = new Decoder().decode(grid.clone()); // a copy, since the decoder may mirror it
            boolean mirrored = read.getOther() != null;
            if (mirrored) {
                transpose(grid);
            }
            QrForm form = QrSymbol.form(read);
            QrSymbol nearest = IntStream.range(0, QrForm.MASKS)
                    .mapToObj(mask -> new QrSymbol(form.withMask(mask), read.getRawBytes()))
                    .min(Comparator.comparingInt(symbol -> symbol.differing(grid)))
                    .orElseThrow();
            return new QrFind(nearest, mirrored, inverted);
        } catch (ReaderException unreadable) {
            return null;
        }
    }

    private static void transpose(BitMatrix grid) {
        for (int y = 0; y < grid.getHeight(); y++) {
            for (int x = 0; x < y; x++) {
                if (grid.get(x, y) != grid.get(y, x)) {
                    grid.flip(x, y);
                    grid.flip(y, x);
                }
            }
        }
    }

    /** The photograph larger or smaller, with values between those of neighbouring pixels. */
    private QrPhoto scaled(double scale) {
        if (scale == 1) {
            return this;
        }
        int across = (int) Math.round(scale * width);
        int down = (int) Math.round(scale * height);
        byte[] pixels = new byte[across * down];
        for (int y = 0; y < down; y++) {
            double fromY = Math.clamp((y + 0.5) / scale - 0.5, 0, height - 1);
            for (int x = 0; x < across; x++) {
                double fromX = Math.clamp((x + 0.5) / scale - 0.5, 0, width - 1);
                pixels[y * across + x] = (byte) Math.round(between(fromX, fromY));
            }
        }
        return new QrPhoto(across, down, pixels);
    }

    private double between(double x, double y) {
        int left = (int) x;
        int top = (int) y;
        int right = Math.min(left + 1, width - 1);
        int bottom = Math.min(top + 1, height - 1);
        double above = grey(left, top) + (x - left) * (grey(right, top) - grey(left, top));
        double below = grey(left, bottom) + (x - left) * (grey(right, bottom) - grey(left, bottom));
        return above + (y - top) * (below - above);
    }

    private int grey(int x, int y) {
        return grey[y * width + x] & 0xff;
    }
}
