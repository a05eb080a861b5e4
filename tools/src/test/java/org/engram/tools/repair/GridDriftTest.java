package org.engram.tools.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The drift of a grid from what its tiles say. */
class GridDriftTest {

    private static final int MODULES = 60;

    private static double truth(double u, double v) {
        return 0.1 - 0.004 * u + 0.002 * v + 0.0001 * u * v;
    }

    private static List<GridTile> tiles(SplittableRandom random, double wrong) {
        List<GridTile> tiles = new ArrayList<>();
        for (int v = 3; v < MODULES; v += 3) {
            for (int u = 3; u < MODULES; u += 3) {
                double across = random.nextDouble() < wrong ? random.nextDouble(-0.5, 0.5) : truth(u, v);
                tiles.add(new GridTile(u, v, across, -truth(u, v), random.nextDouble(1, 2)));
            }
        }
        return tiles;
    }

    private static void assertIsTruth(GridDrift drift, double sign, double tolerance) {
        for (int v = 0; v <= MODULES; v += MODULES / 2) {
            for (int u = 0; u <= MODULES; u += MODULES / 2) {
                assertEquals(sign * truth(u, v), drift.at(u, v), tolerance, "at (" + u + ", " + v + ")");
            }
        }
    }

    @Test
    void itIsWhatAllTilesSay() {
        List<GridTile> tiles = tiles(new SplittableRandom(1), 0);
        assertIsTruth(GridDrift.of(tiles, MODULES, GridTile::across), 1, 0.02);
        assertIsTruth(GridDrift.of(tiles, MODULES, GridTile::down), -1, 0.02);
    }

    @Test
    void itIsWhatMostTilesSay() {
        List<GridTile> tiles = tiles(new SplittableRandom(2), 0.3);
        assertIsTruth(GridDrift.of(tiles, MODULES, GridTile::across), 1, 0.03);
    }

    @Test
    void itIsNothingWhereNoTileSaysAnything() {
        assertEquals(0, GridDrift.of(List.of(), MODULES, GridTile::across).at(10, 50));
        List<GridTile> unsure = List.of(new GridTile(10, 10, 0.4, 0.4, 0));
        assertEquals(0, GridDrift.of(unsure, MODULES, GridTile::down).at(10, 50));
    }
}
