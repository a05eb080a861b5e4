package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.engram.tools.qr.QrCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code frozen/signs.zip} is made from, about which {@link GoldenTest} asks, and that it still holds just that. Until the
 * first release the format of stores may change. Then {@code mvn -pl tools test -Dtest=FrozenSignsTest -Dengram.freeze=true}
 * writes it anew. Put its new identity and time into the masks of GoldenTest, write the golden files anew, and read every
 * difference.
 */
class FrozenSignsTest {

    private static final boolean FREEZE = Boolean.getBoolean("engram.freeze");
    private static final Geometry G = new Geometry(58, 58);
    private static final String TEXTS = "key,text\nNEW,NEW\nHELLO,HELLO\nWORLD,OTHER\n";
    private static final int SCALE = 3;
    /** Nearer to the corner than this, in pixels of the store right and down, the picture is torn off. */
    private static final int TORN = 50;

    @TempDir
    Path temp;

    @Test
    void theFrozenStoreAndItsFilesHoldWhatTheyAreMadeFrom() throws IOException {
        Path made = Files.createDirectory(temp.resolve("made"));
        writeSigns(made.resolve("signs"));
        Images.write(torn(), made.resolve("torn.png"));
        Files.writeString(made.resolve("texts.csv"), TEXTS);
        if (FREEZE) {
            freeze(made);
        }
        Path frozen = temp.resolve("frozen");
        GoldenTest.thaw(frozen);
        assertEquals(neurons(made.resolve("signs")), neurons(frozen.resolve("signs")));
        assertEquals(patterns(made.resolve("signs")), patterns(frozen.resolve("signs")));
        assertEquals(TEXTS, Files.readString(frozen.resolve("texts.csv")));
        assertArrayEquals(
                pixels(torn()), pixels(ImageIO.read(frozen.resolve("torn.png").toFile())));
    }

    private static void writeSigns(Path directory) {
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.FULL);
        try (PatternStore store = PatternStore.create(directory, options)) {
            for (String text : List.of(
                    "HELLO",
                    "WORLD",
                    "\u30ae\u30b0\u30b2\u30b4\u30b6\u30b8\u30ba\u30bc",
                    "ENGRAM",
                    "NEURON",
                    "PATTERN",
                    "RECALL",
                    "MEMORY")) {
                store.memorize(text, QrCodec.encode(text, G));
            }
            store.memorize("slope", slope());
            store.memorize("SYMBOL", QrCodec.encode("SYMBOL", G));
            store.replace("WORLD", QrCodec.encode("AGAIN", G));
            store.forget("MEMORY");
        }
    }

    private static Pattern slope() {
        float[] values = new float[G.pixels()];
        for (int j = 0; j < values.length; j++) {
            values[j] = (4 * (j % G.width()) + j / G.width()) % 256 / 255f;
        }
        return Pattern.of(G, values);
    }

    /** The symbol of HELLO, turned to the right, with a corner that is transparent. */
    private static BufferedImage torn() {
        Pattern hello = QrCodec.encode("HELLO", G);
        int side = G.width() * SCALE;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int across = x / SCALE;
                int down = y / SCALE;
                int alpha = across + down < TORN ? 0 : 0xFF000000;
                image.setRGB(x, y, alpha | (hello.value(down, G.width() - 1 - across) > 0 ? 0xFFFFFF : 0));
            }
        }
        return image;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /** Retired ones included. */
    private static String neurons(Path store) {
        return Cli.run("ls", store, "--all", "--columns", "neuron,key,kind", "--format", "csv")
                .expect(0)
                .out();
    }

    private static Map<String, Pattern> patterns(Path directory) {
        try (PatternStore store = PatternStore.openReadOnly(directory)) {
            return store.stream().collect(Collectors.toMap(Neuron::key, neuron -> store.pattern(neuron.neuron())));
        }
    }

    private static void freeze(Path made) throws IOException {
        Path resources = Cli.root().resolve("tools/src/test/resources/frozen");
        for (Path zip : List.of(
                resources.resolve("signs.zip"),
                Path.of("target", "test-classes", "frozen", "signs.zip").toAbsolutePath())) {
            try (OutputStream file = Files.newOutputStream(zip);
                    ZipOutputStream out = new ZipOutputStream(file);
                    Stream<Path> files = Files.walk(made)) {
                for (Path one : files.filter(Files::isRegularFile)
                        .filter(path -> !path.endsWith("lock"))
                        .sorted()
                        .toList()) {
                    out.putNextEntry(new ZipEntry(made.relativize(one).toString()));
                    Files.copy(one, out);
                }
            }
        }
    }
}
