package org.engram.tools.image;

import java.awt.Rectangle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.tools.console.Failure;

/**
 * An image file in greys of a store's shape, with transparent pixels white and not visible. An image of exactly that
 * size is taken pixel by pixel; any other is averaged down, or blown up, to fit, centred on white.
 */
public final class Picture {

    /** A picture with less than this share of one colour is as good as a picture of only the other. */
    private static final double HARDLY_ANY = 0.01;
    /** Dark and light that differ by less than this are noise on one grey. */
    private static final double ONE_GREY = 0.1;

    private final Geometry geometry;
    /** 0 black to 1 white. */
    private final double[] luminance;

    private final BitSet visible;
    /** The area that the image covers. */
    private final Rectangle area;

    private final Origin origin;

    /** The image in its file. */
    private record Origin(int width, int height, Orientation orientation) {}

    private Picture(Geometry geometry, double[] luminance, BitSet visible, Rectangle area, Origin origin) {
        this.geometry = geometry;
        this.luminance = luminance;
        this.visible = visible;
        this.area = area;
        this.origin = origin;
    }

    /** Reads an image file. */
    public static Picture read(Path path, Geometry geometry) {
        return of(ImageFile.open(path), geometry);
    }

    /** Reads an image file from a stream. */
    public static Picture read(InputStream in, String name, Geometry geometry) throws IOException {
        return of(ImageFile.open(in, name), geometry);
    }

    /** Fits an image. */
    public static Picture of(Upright source, Geometry geometry) {
        PixelRows rows = new PixelRows(source.image());
        double scale = Math.min((double) geometry.width() / rows.width(), (double) geometry.height() / rows.height());
        int width = Math.clamp(Math.round(rows.width() * scale), 1, geometry.width());
        int height = Math.clamp(Math.round(rows.height() * scale), 1, geometry.height());
        AreaScaler scaler = new AreaScaler(rows, width, height);
        Rectangle area = new Rectangle((geometry.width() - width) / 2, (geometry.height() - height) / 2, width, height);
        double[] luminance = new double[geometry.pixels()];
        Arrays.fill(luminance, 1);
        BitSet visible = new BitSet(geometry.pixels());
        visible.set(0, geometry.pixels());
        for (int y = 0; y < height; y++) {
            scaler.row(y);
            int from = geometry.index(area.x, area.y + y);
            for (int x = 0; x < width; x++) {
                luminance[from + x] = scaler.luminance(x);
            }
            for (int x = 0; rows.mayHide() && x < width; x++) {
                visible.set(from + x, scaler.hidden(x) < 0.5);
            }
        }
        Origin origin = new Origin(rows.width(), rows.height(), source.was());
        return new Picture(geometry, luminance, visible, area, origin);
    }

