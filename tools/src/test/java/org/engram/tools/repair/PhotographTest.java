package org.engram.tools.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.common.PerspectiveTransform;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.engram.store.Criteria;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Verdict;
import org.engram.tools.qr.QrCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photographs of symbols, drawn: each symbol is laid into a grey picture by its corners, and then damaged. */
class PhotographTest {

    private static final String LINK = "https://tickets.example/e/4711/seat/12-C";
    private static final String LABEL = "https://assets.example/label?id=9081726354&site=Dresden&floor=3";

    private static final int WIDTH = 360;
    private static final int HEIGHT = 300;
    private static final float PAPER = 0.85f;
    private static final float INK = 0.15f;

    /** Upright, with modules of five pixels or so. */
    private static final float[] UPRIGHT = {70, 40, 270, 40, 270, 240, 70, 240};

    private static final float[] TURNED = {80, 50, 265, 60, 275, 245, 70, 235};

    private static final float[] TILTED = {110, 60, 260, 85, 300, 250, 60, 215};

    @TempDir
    private static Path directory;

    private static PatternStore store;
    private static QrRepair repairs;

    @BeforeAll
    static void createAStoreOfManySizes() {
        store = PatternStore.create(directory.resolve("store"));
        for (int i = 0; i < 300; i++) {
            store.memorize("short" + i, QrCodec.encode("ASSET-" + (10_000 + 7919 * i), Geometry.PAPER));
        }
        store.memorize("link", QrCodec.encode(LINK, Geometry.PAPER));
        store.memorize("label", QrCodec.encode(LABEL, Geometry.PAPER));
        for (int i = 0; i < 20; i++) {
            String text = "https://other.example/" + (7919 * i + 13);
            store.memorize("other" + i, QrCodec.encode(text.repeat(1 + i % 4), Geometry.PAPER));
        }
        repairs = new QrRepair(store, Criteria.DEFAULT);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    /** Grey pixels that damage is painted on. */
    private static final class Canvas {

        private final float[] pixels = new float[WIDTH * HEIGHT];

        Canvas() {
            for (int k = 0; k < pixels.length; k++) {
                pixels[k] = 0.45f + 0.0004f * (k % WIDTH);
            }
        }

        /** Lays the 116 x 116 pixels of a symbol and its margin on the picture, the symbol at these corners. */
        Canvas lay(String text, float[] corners) {
            Pattern pattern = QrCodec.encode(text, Geometry.PAPER);
            Bounds symbol = Bounds.ofBlack(Raster.of(pattern));
            PerspectiveTransform back = PerspectiveTransform.quadrilateralToQuadrilateral(
                    corners[0],
                    corners[1],
                    corners[2],
                    corners[3],
                    corners[4],
                    corners[5],
                    corners[6],
                    corners[7],
                    symbol.left(),
                    symbol.top(),
                    symbol.right(),
                    symbol.top(),
                    symbol.right(),
                    symbol.bottom(),
                    symbol.left(),
                    symbol.bottom());
            for (int pixel = 0; pixel < pixels.length; pixel++) {
                float sum = 0;
                int inside = 0;
                for (int k = 0; k < 9; k++) {
                    float[] point = {
                        pixel % WIDTH + (k % 3 + 0.5f) / 3,
                        Math.floorDiv(pixel, WIDTH) + (Math.floorDiv(k, 3) + 0.5f) / 3
                    };
                    back.transformPoints(point);
                    if (point[0] >= 0 && point[1] >= 0 && point[0] < 116 && point[1] < 116) {
                        sum += pattern.value((int) point[0], (int) point[1]) == 1 ? PAPER : INK;
                        inside++;
                    }
                }
                pixels[pixel] = (sum + (9 - inside) * pixels[pixel]) / 9;
            }
            return this;
        }

        Canvas paint(int left, int top, int columns, int rows, float grey) {
            for (int y = top; y < top + rows; y++) {
                for (int x = left; x < left + columns; x++) {
                    pixels[y * WIDTH + x] = grey;
                }
            }
            return this;
        }

        /** A line of this half width right across the picture, through a point, in radians clockwise from across. */
        Canvas scratch(double x, double y, double angle, double half, float grey) {
            for (int pixel = 0; pixel < pixels.length; pixel++) {
                double away = Math.cos(angle) * (Math.floorDiv(pixel, WIDTH) + 0.5 - y)
                        - Math.sin(angle) * (pixel % WIDTH + 0.5 - x);
                pixels[pixel] = Math.abs(away) < half ? grey : pixels[pixel];
            }
            return this;
        }

        /** The means of this many pixels across and down. */
        Canvas blurred(int across, int down) {
            float[] before = pixels.clone();
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    float sum = 0;
                    for (int k = 0; k < across * down; k++) {
                        int column = Math.clamp(x + k % across - across / 2, 0, WIDTH - 1);
                        int row = Math.clamp(y + k / across - down / 2, 0, HEIGHT - 1);
                        sum += before[row * WIDTH + column];
                    }
                    pixels[y * WIDTH + x] = sum / (across * down);
                }
            }
            return this;
        }

