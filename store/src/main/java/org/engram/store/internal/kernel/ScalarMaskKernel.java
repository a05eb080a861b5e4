package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.LittleEndian;

/** The mask kernel in plain Java. The vector kernel must agree with it. It serves where the vector kernel cannot run. */
final class ScalarMaskKernel implements MaskKernel {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void count(
            MaskedBits neurons,
            int neuron,
            int count,
            Shown[] shown,
            int shownCount,
            int[][] deficits,
            int[][] shared) {
        for (int from = 0; from < count; from += CACHED) {
            int end = Math.min(count, from + CACHED);
            for (int s = 0; s < shownCount; s++) {
                for (int i = from; i < end; i++) {
                    long counts = counts(neurons, neuron + i, shown[s]);
                    deficits[s][i] = (int) counts;
                    shared[s][i] = (int) (counts >>> Integer.SIZE);
                }
            }
        }
    }

    /** The deficit in the lower half, and in the upper half the number of pixels that both know. */
    private static long counts(MaskedBits neurons, int neuron, Shown shown) {
        int words = shown.white().length;
        Bits bits = neurons.bits();
        long known = neurons.knownAt(neuron, words);
        return counts(bits.sketches(), bits.sketchAt(neuron), neurons.known(), known, shown, 0, BitLayout.BLOCK_WORDS)
                + counts(
                        bits.planes(),
                        bits.planesAt(neuron, words),
                        neurons.known(),
                        known + BitLayout.BLOCK_BYTES,
                        shown,
                        BitLayout.BLOCK_WORDS,
                        words);
    }

    private static long counts(
            MemorySegment blocks, long at, MemorySegment known, long knownAt, Shown shown, int from, int to) {
        long[] white = shown.white();
        long[] voters = shown.voters();
        int deficit = 0;
        int shared = 0;
        for (int w = from; w < to; w++) {
            long offset = (long) (w - from) * Long.BYTES;
            long both = known.get(LittleEndian.LONG, knownAt + offset) & voters[w];
            deficit += Long.bitCount((blocks.get(LittleEndian.LONG, at + offset) ^ white[w]) & both);
            shared += Long.bitCount(both);
        }
        return (long) shared << Integer.SIZE | deficit;
    }
}