    /** The pattern with all the greys. */
    public Pattern grey() {
        float[] values = new float[luminance.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) luminance[i];
        }
        return Pattern.of(geometry, values);
    }

    /** The pattern in black and white. */
    public Pattern pattern(Levels levels) {
        float[] values = new float[luminance.length];
        if (levels == Levels.FIXED) {
            for (int i = 0; i < values.length; i++) {
                // 1 from a half on. A branch would go another way at every other pixel of a symbol.
                values[i] = (float) Math.min(Math.floor(2 * luminance[i]), 1);
            }
            return Pattern.of(geometry, values);
        }
        Arrays.fill(values, 1);
        GreyLevels greys = levels == Levels.LOCAL ? greys().evened() : greys();
        for (int y = 0; y < area.height; y++) {
            for (int x = 0; x < area.width; x++) {
                int pixel = geometry.index(area.x + x, area.y + y);
                boolean isBlack = visible.get(pixel)
                        && greys.value(y * area.width + x) < greys.split().level();
                values[pixel] = isBlack ? 0 : 1;
            }
        }
        return Pattern.of(geometry, values);
    }

    private GreyLevels greys() {
        double[] values = new double[area.width * area.height];
        BitSet hidden = new BitSet(values.length);
        for (int y = 0; y < area.height; y++) {
            for (int x = 0; x < area.width; x++) {
                int pixel = geometry.index(area.x + x, area.y + y);
                values[y * area.width + x] = luminance[pixel];
                hidden.set(y * area.width + x, !visible.get(pixel));
            }
        }
        return new GreyLevels(values, area.width, hidden);
    }

    /** Fails if the fixed half would make one colour of a picture that has a dark and a light part. */
    public void requireTwoColours(String name) {
        int white = 0;
        int black = 0;
        for (int y = area.y; y < area.y + area.height; y++) {
            int from = geometry.index(area.x, y);
            for (int pixel = from; pixel < from + area.width; pixel++) {
                boolean isWhite = luminance[pixel] >= 0.5;
                boolean isSeen = visible.get(pixel);
                white += isSeen && isWhite ? 1 : 0;
                black += isSeen && !isWhite ? 1 : 0;
            }
            if (Math.min(white, black) > HARDLY_ANY * area.width * area.height) {
                return;
            }
        }
        if (white + black == 0 || Math.min(white, black) > HARDLY_ANY * (white + black)) {
            return;
        }
        GreyLevels.Split greys = greys().split();
        boolean isOneSided = greys.light() < 0.5 || greys.dark() >= 0.5;
        if (isOneSided && greys.light() - greys.dark() >= ONE_GREY) {
            throw Failure.usage(
                    ("%s would be stored all %s: white begins at half, and its dark and light parts have %.0f and %.0f percent"
                                    + " of white; --levels otsu finds a level between them, --levels local one for each place,"
                                    + " --grey keeps the greys, --levels fixed stores it so")
                            .formatted(
                                    name, white < black ? "black" : "white", 100 * greys.dark(), 100 * greys.light()));
        }
    }

    /** This picture, which lies so, set upright. */
    public Picture upright(Orientation lies) {
        if (lies == Orientation.UPRIGHT) {
            return this;
        }
        Geometry turned = lies.isSideways() ? new Geometry(geometry.height(), geometry.width()) : geometry;
        double[] values = new double[luminance.length];
        BitSet shown = new BitSet(values.length);
        Rectangle place = new Rectangle(-1, -1);
        for (int y = 0; y < turned.height(); y++) {
            for (int x = 0; x < turned.width(); x++) {
                int lyingX = lies.lyingX(x, y, geometry.width());
                int lyingY = lies.lyingY(x, y, geometry.height());
                int from = geometry.index(lyingX, lyingY);
                values[turned.index(x, y)] = luminance[from];
                shown.set(turned.index(x, y), visible.get(from));
                if (area.contains(lyingX, lyingY)) {
                    place.add(new Rectangle(x, y, 1, 1));
                }
            }
        }
        return new Picture(turned, values, shown, place, origin);
    }

    /** The picture with black for white. Pixels that are hidden or around the image stay white. */
    public Picture inverted() {
        double[] values = luminance.clone();
        for (int y = area.y; y < area.y + area.height; y++) {
            for (int x = area.x; x < area.x + area.width; x++) {
                int pixel = geometry.index(x, y);
                values[pixel] = visible.get(pixel) ? 1 - values[pixel] : 1;
            }
        }
        return new Picture(geometry, values, visible, area, origin);
    }

    /** The picture with only this part of it visible. */
    public Picture within(Mask part) {
        return new Picture(geometry, luminance, bits(visible().and(part)), area, origin);
    }

    private static BitSet bits(Mask mask) {
        Geometry geometry = mask.geometry();
        BitSet bits = new BitSet(geometry.pixels());
        for (int y = 0; y < geometry.height(); y++) {
            for (int x = 0; x < geometry.width(); x++) {
                bits.set(geometry.index(x, y), mask.isVisible(x, y));
            }
        }
        return bits;
    }

    public Geometry geometry() {
        return geometry;
    }

    /** The pixels that are not transparent. */
    public Mask visible() {
        return Mask.of(geometry, visible);
    }

    /** Pixels across of the image, set upright. */
    int width() {
        return origin.width();
    }

    /** Pixels down of the image, set upright. */
    int height() {
        return origin.height();
    }

    /** How the image lay in its file. */
    Orientation orientation() {
        return origin.orientation();
    }

    boolean isScaled() {
        return origin.width() != geometry.width() || origin.height() != geometry.height();
    }

    boolean hasTransparency() {
        return visible.cardinality() < geometry.pixels();
    }
}
