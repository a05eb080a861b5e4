package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays of every kind that numpy makes, element by element as it lays them out. */
class ForeignArraysTest {

    private static final int WIDTH = 5;
    private static final int HEIGHT = 4;

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStore() {
        store = directory.resolve("s");
        Cli.run("create", store, "--size", "5x4").expect(0);
    }

    /** Black and white, another pattern for each n, and lopsided, so that no axis can be taken for another. */
    private static int pixel(int n, int y, int x) {
        return (7 * n + 3 * y + 5 * x + x * y) % 4 == 0 ? 1 : 0;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|b1", "|i1", "|u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8",
                "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"
            })
    void everyTypeIsTakenInBothOrders(String descr) throws Exception {
        for (boolean fortran : new boolean[] {false, true}) {
            int[] shape = {3, HEIGHT, WIDTH};
            write("x.npy", descr, fortran, shape, at -> pixel(at[0], at[1], at[2]));
            Cli.run("import", store, directory.resolve("x.npy"), "--replace").expect(0);
            assertPixels(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void axesOfOneAndOfColoursAreUnderstood(boolean fortran) throws Exception {
        check(fortran, new int[] {3, HEIGHT * WIDTH}, 3, at -> pixel(at[0], at[1] / WIDTH, at[1] % WIDTH));
        check(fortran, new int[] {HEIGHT, WIDTH}, 1, at -> pixel(0, at[0], at[1]));
        check(fortran, new int[] {3, HEIGHT, WIDTH, 1}, 3, at -> pixel(at[0], at[1], at[2]));
        check(fortran, new int[] {3, 1, HEIGHT, WIDTH}, 3, at -> pixel(at[0], at[2], at[3]));
        check(fortran, new int[] {3, HEIGHT, WIDTH, 3}, 3, at -> pixel(at[0], at[1], at[2]));
        check(fortran, new int[] {3, 3, HEIGHT, WIDTH}, 3, at -> pixel(at[0], at[2], at[3]));
        check(fortran, new int[] {HEIGHT, WIDTH, 3}, 1, at -> pixel(0, at[0], at[1]));
        // what is transparent is white
        check(fortran, new int[] {3, HEIGHT, WIDTH, 4}, 3, at -> at[3] < 3 ? 0 : 1 - pixel(at[0], at[1], at[2]));
    }

    /** Takes such an array and expects the pixels of this many patterns. */
    private void check(boolean fortran, int[] shape, int count, Element value) throws Exception {
        write("x.npy", "|u1", fortran, shape, at -> 255 * value.at(at));
        Cli.run("import", store, directory.resolve("x.npy"), "--white", "255", "--replace")
                .expect(0);
        assertPixels(count);
    }

    @Test
    void coloursHaveTheWeightsThatTheyHaveInImages() throws Exception {
        write("x.npy", "<f4", false, new int[] {HEIGHT, WIDTH, 3}, at -> at[2] == 1 ? 1 : 0);
        Cli.run("import", store, directory.resolve("x.npy")).expect(0);
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            assertEquals(0.7152f, open.pattern("npy-0").value(0, 0));
        }
    }

    @Test
    void aWholeNumberBelowNoughtIsRefused() throws Exception {
        Path array = write("x.npy", ">i2", false, new int[] {1, HEIGHT, WIDTH}, at -> at[2] == 4 ? -2 : 0);
        assertEquals(
                "engram: skipped: %s: pattern 0: element 4: expected 0 to 1, found -2; add to it what makes black 0\n"
                        .formatted(array),
                Cli.run("import", store, array).expect(2).err());
        write("x.npy", "<u8", false, new int[] {1, HEIGHT, WIDTH}, at -> Long.MAX_VALUE);
        Cli.run("import", store, array, "--white", "9.3e18").expect(0);
    }

    @Test
    void fortranOrderMayComeFromStandardInput() throws Exception {
        Path array = write("x.npy", ">f8", true, new int[] {3, HEIGHT, WIDTH}, at -> pixel(at[0], at[1], at[2]));
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Files.readAllBytes(array)));
        try {
            Cli.run("import", store, "-", "--format", "npy").expect(0);
        } finally {
            System.setIn(before);
        }
        assertPixels(3);
    }

    @Test
    void theArrayOfAnNpzIsFoundByItsShapeOrItsName() throws Exception {
        Element value = at -> pixel(at[0], at[1], at[2]);
        byte[] images = array("|b1", true, new int[] {3, HEIGHT, WIDTH}, value);
        Path npz = npz(Map.of("labels.npy", array("<i8", false, new int[] {3}, at -> at[0]), "images.npy", images));
        Cli.run("import", store, npz).expect(0);
        assertPixels(3);
        Path several = npz(new TreeMap<>(Map.of("a.npy", images, "b.npy", images)));
        assertEquals(
                "engram: %s holds 2 arrays: expected --array with one of a, b, found several that fit\n"
                        .formatted(several),
                Cli.run("import", store, several).expect(1).err());
        Cli.run("import", store, several, "--array", "b").expect(0);
    }

    private interface Element {
        double at(int[] indices);
    }

    private Path npz(Map<String, byte[]> arrays) throws Exception {
        Path npz = directory.resolve("x.npz");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(npz))) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                out.putNextEntry(new ZipEntry(array.getKey()));
                out.write(array.getValue());
            }
        }
        return npz;
    }

    private Path write(String name, String descr, boolean fortran, int[] shape, Element value) throws Exception {
        return Files.write(directory.resolve(name), array(descr, fortran, shape, value));
    }

    private static byte[] array(String descr, boolean fortran, int[] shape, Element value) {
        int count = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        int bytes = descr.charAt(2) - '0';
        ByteBuffer elements = ByteBuffer.allocate(count * bytes)
                .order(descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            put(elements, descr.charAt(1), bytes, value.at(indices(i, shape, fortran)));
        }
        String axes = IntStream.of(shape).mapToObj(String::valueOf).collect(Collectors.joining(", ", "(", ",)"));
        String header = "{'descr': '%s', 'fortran_order': %s, 'shape': %s}\n"
                .formatted(descr, fortran ? "True" : "False", axes);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        file.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(elements.array());
        return file.toByteArray();
    }

    private static int[] indices(int element, int[] shape, boolean fortran) {
        int[] indices = new int[shape.length];
        int rest = element;
        for (int k = 0; k < shape.length; k++) {
            int axis = fortran ? k : shape.length - 1 - k;
            indices[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return indices;
    }

    private static void put(ByteBuffer elements, char kind, int bytes, double value) {
        switch (bytes) {
            case 1 -> elements.put((byte) value);
            case 2 -> elements.putShort(kind == 'f' ? Float.floatToFloat16((float) value) : (short) value);
            case 4 -> elements.putInt(kind == 'f' ? Float.floatToIntBits((float) value) : (int) value);
            default -> elements.putLong(kind == 'f' ? Double.doubleToLongBits(value) : (long) value);
        }
    }

    private void assertPixels(int count) {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            for (int n = 0; n < count; n++) {
                int number = n;
                assertEquals(drawing((y, x) -> pixel(number, y, x)), drawing((y, x) ->
                        (int) open.pattern("npy-" + number).value(x, y)));
            }
        }
    }

    private interface Pixel {
        int at(int y, int x);
    }

    private static String drawing(Pixel pixel) {
        return IntStream.range(0, HEIGHT)
                .mapToObj(y -> IntStream.range(0, WIDTH)
                        .mapToObj(x -> String.valueOf(pixel.at(y, x)))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }
}
