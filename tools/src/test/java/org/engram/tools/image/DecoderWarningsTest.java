package org.engram.tools.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.engram.store.Geometry;
import org.engram.tools.console.Failure;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderWarningsTest {

    private static final Geometry GEOMETRY = new Geometry(20, 20);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJpegThatIsCutAnywhereInItsPixelsIsRefused(boolean progressive) throws IOException {
        byte[] whole = jpeg(Images.noise(64, 64, 1), progressive);
        Picture.read(file("whole.jpg", whole), GEOMETRY);
        int scan = indexOf(whole, 0xDA);
        for (int length = scan + 14; length < whole.length - 1; length += 7) {
            Path cut = file("cut.jpg", Arrays.copyOf(whole, length));
            Failure failure = assertThrows(Failure.class, () -> Picture.read(cut, GEOMETRY), length + " bytes");
            assertEquals(
                    "image is cut: %s: its content ends too early; fetch or save it again".formatted(cut),
                    failure.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp", "tiff"})
    void aCutFileOfAnyOtherKindIsRefusedToo(String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(Images.noise(64, 64, 1), format, bytes));
        byte[] whole = bytes.toByteArray();
        Picture.read(file("whole", whole), GEOMETRY);
        for (int percent = 30; percent <= 90; percent += 10) {
            Path cut = file("cut", Arrays.copyOf(whole, whole.length * percent / 100));
            Failure failure = assertThrows(Failure.class, () -> Picture.read(cut, GEOMETRY), percent + " %");
            assertTrue(
                    failure.getMessage().matches("image is (cut|damaged): " + cut + ": [^\n]+"), failure.getMessage());
        }
    }

    @Test
    void aCutJpegIsStoredByNoVerb() throws IOException {
        Path store = directory.resolve("signs");
        Cli.run("create", store, "--size", "20x20").expect(0);
        byte[] whole = jpeg(Images.noise(200, 200, 1), false);
        Path photos = Files.createDirectory(directory.resolve("photos"));
        Path cut = Files.write(photos.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
        String said = "image is cut: %s: its content ends too early; fetch or save it again\n".formatted(cut);
        assertEquals(
                "engram: " + said, Cli.run("memorize", store, cut).expect(2).err());
        assertEquals("engram: " + said, Cli.run("recall", store, cut).expect(2).err());
        Images.write(Images.noise(20, 20, 2), photos.resolve("whole.png"));
        Cli.Result imported = Cli.run("import", store, photos).expect(2);
        assertTrue(imported.err().contains(said.strip()), imported.err());
        assertEquals("imported 1 pattern, 1 skipped; the store holds 1 pattern\n", imported.out());
    }

    @Test
    void damageWithinTheDataOfAJpegIsRefused() throws IOException {
        byte[] whole = jpeg(Images.noise(64, 64, 1), false);
        byte[] torn = whole.clone();
        int middle = (indexOf(whole, 0xDA) + whole.length) / 2;
        torn[middle] = (byte) 0xFF;
        torn[middle + 1] = (byte) 0xC4;
        Failure failure = assertThrows(Failure.class, () -> Picture.read(file("torn.jpg", torn), GEOMETRY));
        assertTrue(failure.getMessage().startsWith("image is "), failure.getMessage());
    }

    @Test
    void bytesLeftOverAtTheEndOfAJpegAreDamage() throws IOException {
        byte[] whole = jpeg(Images.noise(64, 64, 1), false);
        byte[] padded = Arrays.copyOf(whole, whole.length + 3);
        Arrays.fill(padded, whole.length - 2, whole.length + 1, (byte) 0);
        padded[whole.length + 1] = (byte) 0xFF;
        padded[whole.length + 2] = (byte) 0xD9;
        Path file = file("padded.jpg", padded);
        Failure failure = assertThrows(Failure.class, () -> Picture.read(file, GEOMETRY));
        assertEquals(
                "image is damaged: %s: Corrupt JPEG data: 1 extraneous bytes before marker 0xd9; save it again as PNG"
                        .formatted(file),
                failure.getMessage());
    }

    @Test
    void aProfileOfColoursThatIsNoneIsNoDamage() throws IOException {
        byte[] whole = jpeg(Images.noise(64, 64, 1), false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int afterJfif = 4 + ((whole[4] & 255) << 8) + (whole[5] & 255);
        out.write(whole, 0, afterJfif);
        byte[] profile = "ICC_PROFILE\0\1\1 not a profile at all".getBytes(StandardCharsets.US_ASCII);
        out.write(new byte[] {(byte) 0xFF, (byte) 0xE2, 0, (byte) (profile.length + 2)});
        out.write(profile);
        out.write(whole, afterJfif, whole.length - afterJfif);
        assertEquals(
                Picture.read(file("whole.jpg", whole), GEOMETRY).grey(),
                Picture.read(file("odd.jpg", out.toByteArray()), GEOMETRY).grey());
    }

    private static int indexOf(byte[] jpeg, int marker) {
        int at = 0;
        while (jpeg[at] != (byte) 0xFF || jpeg[at + 1] != (byte) marker) {
            at++;
        }
        return at;
    }

    private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        ImageWriter writer = writers.next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam options = writer.getDefaultWriteParam();
            options.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.write(null, new IIOImage(image, null, null), options);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name.toLowerCase(Locale.ROOT)), content);
    }
}
