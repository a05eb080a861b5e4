package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.LittleEndian;

/** The bit kernel in plain Java. The vector kernel must agree with it. It serves where the vector kernel cannot run. */
final class ScalarBitKernel implements BitKernel {

    /** This many neurons stay in the cache while all cues of a batch go over them. */
    private static final int CACHED = 16;

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void sketch(Bits bits, int neuron, int count, Shown cue, int[] deficits, int first) {
        for (int i = 0; i < count; i++) {
            deficits[first + i] = count(bits.sketches(), bits.sketchAt(neuron + i), cue, 0, BLOCK_WORDS);
        }
    }

    @Override
    public void deficits(Bits bits, int neuron, int count, Shown cue, int[] deficits, int first) {
        int words = cue.white().length;
        for (int i = 0; i < count; i++) {
            deficits[first + i] = count(bits.sketches(), bits.sketchAt(neuron + i), cue, 0, BLOCK_WORDS)
                    + count(bits.planes(), bits.planesAt(neuron + i, words), cue, BLOCK_WORDS, words);
        }
    }

    @Override
    public boolean refine(
            Bits bits, int neuron, int count, Shown cue, int bound, int blocks, int[] deficits, int first) {
        int words = cue.white().length;
        boolean within = false;
        for (int i = 0; i < count; i++) {
            int sum = deficits[first + i];
            long at = bits.planesAt(neuron + i, words);
            for (int w = BLOCK_WORDS; w < words && sum <= bound; w += BLOCK_WORDS) {
                sum += count(bits.planes(), at, cue, w, w + BLOCK_WORDS);
                at += BLOCK_BYTES;
            }
            deficits[first + i] = sum;
            within |= sum <= bound;
        }
        return within;
    }

    @Override
    public void batch(Bits bits, int neuron, int count, Bounded[] cues, int cueCount, int[][] deficits, int first) {
        for (int i = 0; i < count; i += CACHED) {
            int together = Math.min(CACHED, count - i);
            for (int c = 0; c < cueCount; c++) {
                Bounded cue = cues[c];
                sketch(bits, neuron + i, together, cue.shown(), deficits[c], first + i);
                refine(bits, neuron + i, together, cue.shown(), cue.bound(), cue.blocks(), deficits[c], first + i);
            }
        }
    }

    @Override
    public double costInBatch() {
        return 1;
    }

    @Override
    public int within(int[] numbers, int first, int count, int bound) {
        int within = 0;
        for (int i = first; i < first + count; i++) {
            within += numbers[i] <= bound ? 1 : 0;
        }
        return within;
    }

    @Override
    public int least(int[] numbers, int first, int count) {
        int least = Integer.MAX_VALUE;
        for (int i = first; i < first + count; i++) {
            least = Math.min(least, numbers[i]);
        }
        return least;
    }

    @Override
    public int sum(int[] numbers, int first, int count) {
        int sum = 0;
        for (int i = first; i < first + count; i++) {
            sum += numbers[i];
        }
        return sum;
    }

    /** Counts over words {@code from} to {@code to - 1} of the cue. Those of the neuron begin at byte {@code at}. */
    private static int count(MemorySegment blocks, long at, Shown cue, int from, int to) {
        long[] white = cue.white();
        long[] voters = cue.voters();
        int sum = 0;
        for (int w = from; w < to; w++) {
            long word = blocks.get(LittleEndian.LONG, at + (long) (w - from) * Long.BYTES);
            sum += Long.bitCount((word ^ white[w]) & voters[w]);
        }
        return sum;
    }
}
