package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No verb makes unknown pixels black. */
class MaskedTransferTest {

    private static final Geometry GEOMETRY = new Geometry(3, 2);
    private static final Pattern PART =
            Pattern.of(GEOMETRY, 1, 0, 1, 0, 1, 0).withKnown(Mask.rectangle(GEOMETRY, 0, 0, 2, 2));
    private static final StoreOptions PLAIN =
            StoreOptions.DEFAULT.withLayout(Layout.PACKED).withGeometry(GEOMETRY);

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStoreWithMasks() {
        store = directory.resolve("stamps");
        try (PatternStore open = PatternStore.create(store, PLAIN.withMasks())) {
            open.memorize("worn", PART);
        }
    }

    @Test
    void exportRefusesWhatNoFileWouldHold() {
        Cli.Result result = Cli.run("export", store, directory.resolve("x.npy"));
        assertEquals(
                "cannot export %s: it has masks, and no file would hold them; copy and compact keep them"
                        .formatted(store),
                result.err().strip().replaceFirst("^engram( export)?: ", ""));
        assertFalse(Files.exists(directory.resolve("x.npy")));
    }

    @Test
    void importKeepsMasksOrRefusesThem() {
        Path plain = directory.resolve("plain");
        PatternStore.create(plain, PLAIN).close();
        Cli.Result refused = Cli.run("import", plain, store);
        assertTrue(refused.err().contains("pattern does not fit a store without masks"), refused::err);
        Path masked = directory.resolve("masked");
        PatternStore.create(masked, PLAIN.withMasks()).close();
        Cli.Result taken = Cli.run("import", masked, store);
        assertEquals("", taken.err());
        try (PatternStore open = PatternStore.openReadOnly(masked)) {
            assertEquals(PART, open.pattern("worn"));
        }
    }

    @Test
    void transparentPixelsAreUnknownHoweverImagesComeIn() throws Exception {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 6; i++) {
            image.setRGB(i % 3, i / 3, i % 3 == 2 ? 0x00FFFFFF : i % 2 == 0 ? 0xFFFFFFFF : 0xFF000000);
        }
        Path images = Files.createDirectory(directory.resolve("images"));
        ImageIO.write(image, "png", images.resolve("seen.png").toFile());
        Path zip = directory.resolve("images.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("packed.png"));
            Files.copy(images.resolve("seen.png"), out);
        }
        Cli.run("memorize", store, images).expect(0);
        String note = Cli.run("import", store, zip).expect(0).err();
        assertTrue(note.endsWith("packed.png has transparent pixels, unknown\n"), note);
        String again = Cli.run("import", store, images).expect(0).out();
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            assertEquals(
                    Mask.rectangle(GEOMETRY, 0, 0, 2, 2), open.pattern("seen").known());
            assertEquals(open.pattern("seen"), open.pattern("packed"));
            assertEquals(3, open.size(), again);
        }
    }

    @Test
    void filesOfMasksAreListed() {
        assertTrue(Cli.run("info", store).out().contains("known.bits"));
    }
}
