package org.engram.store.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.internal.format.LittleEndian;
import org.junit.jupiter.api.Test;

/** The bit kernels against a loop over pixels; {@link KernelParityTest} runs the same in a JVM for each kernel. */
class BitKernelTest {

    /** Pixels and blocks. */
    private static final int[][] LAYOUTS = {{1, 1}, {300, 1}, {512, 1}, {1000, 2}, {1500, 3}, {13_456, 27}};

    private static final int[] LARGE_LAYOUT = {786_432, 1537};
    private static final int[] COUNTS = {1, 2, 7, 8, 9, 17};
    /** More than are refined together, and no multiple of a vector. */
    private static final int MANY = 1007;

    private static final int[] CUES = {1, 2, 3, 5};
    /** Where results begin, and how many places there are behind them. */
    private static final int FIRST = 3;

    private static final int BEHIND = 2;
    private static final int UNTOUCHED = -77;

    @Test
    void everyKernelCountsWhatALoopOverPixelsCounts() {
        assertEquals(checkedHash(new ScalarBitKernel()), checkedHash(Kernels.bits()));
    }

    @Test
    void theKernelsOfThisJvmGoTogether() {
        assertEquals(Kernels.selected().name(), Kernels.bits().name());
    }

    @Test
    void compiledKernelsAllocateNothing() {
        // In a JVM of its own that waits for its compiler: what it compiles depends on all that ran before.
        try (ChildJvm child = ChildJvm.start(Allocations.class, List.of("-Xbatch"))) {
            assertEquals(List.of("nothing allocated"), child.remainingLines(), child::err);
        }
    }

    /** Runs every call of the kernels until it is compiled, and says what it then allocates. */
    static final class Allocations {

        private static final int CALLS = 1000;
        private static final int MAX_ROUNDS = 100;

        private Allocations() {}

        public static void main(String[] args) {
            try (Neurons neurons = new Neurons(1500, 3, 1024)) {
                BitKernel bits = Kernels.bits();
                require("sketch", () -> neurons.sketch(bits, neurons.results[0]));
                require("deficits", () -> neurons.deficits(bits, 0, neurons.results[0]));
                require("refine", () -> {
                    Arrays.fill(neurons.results[0], 0);
                    neurons.refine(bits, 300, 0, neurons.results[0]);
                    neurons.refine(bits, 300, 9, neurons.results[0]);
                });
                require("least, sum and within", () -> {
                    neurons.results[1][0] = bits.least(neurons.results[0], 1, 1001)
                            + bits.sum(neurons.results[0], 1, 1001)
                            + bits.within(neurons.results[0], 1, 1001, 300);
                });
                require("batch", () -> neurons.batch(bits, 5, neurons.results));
                ResponseKernel floats = Kernels.selected();
                float[][] cues = new float[5][64];
                float[][] responses = new float[5][93];
                MemorySegment scratch = Arena.ofAuto().allocate(ResponseKernel.scratchBytes(5), 64);
                require(
                        "respond",
                        () -> floats.respond(neurons.bits.planes(), 0, cues[0], 93, responses[0], 0, scratch));
                require(
                        "batch of floats",
                        () -> floats.respond(neurons.bits.planes(), 0, cues, 5, 93, responses, 0, scratch));
            }
            System.out.println("nothing allocated");
        }

        private static void require(String what, Runnable call) {
            var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long allocated = Long.MAX_VALUE;
            for (int round = 0; allocated > CALLS && round < MAX_ROUNDS; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < CALLS; i++) {
                    call.run();
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            if (allocated > CALLS) {
                System.out.printf("%s allocates %d bytes in %d calls%n", what, allocated, CALLS);
            }
        }
    }

    /** Compares everything that a kernel computes with a loop over pixels; the hash of it all. */
    static String checkedHash(BitKernel kernel) {
        CRC32C hash = new CRC32C();
        for (int[] layout : LAYOUTS) {
            for (int count : COUNTS) {
                check(kernel, layout, count, CUES, hash);
            }
        }
        check(kernel, LAYOUTS[3], 17, new int[] {64}, hash);
        check(kernel, LAYOUTS[4], MANY, CUES, hash);
        check(kernel, LAYOUTS[5], 130, new int[] {2}, hash);
        check(kernel, LARGE_LAYOUT, 3, new int[] {2}, hash);
        return Long.toHexString(hash.getValue());
    }

