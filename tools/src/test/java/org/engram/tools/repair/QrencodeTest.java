package org.engram.tools.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.Color;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.engram.tools.fixture.Campaign;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Photo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Symbols that another generator drew, stored by their images alone; keys are numbers and texts nowhere in the store. */
class QrencodeTest {

    private static final int KINDS = 6;

    /** How many kinds of damage every symbol meets. */
    private static final int DAMAGES = Campaign.REPAIRS;

    @TempDir
    private static Path directory;

    private static Path images;
    private static List<Symbol> symbols;

    private record Symbol(String key, String text) {
        Photo photo() throws Exception {
            return Photo.of(ImageIO.read(images.resolve(key + ".png").toFile()));
        }
    }

    @BeforeAll
    static void readTheSet() throws Exception {
        Path set = Path.of(Objects.requireNonNull(QrencodeTest.class.getResource("/qrencode"))
                .toURI());
        images = set.resolve("symbols");
        symbols = Files.readAllLines(set.resolve("texts.tsv")).stream()
                .map(line -> line.split("\t"))
                .map(fields -> new Symbol(fields[0], fields[1]))
                .toList();
        assertEquals(100, symbols.size());
    }

    @Test
    void damagedSymbolsOfAnotherGeneratorAreAllReadRight() throws Exception {
        Path store = directory.resolve("all");
        Cli.run("create", store).expect(0);
        Cli.run("memorize", store, images).expect(0);
        for (int i = 0; i < symbols.size(); i++) {
            for (int k = 0; k < DAMAGES; k++) {
                int kind = (i + i / KINDS + k) % KINDS;
                Map<String, Object> json = repair(store, damaged(symbols.get(i), kind, i), 0);
                String which = "symbol %d, damage %d: %s".formatted(i, kind, json);
                assertEquals(symbols.get(i).text(), json.get("text"), which);
                assertEquals(symbols.get(i).key(), json.get("key"), which);
                assertNull(json.get("zxing"), which);
            }
        }
    }

    @Test
    void symbolsThatAreNotStoredAreNeverTakenForTheirLikes() throws Exception {
        Path store = directory.resolve("half");
        Cli.run("create", store).expect(0);
        for (int i = 0; i < symbols.size(); i += 2) {
            Cli.run("memorize", store, images.resolve(symbols.get(i).key() + ".png"))
                    .expect(0);
        }
        for (int i = 1; i < symbols.size(); i += Math.max(2, 8 / DAMAGES)) {
            int kind = (i + i / KINDS) % KINDS;
            Map<String, Object> json = repair(store, damaged(symbols.get(i), kind, i), 4);
            assertNull(json.get("text"), () -> "taken for another: " + json);
            assertNotEquals("RECOGNISED", json.get("verdict"));
        }
    }

    private static Map<String, Object> repair(Path store, Photo photo, int code) throws Exception {
        Path image = photo.write(directory.resolve("damaged.png"));
        return JSON.std.mapFrom(
                Cli.run("repair-qr", store, image, "--json").expect(code).out());
    }

    /** Some without margin, other sizes of modules, sharp or smoothed, turned, and then damaged beyond a reader's means. */
    private static Photo damaged(Symbol symbol, int kind, int seed) throws Exception {
        Random random = new Random(1000L * kind + seed);
        Photo photo = symbol.photo();
        if (random.nextInt(3) == 0) {
            photo = photo.cropped();
        }
        double scale = List.of(1.0, 1.5, 2.0, 2.3, 3.0).get(random.nextInt(5));
        photo = photo.scaledTo((int) (scale * photo.width()), (int) (scale * photo.height()), random.nextBoolean())
                .turned(random.nextInt(4));
        int side = photo.width();
        Color colour = List.of(Color.BLACK, Color.GRAY, Color.WHITE).get(random.nextInt(3));
        return switch (kind) {
            case 0 -> {
                double size = 0.55 * side;
                double left = random.nextDouble(side - size);
                double top = random.nextDouble(side - size);
                yield photo.painted(colour, new Ellipse2D.Double(left, top, size, size));
            }
            case 1 -> {
                int cut = (int) (0.9 * side);
                yield photo.torn(new Polygon(new int[] {0, cut, 0}, new int[] {0, 0, cut}, 3));
            }
            case 2 -> photo.painted(Color.WHITE, new Rectangle(0, side / 2, side, side - side / 2));
            case 3 -> photo.noisy(15, seed);
            case 4 -> photo.torn(new Rectangle(0, 0, side / 2, side));
            default -> photo.painted(colour, new Rectangle(side / 4, 0, side / 3, side));
        };
    }
}
