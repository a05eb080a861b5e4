package org.engram.store.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.engram.store.Geometry;
import org.engram.store.PatternStore;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.StripeLayout;
import org.junit.jupiter.api.Test;

/** Every kernel gives the same bits, each in a JVM of its own, since a JVM has one kernel for life. */
class KernelParityTest {

    private static final List<String> NAMES = List.of(
            "scalar", "vector-128x4", "vector-128x8", "vector-256x4", "vector-256x8", "vector-512x4", "vector-512x8");
    private static final int[][] GEOMETRIES = {
        {1, 1},
        {2, 1},
        {15, 1},
        {16, 1},
        {17, 1},
        {31, 1},
        {32, 1},
        {33, 1},
        {47, 1},
        {48, 1},
        {49, 1},
        {63, 1},
        {64, 1},
        {65, 1},
        {80, 1},
        {96, 1},
        {112, 1},
        {127, 1},
        {128, 1},
        {129, 1},
        {20, 20},
        {28, 28},
        {1, 4096},
        {116, 116},
        {117, 113},
        {120, 115}
    };
    private static final int[] COUNTS = {1, 2, 7, 8, 9, 17};
    /** Stripes and cues: whole tiles and the rest of them. */
    private static final int[][] BATCHES = {{1, 2}, {2, 1}, {7, 3}, {9, 5}};
    /** More than are computed together, where that is cheap. */
    private static final int[] LARGE_BATCH = {ResponseKernel.STRIPES + 3, 64};

    @Test
    void allKernelsOfThisMachineGiveTheSameBitsAndTheWidestIsTheDefault() throws IOException {
        Map<String, List<String>> hashes = new TreeMap<>();
        for (String name : NAMES) {
            try (ChildJvm child = respond(List.of("-D" + ForcedKernel.PROPERTY + "=" + name))) {
                List<String> said = child.remainingLines();
                if (child.exitCode() == 0) {
                    assertEquals(name, said.get(0));
                    hashes.put(name, said.subList(1, said.size()));
                } else {
                    assertLacking(name, child.err());
                }
            }
        }
        assertTrue(hashes.containsKey("scalar"));
        List<String> expected = hashes.get("scalar");
        assertEquals(2 * (GEOMETRIES.length + 2), expected.size());
        hashes.forEach((name, found) -> assertEquals(expected, found, name));
        String widest = new TreeMap<>(hashes).lastKey().replaceFirst("x[48]", "");
        assertEquals(
                widest + (widest.equals("scalar") ? "" : "x" + ReadingOrder.places()),
                PatternStore.kernel(),
                "the kernel of this JVM");
        assertCpuHas(widest);
        System.out.printf(
                "kernels %s agree on %d geometries; default %s%n", hashes.keySet(), GEOMETRIES.length, widest);
    }

    /** The kernels that ran are those that the processor has, not those that happened to load. */
    private static void assertCpuHas(String widest) throws IOException {
        Path cpu = Path.of("/proc/cpuinfo");
        if (Files.isReadable(cpu) && System.getProperty("os.arch").equals("amd64")) {
            String flags = Files.readString(cpu);
            String expected =
                    flags.contains(" avx512f ") ? "vector-512" : flags.contains(" avx2 ") ? "vector-256" : widest;
            assertEquals(expected, widest);
        }
    }

    private static void assertLacking(String name, String err) {
        assertNotEquals("scalar", name, err);
        int bits = Integer.parseInt(name.substring(name.indexOf('-') + 1, name.indexOf('x')));
        String expected =
                "kernel vector-%d was asked for with -Dengram.kernel but cannot run: this machine's vectors have "
                        .formatted(bits);
        assertTrue(err.contains(expected), err);
    }