    private static void check(BitKernel kernel, int[] layout, int count, int[] cueCounts, CRC32C hash) {
        String where = kernel.name() + ", " + layout[1] + " blocks, " + count + " neurons: ";
        try (Neurons neurons = new Neurons(layout[0], layout[1], count)) {
            int[] sketched = untouched(count);
            neurons.sketch(kernel, sketched);
            same(neurons.naive(neurons.cues[0], 1), sketched, where + "sketch", hash);

            int[] expected = neurons.naive(neurons.cues[0], layout[1]);
            int[] deficits = untouched(count);
            neurons.deficits(kernel, 0, deficits);
            same(expected, deficits, where + "deficits", hash);

            assertEquals(
                    Arrays.stream(expected, FIRST, FIRST + count).sum(), kernel.sum(expected, FIRST, count), where);
            assertEquals(
                    Arrays.stream(expected, FIRST, FIRST + count).min().orElse(Integer.MAX_VALUE),
                    kernel.least(expected, FIRST, count),
                    where);
            neurons.requireCopies();

            int[] bounds = {0, layout[0] / 40, expected[FIRST + count / 2], layout[0] / 5, Integer.MAX_VALUE};
            for (int bound : bounds) {
                for (int blocks : new int[] {0, 1, layout[1] / 2, layout[1], Integer.MAX_VALUE / 8 - 2}) {
                    String what = where + "refined within " + bound + ", most by " + blocks;
                    checkRefined(kernel, neurons, sketched, expected, bound, blocks, what, hash);
                }
            }
            for (int cues : cueCounts) {
                checkBatch(kernel, neurons, cues, where + cues + " cues", hash);
            }
        }
    }

    private static void checkRefined(
            BitKernel kernel,
            Neurons neurons,
            int[] sketched,
            int[] expected,
            int bound,
            int blocks,
            String what,
            CRC32C hash) {
        int[] found = sketched.clone();
        boolean any = neurons.refine(kernel, bound, blocks, found);
        int within = (int) Arrays.stream(expected, FIRST, FIRST + neurons.count)
                .filter(deficit -> deficit <= bound)
                .count();
        assertTrue(any || within == 0, what);
        assertEquals(within, kernel.within(found, FIRST, neurons.count, bound), what);
        requireWithin(bound, expected, found, what, hash);
    }

    /** What is within the bound is as expected. What is above it is above it, and no more than expected. */
    private static void requireWithin(int bound, int[] expected, int[] found, String what, CRC32C hash) {
        for (int i = FIRST; i < expected.length - BEHIND; i++) {
            if (expected[i] <= bound) {
                assertEquals(expected[i], found[i], what);
            } else {
                assertTrue(found[i] > bound && found[i] <= expected[i], what + ": " + found[i]);
                found[i] = expected[i];
            }
        }
        same(expected, found, what, hash);
    }

    private static void checkBatch(BitKernel kernel, Neurons neurons, int cues, String what, CRC32C hash) {
        int[][] batch = new int[cues + 1][];
        for (int c = 0; c <= cues; c++) {
            batch[c] = untouched(neurons.count);
        }
        neurons.batch(kernel, cues, batch);
        for (int c = 0; c < cues; c++) {
            int[] alone = untouched(neurons.count);
            neurons.deficits(kernel, c, alone);
            requireWithin(neurons.bounded[c].bound(), alone, batch[c], what + ", cue " + c, hash);
        }
        assertArrayEquals(untouched(neurons.count), batch[cues], what + ", no cue");
    }

