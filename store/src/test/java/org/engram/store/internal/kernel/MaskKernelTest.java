package org.engram.store.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The mask kernels against a loop over bits; {@link KernelParityTest} runs the same in a JVM for each kernel. */
class MaskKernelTest {

    private static final int FIRST_NEURON = 5;
    private static final int SHOWN = 3;

    @Test
    void everyKernelCountsWhatALoopOverBitsCounts() {
        assertEquals(checked(new ScalarMaskKernel()), checked(Kernels.masks()));
    }

    /** Compares a kernel with the loop, and returns how many counts that were. */
    static int checked(MaskKernel kernel) {
        SplittableRandom random = new SplittableRandom(1);
        int counts = 0;
        for (int blocks : List.of(1, 2, 3, 5, 27)) {
            for (int count : List.of(1, 2, 15, 16, 17, 100)) {
                check(random, blocks, count, kernel);
                counts += 2 * SHOWN * count;
            }
        }
        return counts;
    }

    @Test
    void theKernelsOfThisJvmGoTogether() {
        assertEquals(Kernels.selected().name(), Kernels.masks().name());
    }

    private static void check(SplittableRandom random, int blocks, int count, MaskKernel kernel) {
        int words = blocks * BitKernel.BLOCK_WORDS;
        int neurons = count + 3;
        long[] sketches = random.longs((long) neurons * BitKernel.BLOCK_WORDS).toArray();
        long[] planes =
                random.longs((long) neurons * (words - BitKernel.BLOCK_WORDS)).toArray();
        long[] known = random.longs((long) neurons * words).toArray();
        MaskedBits bits = new MaskedBits(
                new Bits(FIRST_NEURON, MemorySegment.ofArray(sketches), MemorySegment.ofArray(planes)),
                MemorySegment.ofArray(known));
        Shown[] shown = new Shown[SHOWN];
        for (int s = 0; s < shown.length; s++) {
            shown[s] =
                    new Shown(random.longs(words).toArray(), random.longs(words).toArray());
        }
        int[][] differing = new int[SHOWN][count];
        int[][] shared = new int[SHOWN][count];
        for (int s = 0; s < shown.length; s++) {
            for (int i = 0; i < count; i++) {
                for (int w = 0; w < words; w++) {
                    int neuron = i + 2;
                    long x = w < BitKernel.BLOCK_WORDS
                            ? sketches[neuron * BitKernel.BLOCK_WORDS + w]
                            : planes[neuron * (words - BitKernel.BLOCK_WORDS) + w - BitKernel.BLOCK_WORDS];
                    long both = shown[s].voters()[w] & known[neuron * words + w];
                    differing[s][i] += Long.bitCount((x ^ shown[s].white()[w]) & both);
                    shared[s][i] += Long.bitCount(both);
                }
            }
        }
        int[][] foundDiffering = new int[SHOWN][count];
        int[][] foundShared = new int[SHOWN][count];
        kernel.count(bits, FIRST_NEURON + 2, count, shown, SHOWN, foundDiffering, foundShared);
        assertArrayEquals(differing, foundDiffering, kernel.name());
        assertArrayEquals(shared, foundShared, kernel.name());
    }
}
