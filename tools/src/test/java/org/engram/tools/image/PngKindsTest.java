package org.engram.tools.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import org.engram.store.Geometry;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of PNG, written byte by byte, as Java writes only some. */
class PngKindsTest {

    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGB_ALPHA = 6;
    private static final int SIDE = 4;
    private static final Geometry GEOMETRY = new Geometry(SIDE, SIDE);

    @TempDir
    private Path directory;

    /** Of every row the first pixel is white, the second black, the third transparent, the fourth of another colour. */
    @ParameterizedTest
    @CsvSource({
        "0, 2", "0, 4", "0, 8", "0, 16", "2, 8", "2, 16", "3, 2", "3, 4", "3, 8", "4, 8", "4, 16", "6, 8", "6, 16"
    })
    void theTransparentPixelsOfEveryKindAreHidden(int type, int bits) throws IOException {
        Picture picture = Picture.read(Files.write(directory.resolve("x.png"), png(type, bits)), GEOMETRY);
        float[] grey = picture.grey().values();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                assertEquals(x != 2, picture.visible().isVisible(x, y), "%d,%d".formatted(x, y));
            }
            assertEquals(1, grey[y * SIDE]);
            assertEquals(0, grey[y * SIDE + 1]);
            assertEquals(1, grey[y * SIDE + 2]);
            double other = 1.0 / 3; // of every number of bits, but of one, exactly
            assertEquals(other, grey[y * SIDE + 3], 1e-6);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void ofTwoGreysEitherMayBeTransparent(int transparent) throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int y = 0; y < SIDE; y++) {
            rows.write(new byte[] {0, 0x50});
        }
        byte[] png = png(GREY, 1, new byte[] {0, (byte) transparent}, null, rows.toByteArray());
        Picture picture = Picture.read(Files.write(directory.resolve("x.png"), png), GEOMETRY);
        for (int x = 0; x < SIDE; x++) {
            assertEquals(x % 2 != transparent, picture.visible().isVisible(x, 0));
            assertEquals(x % 2 == transparent ? 1F : x % 2, picture.grey().value(x, 0));
        }
    }

    private static byte[] png(int type, int bits) throws IOException {
        int white = (1 << bits) - 1;
        int other = white / 3;
        int clear = 2 * (white / 3);
        BitWriter rows = new BitWriter();
        for (int y = 0; y < SIDE; y++) {
            rows.write(0, 8);
            int[] greys = {white, 0, clear, other};
            for (int x = 0; x < SIDE; x++) {
                int samples = type == RGB || type == RGB_ALPHA ? 3 : 1;
                for (int i = 0; i < samples; i++) {
                    rows.write(type == PALETTE ? x : greys[x], bits);
                }
                if (type == GREY_ALPHA || type == RGB_ALPHA) {
                    rows.write(x == 2 ? white / 3 : white, bits);
                }
            }
            rows.pad();
        }
        byte[] transparent = switch (type) {
            case GREY -> new byte[] {(byte) (clear >> 8), (byte) clear};
            case RGB -> {
                byte high = (byte) (clear >> 8);
                byte low = (byte) clear;
                yield new byte[] {high, low, high, low, high, low};
            }
            case PALETTE -> new byte[] {(byte) 255, (byte) 255, 0};
            default -> null;
        };
        byte[] palette = type == PALETTE ? new byte[] {-1, -1, -1, 0, 0, 0, 9, 9, 9, 85, 85, 85} : null;
        return png(type, bits, transparent, palette, rows.bytes());
    }

    private static byte[] png(int type, int bits, byte[] transparent, byte[] palette, byte[] rows) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(rows);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        byte[] header = {0, 0, 0, SIDE, 0, 0, 0, SIDE, (byte) bits, (byte) type, 0, 0, 0};
        png.write(Images.chunk("IHDR", header));
        if (palette != null) {
            png.write(Images.chunk("PLTE", palette));
        }
        if (transparent != null) {
            png.write(Images.chunk("tRNS", transparent));
        }
        png.write(Images.chunk("IDAT", packed.toByteArray()));
        png.write(Images.chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    private static final class BitWriter {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int held;
        private int count;

        void write(int value, int bits) {
            for (int bit = bits - 1; bit >= 0; bit--) {
                held = (held << 1) | ((value >> bit) & 1);
                if (++count == Byte.SIZE) {
                    bytes.write(held);
                    held = 0;
                    count = 0;
                }
            }
        }

        void pad() {
            while (count > 0) {
                write(0, 1);
            }
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