    private static void same(int[] expected, int[] found, String what, CRC32C hash) {
        assertArrayEquals(expected, found, what);
        for (int number : found) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                hash.update(number >>> shift);
            }
        }
    }

    private static int[] untouched(int count) {
        int[] results = new int[FIRST + count + BEHIND];
        Arrays.fill(results, UNTOUCHED);
        return results;
    }

    /** Neurons in memory as a mapping has it, behind rubbish and with nothing after the last, and 65 cues for them. */
    private static final class Neurons implements AutoCloseable {

        /** The first neuron of the chunk, and the first that kernels look at. */
        static final int FIRST_OF_CHUNK = 4096;

        static final int FIRST_NEURON = FIRST_OF_CHUNK + 2;

        final int count;
        final Bits bits;
        final Shown[] cues = new Shown[65];
        /** The cues, with bounds and guesses of every kind. */
        final Bounded[] bounded = new Bounded[65];

        final int[][] results = new int[5][];
        private final int pixels;
        private final int blocks;
        private final Arena arena = Arena.ofConfined();

        Neurons(int pixels, int blocks, int count) {
            this.pixels = pixels;
            this.blocks = blocks;
            this.count = count;
            SplittableRandom random = new SplittableRandom(31L * pixels + count);
            for (int c = 0; c < cues.length; c++) {
                long[] voters = words(random, 0.5 + 0.5 * random.nextDouble(), null, 0);
                cues[c] = new Shown(words(random, 0.5, null, 0), voters);
                int bound = List.of(pixels / 5, Integer.MAX_VALUE, pixels / 2, pixels / 40)
                        .get(c % 4);
                int most = List.of(blocks / 2, 0, 1, blocks - 1, blocks, Integer.MAX_VALUE / 8 - 2)
                        .get(c % 6);
                bounded[c] = new Bounded(cues[c], bound, most);
            }
            int before = FIRST_NEURON - FIRST_OF_CHUNK;
            long planesBytes = (blocks - 1L) * BitKernel.BLOCK_BYTES;
            MemorySegment sketches = arena.allocate((long) (before + count) * BitKernel.BLOCK_BYTES, 64);
            MemorySegment planes =
                    blocks == 1 ? MemorySegment.NULL : arena.allocate((before + count) * planesBytes, 64);
            bits = new Bits(FIRST_OF_CHUNK, sketches, planes);
            sketches.fill((byte) 0x5a);
            planes.fill((byte) 0x5a);
            for (int i = 0; i < count; i++) {
                // From the first cue's own picture to one that has nothing to do with it.
                long[] words = words(random, 0.5, cues[0].white(), (i + 0.5) / count * random.nextDouble());
                long sketch = (long) (before + i) * BitKernel.BLOCK_BYTES;
                MemorySegment.copy(words, 0, sketches, LittleEndian.LONG, sketch, 8);
                MemorySegment.copy(words, 8, planes, LittleEndian.LONG, (before + i) * planesBytes, words.length - 8);
            }
            for (int i = 0; i < results.length; i++) {
                results[i] = untouched(count);
            }
        }

        /** A pixelBits of which a share is set; or a model's with a share of it flipped. Bits without a pixel are 0. */
        private long[] words(SplittableRandom random, double share, long[] model, double flipped) {
            long[] words = new long[8 * blocks];
            for (int j = 0; j < pixels; j++) {
                boolean set =
                        model == null ? random.nextDouble() < share : isSet(model, j) != random.nextDouble() < flipped;
                if (set) {
                    words[8 * (j % blocks) + j / blocks / 64] |= 1L << (j / blocks % 64);
                }
            }
            return words;
        }

        private boolean isSet(long[] words, int pixel) {
            return (words[8 * (pixel % blocks) + pixel / blocks / 64] >>> (pixel / blocks % 64) & 1) != 0;
        }

        /** Pixel j is bit j / B of block j mod B, read byte by byte. */
        private boolean isSet(int neuron, int pixel) {
            int block = pixel % blocks;
            int bit = pixel / blocks;
            int inChunk = FIRST_NEURON - FIRST_OF_CHUNK + neuron;
            long at = block == 0 ? 64L * inChunk : 64L * ((blocks - 1L) * inChunk + block - 1);
            byte eight = (block == 0 ? bits.sketches() : bits.planes()).get(ValueLayout.JAVA_BYTE, at + bit / 8);
            return (eight >> bit % 8 & 1) != 0;
        }

        /** Deficits over the first blocks, pixel by pixel. */
        int[] naive(Shown cue, int firstBlocks) {
            int[] deficits = untouched(count);
            for (int i = 0; i < count; i++) {
                int deficit = 0;
                for (int j = 0; j < pixels; j++) {
                    if (j % blocks < firstBlocks && isSet(cue.voters(), j) && isSet(cue.white(), j) != isSet(i, j)) {
                        deficit++;
                    }
                }
                deficits[FIRST + i] = deficit;
            }
            return deficits;
        }

        /** What is copied of the first and the last neuron has the bits that are counted. */
        void requireCopies() {
            for (int i : new int[] {0, count - 1}) {
                long[] words = new long[8 * blocks];
                bits.copy(FIRST_NEURON + i, words);
                for (int j = 0; j < pixels; j++) {
                    assertEquals(isSet(i, j), isSet(words, j));
                }
            }
        }

        void sketch(BitKernel kernel, int[] deficits) {
            kernel.sketch(bits, FIRST_NEURON, count, cues[0], deficits, FIRST);
        }

        void deficits(BitKernel kernel, int cue, int[] deficits) {
            kernel.deficits(bits, FIRST_NEURON, count, cues[cue], deficits, FIRST);
        }

        boolean refine(BitKernel kernel, int bound, int blocks, int[] deficits) {
            return kernel.refine(bits, FIRST_NEURON, count, cues[0], bound, blocks, deficits, FIRST);
        }

        void batch(BitKernel kernel, int cueCount, int[][] deficits) {
            kernel.batch(bits, FIRST_NEURON, count, bounded, cueCount, deficits, FIRST);
        }

        @Override
        public void close() {
            arena.close();
        }
    }
}