        /** As on a bottle: columns close up towards the edges. */
        Canvas curved(double centre, double radius, double angle) {
            float[] before = pixels.clone();
            for (int pixel = 0; pixel < pixels.length; pixel++) {
                double off = (pixel % WIDTH + 0.5 - centre) / radius;
                double from = Math.abs(off) < 1 ? centre + radius * Math.asin(off) / angle : -1;
                int column = Math.clamp((int) from, 0, WIDTH - 1);
                pixels[pixel] = before[Math.floorDiv(pixel, WIDTH) * WIDTH + column];
            }
            return this;
        }

        Canvas inverted() {
            for (int k = 0; k < pixels.length; k++) {
                pixels[k] = 1 - pixels[k];
            }
            return this;
        }

        /** Dark on one side, and grainy. */
        Canvas shaded(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int k = 0; k < pixels.length; k++) {
                double light = k % WIDTH + Math.floorDiv(k, WIDTH) > 300 ? 0.3 : 1;
                pixels[k] = (float) Math.clamp(light * pixels[k] + random.nextDouble(-0.05, 0.05), 0, 1);
            }
            return this;
        }

        Raster raster() {
            return Raster.of(new Geometry(WIDTH, HEIGHT), pixels.clone(), new BitSet());
        }
    }

    private static Repair only(Canvas canvas) {
        List<Repair> all = repairs.repairAll(canvas.raster());
        assertEquals(1, all.size());
        return all.get(0);
    }

    private static Repair read(String text, Canvas canvas) {
        Repair repair = only(canvas);
        assertEquals(text, repair.text());
        assertEquals(Verdict.RECOGNISED, repair.verdict());
        return repair;
    }

    private static void assertUnknown(Canvas canvas) {
        for (Repair repair : repairs.repairAll(canvas.raster())) {
            assertEquals(Verdict.UNKNOWN, repair.verdict());
            assertEquals(Optional.empty(), repair.alone());
        }
    }

    @Test
    void aTiltedAndStainedSymbolIsFoundWhereItLies() {
        Repair repair = read(LINK, new Canvas().lay(LINK, TILTED).paint(150, 70, 70, 60, 0.3f));
        assertEquals("link", repair.key());
        assertEquals(Optional.empty(), repair.alone());
        double[] corners = repair.corners();
        assertEquals((110 + 260 + 300 + 60) / 4.0, (corners[0] + corners[2] + corners[4] + corners[6]) / 4, 15);
        assertEquals((60 + 85 + 250 + 215) / 4.0, (corners[1] + corners[3] + corners[5] + corners[7]) / 4, 15);
    }

    @Test
    void theOnlySymbolOfItsSizeIsRecalledThoughTornInTheShade() {
        Repair repair = read(
                LABEL,
                new Canvas().lay(LABEL, UPRIGHT).paint(60, 170, 90, 100, 0.5f).shaded(1));
        assertEquals("label", repair.key());
    }

    @Test
    void whiteOnBlackIsReadThroughATear() {
        Repair repair = read(
                LINK,
                new Canvas().lay(LINK, TILTED).paint(170, 130, 100, 90, 0.5f).inverted());
        assertTrue(repair.sight().orElseThrow().isInverted());
    }

    @Test
    void aSymbolSeenFromBehindIsReadThroughATear() {
        float[] behind = {270, 40, 70, 40, 70, 240, 270, 240};
        Repair repair = read(LINK, new Canvas().lay(LINK, behind).paint(70, 150, 100, 100, 0.5f));
        assertTrue(repair.sight().orElseThrow().place().quad().isMirrored());
    }

    @Test
    void oneFinderPatternOfThreeIsEnough() {
        read(LINK, new Canvas().lay(LINK, TURNED).paint(215, 45, 75, 75, 0.85f).paint(60, 180, 75, 75, 0.2f));
    }

    @Test
    void blurAndLightFromOneSideDoNotHideASymbol() {
        read(LINK, new Canvas().lay(LINK, UPRIGHT).blurred(7, 7).shaded(2));
    }

    private static Canvas scratched(String text) {
        return new Canvas()
                .lay(text, TURNED)
                .scratch(170, 130, 0.4, 2.5, 0.95f)
                .scratch(200, 130, 1.2, 2.5, 0.05f)
                .scratch(220, 170, 0.9, 2.5, 0.95f)
                .scratch(190, 180, 2.5, 2.5, 0.05f)
                .scratch(130, 140, 2.2, 2.5, 0.95f);
    }

    @Test
    void scratchesRightAcrossAreNoOtherSymbol() {
        read(LINK, scratched(LINK));
        assertUnknown(scratched("https://tickets.example/e/4711/seat/13-C"));
    }

    @Test
    void aSymbolOutOfFocusIsFoundByTheLightOfItsRings() {
        read(LINK, new Canvas().lay(LINK, TURNED).blurred(14, 14));
    }

    @Test
    void whatIsHiddenIsNotLookedAt() {
        Raster seen = new Canvas().lay(LINK, TURNED).raster();
        for (int columns : new int[] {0, 30, 90}) {
            for (Repair repair : repairs.repairAll(seen.within(0, 0, columns, HEIGHT))) {
                assertEquals(Verdict.UNKNOWN, repair.verdict());
            }
        }
    }

    @Test
    void aLabelOnABottleIsRead() {
        read(
                LINK,
                new Canvas().lay(LINK, UPRIGHT).paint(150, 150, 50, 50, 0.85f).curved(170, 130, 0.9));
    }

    @Test
    void allSymbolsOfAPictureAreTold() {
        float[] left = {25, 60, 155, 60, 155, 190, 25, 190};
        float[] right = {205, 80, 335, 80, 335, 210, 205, 210};
        List<Repair> all = repairs.repairAll(
                new Canvas().lay(LINK, left).lay("ASSET-17919", right).raster());
        assertEquals(
                List.of(LINK, "ASSET-17919"),
                all.stream().map(Repair::text).sorted((a, b) -> b.compareTo(a)).toList());
    }

    @Test
    void whatIsReadButNotStoredIsGivenAsRead() {
        Repair repair = only(new Canvas().lay("https://tickets.example/e/4712/seat/99-D", TILTED));
        assertEquals(Verdict.UNKNOWN, repair.verdict());
        assertEquals(Optional.of("https://tickets.example/e/4712/seat/99-D"), repair.alone());
    }

    @Test
    void aStoredTextIsRecognisedInAnotherForm() {
        float[] corners = {60, 40, 240, 50, 250, 230, 50, 240};
        Canvas canvas = new Canvas();
        Pattern other = QrCodec.encode(LINK, Geometry.PAPER, 0);
        Pattern stored = QrCodec.encode(LINK, Geometry.PAPER);
        Pattern another = other.equals(stored) ? QrCodec.encode(LINK, Geometry.PAPER, 1) : other;
        Repair repair = only(canvas.lay(LINK, corners));
        assertEquals("link", repair.key());
        Repair inOtherForm = repairs.repair(Raster.of(another));
        assertEquals("link", inOtherForm.key());
        assertEquals(LINK, inOtherForm.text());
    }

    @Test
    void damagedSymbolsThatAreNotStoredAreUnknown() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 12; i++) {
            String text =
                    i % 2 == 0 ? "SHELF-" + random.nextInt(100_000) : "http://stranger.example/" + random.nextLong();
            int left = 80 + random.nextInt(100);
            assertUnknown(new Canvas()
                    .lay(text, i % 3 == 0 ? UPRIGHT : TILTED)
                    .paint(left, 60, 70, 170, random.nextInt(2) == 0 ? INK : PAPER)
                    .shaded(i));
        }
    }

    @Test
    void picturesOfNoSymbolAreUnknown() {
        assertUnknown(new Canvas());
        assertUnknown(new Canvas().paint(0, 0, WIDTH, HEIGHT, 1));
        assertUnknown(new Canvas().paint(0, 0, WIDTH, HEIGHT, 0.5f).shaded(3));
        SplittableRandom random = new SplittableRandom(4);
        Canvas clutter = new Canvas();
        Canvas squares = new Canvas();
        for (int k = 0; k < 400; k++) {
            clutter.paint(
                    random.nextInt(300), random.nextInt(250), 3 + random.nextInt(50), 3 + random.nextInt(40), (float)
                            random.nextDouble());
            squares.paint(6 * random.nextInt(58), 6 * random.nextInt(48), 6, 6, random.nextInt(2));
        }
        assertUnknown(clutter);
        assertUnknown(squares);
    }
}
