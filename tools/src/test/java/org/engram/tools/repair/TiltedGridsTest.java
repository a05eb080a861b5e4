package org.engram.tools.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.engram.store.Geometry;
import org.engram.tools.fixture.photo.PhotoDamage;
import org.engram.tools.fixture.photo.Shot;
import org.engram.tools.fixture.photo.Symbol;
import org.junit.jupiter.api.Test;

/** Grids of modules that are turned and seen in perspective, and whose finder patterns are all covered. */
class TiltedGridsTest {

    private static final int ALL_FINDERS = 3;
    private static final List<Integer> SIDES = List.of(21, 25, 29, 33, 37, 41, 45, 49, 53, 57);

    /** How far the corners of the nearest place are from those of the symbol, in modules. */
    private static double off(Shot shot, List<Place> places) {
        double least = Double.POSITIVE_INFINITY;
        for (Place place : places) {
            if (place.side() == shot.place().side()) {
                double most = 0;
                for (int corner = 0; corner < 4; corner++) {
                    double[] point = {place.quad().x(corner), place.quad().y(corner)};
                    shot.place().modules().of(point);
                    double x = corner == 1 || corner == 2 ? place.side() : 0;
                    double y = corner >= 2 ? place.side() : 0;
                    most = Math.max(most, Math.hypot(point[0] - x, point[1] - y));
                }
                least = Math.min(least, most);
            }
        }
        return least;
    }

    private static List<Place> places(Raster raster, boolean inverted) {
        return new TiltedGrids(new Pyramid(raster), SIDES).find().places(inverted);
    }

    @Test
    void thePlaceOfASymbolIsFoundToAPartOfAModule() {
        List<String> missed = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            SplittableRandom random = new SplittableRandom(number);
            Symbol symbol = Symbol.random(1 + number % 10, random);
            Shot shot = PhotoDamage.FINDERS.to(Shot.of(symbol, random), ALL_FINDERS, number);
            boolean inverted = number % 2 == 1;
            Raster raster = shot.grey().raster();
            double off = off(shot, places(inverted ? raster.inverted() : raster, inverted));
            if (off > 0.5) {
                missed.add(
                        "%d of %d modules: %.1f".formatted(number, shot.place().side(), off));
            }
        }
        assertTrue(missed.size() <= 8, missed::toString);
    }

    @Test
    void aPictureWithoutAGridHasNoPlaces() {
        for (int number = 0; number < 10; number++) {
            Raster raster = noise(number);
            assertEquals(List.of(), places(raster, false), "picture " + number);
        }
        assertEquals(List.of(), places(Raster.of(new Geometry(20, 20), new float[400], new BitSet()), false));
        assertEquals(List.of(), places(Raster.of(new Geometry(300, 200), new float[60_000], new BitSet()), false));
    }

    private static Raster noise(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] light = new float[300 * 200];
        for (int k = 0; k < light.length; k++) {
            light[k] = (float) random.nextDouble();
        }
        return Raster.of(new Geometry(300, 200), light, new BitSet());
    }

    @Test
    void hiddenPixelsTellNothing() {
        SplittableRandom random = new SplittableRandom(3);
        Shot shot = Shot.of(Symbol.random(5, random), random);
        Raster raster = shot.grey().raster();
        BitSet hidden = new BitSet();
        for (int pixel = 0; pixel < raster.width() * raster.height(); pixel++) {
            hidden.set(pixel, pixel % raster.width() < raster.width() * 3 / 8);
        }
        float[] light = new float[raster.width() * raster.height()];
        for (int k = 0; k < light.length; k++) {
            light[k] = hidden.get(k) ? Float.NaN : raster.luminance(k % raster.width(), k / raster.width());
        }
        double off = off(shot, places(new Raster(raster.width(), raster.height(), light, hidden), false));
        assertTrue(off < 0.5, () -> "off by " + off);
    }
}
