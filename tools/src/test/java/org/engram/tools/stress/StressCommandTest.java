package org.engram.tools.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.photo.Album;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StressCommandTest {

    private static final List<String> KINDS = List.of("blanked", "painted", "blot", "stripes", "torn", "noise");

    @TempDir
    private Path directory;

    @Test
    void engramReadsWhatZxingAloneCannotAndNothingWrong() throws Exception {
        Path png = directory.resolve("curves.png");
        String out = Cli.run("stress", "--qr", "--symbols", "12", "--areas", "0,25,75", "--json", "--png", png)
                .expect(0)
                .out();
        Map<String, Object> json = JSON.std.mapFrom(out);
        assertEquals(List.of("symbols", "seed", "cases", "wrong", "results"), List.copyOf(json.keySet()));
        assertEquals(List.of(12, 1, 6 * 3 * 12, 0), List.copyOf(json.values()).subList(0, 4));
        List<String> rows = new ArrayList<>();
        for (Object row : (List<?>) json.get("results")) {
            Map<?, ?> result = (Map<?, ?>) row;
            assertEquals(
                    List.of("damage", "area", "zxing", "zxingWrong", "engram", "unrecognised", "wrong"),
                    List.copyOf(result.keySet()));
            rows.add("%s %s: %s %s"
                    .formatted(result.get("damage"), result.get("area"), result.get("zxing"), result.get("engram")));
            assertEquals(12, (int) result.get("engram") + (int) result.get("unrecognised"));
        }
        for (String kind : KINDS) {
            assertTrue(rows.contains(kind + " 0.0: 12 12"), rows.toString());
        }
        assertTrue(rows.contains("blanked 75.0: 0 12"), rows.toString());
        assertTrue(rows.contains("blot 25.0: 0 12"), rows.toString());
        assertTrue(rows.contains("noise 25.0: 0 12"), rows.toString());
        BufferedImage curves = ImageIO.read(png.toFile());
        assertEquals(List.of(2000, 1500), List.of(curves.getWidth(), curves.getHeight()));
    }

    @Test
    void theTableOfAStoreIsTheSameForTheSameSeed() {
        Path store = directory.resolve("symbols");
        Cli.run("create", store).expect(0);
        for (String text : List.of("ALPHA", "BETA", "GAMMA", "DELTA", "EPSILON", "ZETA", "ETA", "THETA", "IOTA")) {
            Cli.run("memorize", store, "--qr", text).expect(0);
        }
        String table =
                Cli.run("stress", "--qr", store, "--areas", "30.5").expect(0).out();
        assertEquals(
                table,
                Cli.run("stress", "--qr", store, "--areas", "30.5").expect(0).out());
        List<String> lines = table.lines().toList();
        assertEquals("damage     area  ZXing alone   Engram  no text  wrong   of 9", lines.get(0));
        assertEquals(
                "blanked  30.5 %            0        9        0      0   hidden, except a square in the lower right corner",
                lines.get(2));
        assertEquals("Engram gave 0 wrong texts in 54 cases; ZXing alone 0.", lines.get(lines.size() - 1));
    }

    /** The symbols of a store need not have one size. */
    @Test
    void symbolsOfManySizesAreReadAndNoneForAnother() throws Exception {
        Path store = directory.resolve("mixed");
        Album album = Album.of(20, 3);
        try (PatternStore open = PatternStore.create(store)) {
            album.memorizeIn(open);
        }
        Map<String, Object> json = JSON.std.mapFrom(Cli.run("stress", "--qr", store, "--areas", "0,25,50", "--json")
                .expect(0)
                .out());
        assertEquals(List.of(20, 1, 6 * 3 * 20, 0), List.copyOf(json.values()).subList(0, 4));
        for (Object row : (List<?>) json.get("results")) {
            Map<?, ?> result = (Map<?, ?>) row;
            boolean isHard = List.of("blot", "stripes", "noise").contains(result.get("damage"))
                    && !result.get("area").equals(0.0);
            assertTrue((int) result.get("engram") >= (isHard ? 8 : 19), result.toString());
        }
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        assertEquals(
                "engram: Missing required option: '--qr'; engram stress --help shows how\n",
                Cli.run("stress").expect(1).err());
        assertEquals(
                "engram: --areas is out of range: expected 0 to 100, found 101.0\n",
                Cli.run("stress", "--qr", "--areas", "10,101").expect(1).err());
        assertEquals(
                "engram: --symbols is out of range: expected at least 1, found 0\n",
                Cli.run("stress", "--qr", "--symbols", "0").expect(1).err());
        Path empty = directory.resolve("empty");
        Cli.run("create", empty).expect(0);
        assertEquals(
                "engram: %s holds no QR symbols that can be read: expected at least one; memorize some with --qr TEXT\n"
                        .formatted(empty),
                Cli.run("stress", "--qr", empty).expect(2).err());
    }
}