    @Test
    void aWidthThatTheMachineLacksIsAnError() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the flag that hides vectors is for x86");
        try (ChildJvm child = respond(List.of("-XX:UseAVX=1", "-D" + ForcedKernel.PROPERTY + "=vector-512"))) {
            assertEquals(List.of(), child.remainingLines());
            assertNotEquals(0, child.exitCode());
            String expected =
                    "kernel vector-512 was asked for with -Dengram.kernel but cannot run: this machine's vectors have ";
            assertTrue(child.err().contains(expected), child.err());
        }
    }

    @Test
    void aProcessorOfEachMakeIsReadInItsOwnOrder() {
        assertEquals(
                4, ReadingOrder.places(Stream.of("processor\t: 0", "vendor_id\t: AuthenticAMD", "cpu family\t: 25")));
        assertEquals(
                8, ReadingOrder.places(Stream.of("processor\t: 0", "vendor_id\t: GenuineIntel", "cpu family\t: 6")));
        assertEquals(8, ReadingOrder.places(Stream.of("BogoMIPS\t: 50.00", "CPU implementer\t: 0x41")));
        assertEquals(8, ReadingOrder.places(Stream.empty()));
    }

    @Test
    void aKernelThatNobodyKnowsIsAnError() {
        try (ChildJvm child = respond(List.of("-D" + ForcedKernel.PROPERTY + "=vector-1024"))) {
            assertEquals(List.of(), child.remainingLines());
            assertNotEquals(0, child.exitCode());
            String expected = "unknown kernel: -D" + ForcedKernel.PROPERTY
                    + " must be scalar, vector-128, vector-256 or vector-512, with x4 or x8 behind it or not,"
                    + " found vector-1024";
            assertTrue(child.err().contains(expected), child.err());
        }
    }

    @Test
    void aForcedKernelWithoutTheVectorModuleIsAnError() {
        List<String> words = new ArrayList<>();
        for (String line : ChildJvm.argumentLines()) {
            if (!line.contains("jdk.incubator.vector")) {
                words.addAll(Arrays.asList(line.split(" ", -1)));
            }
        }
        words.add("-D" + ForcedKernel.PROPERTY + "=vector-256");
        try (ChildJvm child = ChildJvm.startWithFlags(Path.of(""), Responses.class, words)) {
            assertEquals(List.of(), child.remainingLines());
            assertNotEquals(0, child.exitCode());
            String expected = "kernel vector-256 was asked for with -D" + ForcedKernel.PROPERTY
                    + " but cannot load; start the JVM with --add-modules jdk.incubator.vector";
            assertTrue(child.err().contains(expected), child.err());
        }
    }

    private static ChildJvm respond(List<String> flags) {
        return ChildJvm.start(Responses.class, flags);
    }

    /** Prints the kernel's name, then a hash of the bits of all responses per geometry: cold, then compiled. */
    static final class Responses {

        private Responses() {}

        public static void main(String[] args) {
            System.out.println(PatternStore.kernel());
            for (String name :
                    List.of(Kernels.bits().name(), Kernels.distances().name())) {
                if (!name.equals(PatternStore.kernel())) {
                    throw new AssertionError(name);
                }
            }
            printHashes();
            warmUp();
            printHashes();
        }

        private static void printHashes() {
            for (int[] sides : GEOMETRIES) {
                System.out.println(sides[0] + "x" + sides[1] + " " + hash(new Geometry(sides[0], sides[1])));
            }
            System.out.println("bits " + BitKernelTest.checkedHash(Kernels.bits()));
            System.out.println("masks " + MaskKernelTest.checked(Kernels.masks()));
        }

        private static String hash(Geometry geometry) {
            CRC32C crc = new CRC32C();
            SplittableRandom random = new SplittableRandom(geometry.pixels());
            for (int count : COUNTS) {
                float[] cue = floats(geometry, 1, random);
                float[] stripes = floats(geometry, count, random);
                update(crc, respond(stripes, cue, count));
                update(crc, distances(stripes, shown(cue), count));
            }
            for (int[] batch : BATCHES) {
                checkBatch(geometry, batch[0], batch[1], random);
            }
            if (geometry.pixels() < 130) {
                checkBatch(geometry, LARGE_BATCH[0], LARGE_BATCH[1], random);
            }
            return Long.toHexString(crc.getValue());
        }

        private static void update(CRC32C crc, float[] results) {
            for (float result : results) {
                int bits = Float.floatToIntBits(result);
                for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                    crc.update(bits >>> shift);
                }
            }
        }

        /** A batch responds as its cues do one by one, so that its bits need no hash of their own. */
        private static void checkBatch(Geometry geometry, int count, int cueCount, SplittableRandom random) {
            float[] stripes = floats(geometry, count, random);
            float[][] cues = new float[cueCount][];
            for (int c = 0; c < cueCount; c++) {
                cues[c] = floats(geometry, 1, random);
            }
            float[][] together = respond(stripes, cues, count);
            for (int c = 0; c < cueCount; c++) {
                float[] alone = respond(stripes, cues[c], count);
                if (!Arrays.equals(alone, together[c])) {
                    throw new AssertionError("%d x %d, %d stripes, cue %d of %d: alone %s, in the batch %s"
                            .formatted(
                                    geometry.width(),
                                    geometry.height(),
                                    count,
                                    c,
                                    cueCount,
                                    Arrays.toString(alone),
                                    Arrays.toString(together[c])));
                }
            }
        }

        /** Enough calls for the compiler to put vector instructions in place of the calls that stand for them. */
        private static void warmUp() {
            SplittableRandom random = new SplittableRandom(1);
            for (Geometry geometry : List.of(new Geometry(33, 3), new Geometry(64, 8))) {
                float[] cue = floats(geometry, 1, random);
                float[][] cues = {cue, cue, cue, cue, cue};
                float[] stripes = floats(geometry, 7, random);
                float sum = 0;
                for (int i = 0; i < 12_000; i++) {
                    sum += respond(stripes, cue, 7)[6];
                    sum += distances(stripes, shown(cue), 7)[6];
                    if (i % 4 == 0) {
                        sum += respond(stripes, cues, 7)[4][6];
                    }
                }
                if (sum == 0.1234f) {
                    System.err.println("keeps the loop alive");
                }
            }
        }
    }

    private static float[] respond(float[] stripes, float[] cue, int count) {
        return withStripes(
                stripes,
                cue.length,
                (memory, offset) -> guarded(
                        new float[1][],
                        count,
                        (responses, scratch) ->
                                Kernels.selected().respond(memory, offset, cue, count, responses[0], 1, scratch))[0]);
    }

    /** Every third pixel is hidden. */
    private static ShownValues shown(float[] cue) {
        float[] values = cue.clone();
        float[] minus = new float[cue.length];
        for (int j = 0; j < cue.length; j++) {
            values[j] = j % 3 == 2 ? 0 : cue[j];
            minus[j] = j % 3 == 2 ? 0 : -1;
        }
        return new ShownValues(values, minus);
    }

    private static float[] distances(float[] stripes, ShownValues shown, int count) {
        return withStripes(
                stripes,
                shown.values().length,
                (memory, offset) ->
                        guarded(
                                new float[1][],
                                count,
                                (distances, scratch) -> Kernels.distances()
                                        .distances(memory, offset, shown, count, distances[0], 1, scratch))[0]);
    }

    private static float[][] respond(float[] stripes, float[][] cues, int count) {
        return withStripes(
                stripes,
                cues[0].length,
                (memory, offset) -> guarded(
                        new float[cues.length][],
                        count,
                        (responses, scratch) -> Kernels.selected()
                                .respond(memory, offset, cues, cues.length, count, responses, 1, scratch)));
    }

    private interface Run {
        void into(float[][] responses, MemorySegment scratch);
    }

    /** Runs with one place too many before and behind the responses, and with scratch that nobody cleaned. */
    private static float[][] guarded(float[][] responses, int count, Run run) {
        for (int c = 0; c < responses.length; c++) {
            responses[c] = new float[count + 2];
            responses[c][0] = 42;
            responses[c][count + 1] = 43;
        }
        try (Arena arena = Arena.ofConfined()) {
            long bytes = Math.max(ResponseKernel.SCRATCH_BYTES, ResponseKernel.scratchBytes(responses.length));
            run.into(responses, arena.allocate(bytes, 64).fill((byte) -1));
        }
        for (int c = 0; c < responses.length; c++) {
            if (responses[c][0] != 42 || responses[c][count + 1] != 43) {
                throw new AssertionError("the kernel wrote beyond its responses");
            }
            responses[c] = Arrays.copyOfRange(responses[c], 1, count + 1);
        }
        return responses;
    }

    /** Stripes that lie behind a first one of rubbish, in memory as a mapping has it. */
    private static <T> T withStripes(float[] stripes, int length, BiFunction<MemorySegment, Long, T> body) {
        try (Arena arena = Arena.ofConfined()) {
            long before = (long) length * Float.BYTES;
            MemorySegment memory = arena.allocate(before + (long) stripes.length * Float.BYTES, 64);
            memory.asSlice(0, before).fill((byte) 0x41);
            MemorySegment.copy(stripes, 0, memory, LittleEndian.FLOAT, before, stripes.length);
            return body.apply(memory, before);
        }
    }

    /** Signed floats of every size, negative zeros and pairs that cancel among them; padding is zero. */
    private static float[] floats(Geometry geometry, int count, SplittableRandom random) {
        int padded = StripeLayout.paddedFloats(geometry);
        float[] floats = new float[padded * count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < geometry.pixels(); j++) {
                int at = i * padded + j;
                floats[at] = switch (random.nextInt(10)) {
                    case 0 -> -0.0f;
                    case 1 -> random.nextInt(1, 1000) * Float.MIN_VALUE;
                    case 2 -> (float) random.nextDouble(-1e18, 1e18);
                    case 3 -> (float) random.nextDouble(-1e-18, 1e-18);
                    case 4 -> j == 0 ? 1 : -floats[at - 1];
                    case 5 -> random.nextBoolean() ? 1 : 0;
                    default -> (float) random.nextDouble(-1, 1);
                };
            }
        }
        return floats;
    }
}
