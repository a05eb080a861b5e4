package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.engram.store.Mask;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutVerbsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"full, 109376", "tied, 55552", "packed, 1728"})
    void aStoreOfAnyLayoutAnswersAlikeAndInfoTellsWhatANeuronTakes(String layout, int bytes) throws Exception {
        Path store = directory.resolve(layout);
        Cli.run("create", store, "--layout", layout).expect(0);
        for (String text : new String[] {"HELLO", "WORLD", "AGAIN"}) {
            Cli.run("memorize", store, "--qr", text).expect(0);
        }
        Map<String, Object> info =
                JSON.std.mapFrom(Cli.run("info", store, "--json").expect(0).out());
        assertEquals(layout, info.get("layout"));
        assertEquals("1", info.get("format"));
        assertEquals(bytes, info.get("bytesPerNeuron"));
        assertTrue(Cli.run("info", store).expect(0).out().contains("\nlayout    " + layout + "\n"));
        assertEquals(
                "HELLO",
                JSON.std
                        .mapFrom(Cli.run("recall", store, "--qr", "HELLO", "--visible", "58,58,58,58", "--json")
                                .expect(0)
                                .out())
                        .get("key"));
        Cli.run("verify", store).expect(0);
    }

    @Test
    void transparentPixelsStayUnknownInAStoreWithMasks() throws Exception {
        Path store = directory.resolve("stamps");
        Path torn = directory.resolve("torn.png");
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 200; i++) {
            image.setRGB(i % 20, i / 20, i * i % 7 < 3 ? 0xFFFFFFFF : 0xFF000000);
        }
        ImageIO.write(image, "png", torn.toFile());
        assertTrue(Cli.run("create", store, "--size", "20x20", "--masks")
                .expect(0)
                .out()
                .startsWith("created " + store + ": 20 x 20 pixels, known or not\n"));
        Cli.run("memorize", store, torn).expect(0);
        assertEquals(
                true,
                JSON.std
                        .mapFrom(Cli.run("info", store, "--json").expect(0).out())
                        .get("masks"));
        assertTrue(Cli.run("info", store).out().contains("\npatterns  20 x 20 pixels, known or not\n"));
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            Mask known = open.pattern("torn").known();
            assertTrue(known.isVisible(19, 9));
            assertFalse(known.isVisible(0, 10));
        }
        Cli.run("verify", store).expect(0);
    }

    @Test
    void aLayoutThatNobodyKnowsIsRefusedAndNothingIsCreated() {
        Path store = directory.resolve("store");
        assertEquals(
                "engram: --layout is unknown: expected full, tied or packed, found dense\n",
                Cli.run("create", store, "--layout", "dense").expect(1).err());
        assertFalse(Files.exists(store));
    }

    @Test
    void aGreyPictureIsRefusedByAPackedStoreAndNothingIsWritten() throws Exception {
        Path store = directory.resolve("store");
        Cli.run("create", store, "--layout", "packed", "--size", "16x12").expect(0);
        Path image = directory.resolve("grey.png");
        Images.write(Images.noise(32, 24, 1), image);
        String err = Cli.run("memorize", store, image, "--grey").expect(1).err();
        String expected = "pattern does not fit a PACKED store: %s: expected black and white patterns only, found "
                .formatted(store);
        assertTrue(err.contains(expected), err);
        assertTrue(err.contains("make it black and white, or store it with another layout"), err);
        assertEquals(0, Files.size(store.resolve("sketch.bits")));
    }

    @Test
    void rebuildMendsDamagedBitsAsVerifySays() throws Exception {
        Path store = directory.resolve("store");
        Cli.run("create", store).expect(0);
        Cli.run("memorize", store, "--qr", "HELLO").expect(0);
        Path bits = store.resolve("plane.bits");
        byte[] whole = Files.readAllBytes(bits);
        byte[] damaged = whole.clone();
        damaged[100] ^= 1;
        Files.write(bits, damaged);
        String found = Cli.run("verify", store).expect(3).out();
        assertTrue(found.contains("plane.bits: offset 0: expected CRC32C"), found);
        assertTrue(found.contains("; engram rebuild derives it anew\n"), found);
        assertEquals(
                "rebuilt the bits of 1 neuron\n",
                Cli.run("rebuild", store).expect(0).out());
        assertArrayEquals(whole, Files.readAllBytes(bits));
        Cli.run("verify", store).expect(0);
        assertEquals(
                1,
                JSON.std
                        .mapFrom(Cli.run("rebuild", store, "--json").expect(0).out())
                        .get("neurons"));
    }

    @Test
    void aPackedStoreCannotBeRebuilt() {
        Path store = directory.resolve("store");
        Cli.run("create", store, "--layout", "packed").expect(0);
        assertEquals(
                "engram: bits cannot be rebuilt: %s: expected a FULL or TIED store, found a PACKED one, which has no other weights; restore it from a copy, or run engram salvage\n"
                        .formatted(store),
                Cli.run("rebuild", store).expect(2).err());
    }
}
