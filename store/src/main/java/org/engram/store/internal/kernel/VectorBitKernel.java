package org.engram.store.internal.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MIN;
import static org.engram.store.internal.kernel.VectorPlanes.SPECIES;
import static org.engram.store.internal.kernel.VectorPlanes.WIDTH;
import static org.engram.store.internal.kernel.VectorPlanes.count;
import static org.engram.store.internal.kernel.VectorPlanes.counts;
import static org.engram.store.internal.kernel.VectorPlanes.load;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The bit kernel in the Vector API. Vectors narrower than a block go over it in several steps. Each method adds up the
 * lanes of its own vectors. If a vector is passed to a method that the compiler does not inline, it is copied to the
 * heap first.
 */
final class VectorBitKernel implements BitKernel {

    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(VectorKernel.bits()));

    /** This many neurons are refined together, block by block, so that reads do not wait for one another. */
    private static final int REFINED = 512;
    /** The words of a step of refining. They are two blocks, because memory is read in pairs of cache lines. */
    private static final int STEP = 2 * BLOCK_WORDS;
    /** If most neurons need at least this many blocks, or all, the kernel reads these blocks of every neuron, as in a scan. */
    private static final int STREAMED = 4;
    /** Neurons of this many longs together stay in the nearest cache while all cues of a batch go over them. */
    private static final int CACHED_WORDS = 16 * 27 * BLOCK_WORDS;

    /** Vectors of this many bits count faster than memory is read. Narrower ones have no instruction that counts bits. */
    private static final int WIDEST = 512;

    private static final double COST_IN_BATCH = 0.3;
    private static final double COST_IN_NARROW_BATCH = 0.9;

    @Override
    public String name() {
        return VectorKernel.NAME;
    }

    @Override
    public void sketch(Bits bits, int neuron, int count, Shown cue, int[] deficits, int first) {
        MemorySegment sketches = bits.sketches();
        long offset = bits.sketchAt(neuron);
        long[] p = cue.white();
        long[] m = cue.voters();
        int quarter = count / 4;
        long apart = (long) quarter * BLOCK_BYTES;
        for (int i = 0; i < quarter; i++) {
            // The count of a sketch is at most 512 and fits 16 bits, so one sum over lanes serves four sketches.
            LongVector four = LongVector.zero(SPECIES);
            for (int w = 0; w < BLOCK_WORDS; w += WIDTH) {
                long at = offset + (long) i * BLOCK_BYTES + (long) w * Long.BYTES;
                LongVector white = load(p, w);
                LongVector voters = load(m, w);
                four = four.add(counts(load(sketches, at), white, voters))
                        .add(counts(load(sketches, at + apart), white, voters).lanewise(LSHL, 16))
                        .add(counts(load(sketches, at + 2 * apart), white, voters)
                                .lanewise(LSHL, 32))
                        .add(counts(load(sketches, at + 3 * apart), white, voters)
                                .lanewise(LSHL, 48));
            }
            long sums = four.reduceLanes(ADD);
            deficits[first + i] = (int) sums & 0xffff;
            deficits[first + i + quarter] = (int) (sums >>> 16) & 0xffff;
            deficits[first + i + 2 * quarter] = (int) (sums >>> 32) & 0xffff;
            deficits[first + i + 3 * quarter] = (int) (sums >>> 48);
        }
        for (int i = 4 * quarter; i < count; i++) {
            deficits[first + i] = count(sketches, offset + (long) i * BLOCK_BYTES, p, m, 0, BLOCK_WORDS);
        }
    }

    @Override
    public void deficits(Bits bits, int neuron, int count, Shown cue, int[] deficits, int first) {
        sketch(bits, neuron, count, cue, deficits, first);
        VectorPlanes.add(bits, neuron, count, cue, cue.white().length, deficits, first);
    }

    @Override
    public void batch(Bits bits, int neuron, int count, Bounded[] cues, int cueCount, int[][] deficits, int first) {
        int cached = Math.max(1, CACHED_WORDS / cues[0].shown().white().length / (2 * VectorPlanes.PLACES))
                * 2
                * VectorPlanes.PLACES;
        for (int i = 0; i < count; i += cached) {
            int together = Math.min(cached, count - i);
            int at = first + i;
            for (int c = 0; c < cueCount; c++) {
                sketch(bits, neuron + i, together, cues[c].shown(), deficits[c], at);
            }
            for (int c = 0; c < cueCount; c += 2) {
                if (c + 1 < cueCount) {
                    refineTwo(bits, neuron + i, together, cues[c], cues[c + 1], deficits[c], deficits[c + 1], at);
                } else {
                    Bounded last = cues[c];
                    refine(bits, neuron + i, together, last.shown(), last.bound(), last.blocks(), deficits[c], at);
                }
            }
        }
    }

    private static void refineTwo(
            Bits bits, int neuron, int count, Bounded cue, Bounded other, int[] deficits, int[] ofOther, int first) {
        int from = Math.max(streamed(cue.shown(), cue.blocks()), streamed(other.shown(), other.blocks()));
        if (from > BLOCK_WORDS) {
            VectorPlanes.add(bits, neuron, count, cue.shown(), other.shown(), from, deficits, ofOther, first);
        }
        refineFrom(from, bits, neuron, count, cue.shown(), cue.bound(), cue.blocks(), deficits, first);
        refineFrom(from, bits, neuron, count, other.shown(), other.bound(), other.blocks(), ofOther, first);
    }

    /** How many words are counted of every neuron, those of the sketch included. */
    private static int streamed(Shown cue, int blocks) {
        int all = cue.white().length / BLOCK_WORDS - 1;
        return blocks < Math.min(STREAMED, all) ? BLOCK_WORDS : (1 + Math.min(blocks, all)) * BLOCK_WORDS;
    }

    @Override
    public boolean refine(
            Bits bits, int neuron, int count, Shown cue, int bound, int blocks, int[] deficits, int first) {
        int from = streamed(cue, blocks);
        if (from > BLOCK_WORDS) {
            VectorPlanes.add(bits, neuron, count, cue, from, deficits, first);
        }
        return refineFrom(from, bits, neuron, count, cue, bound, blocks, deficits, first);
    }

    /** Goes on behind the words that are counted. */
    private static boolean refineFrom(
            int from, Bits bits, int neuron, int count, Shown cue, int bound, int blocks, int[] deficits, int first) {
        boolean within = false;
        int words = cue.white().length;
        long planesBytes = Bits.planesBytes(words);
        for (int i = 0; i < count; i += REFINED) {
            int together = Math.min(REFINED, count - i);
            long offset = bits.planesAt(neuron + i, words);
            boolean open = true;
            int to;
            for (int w = from; w < words && open; w = to) {
                // Where one block is enough for most neurons, the first two are read one by one.
                boolean single = blocks == 1 && w < BLOCK_WORDS + STEP;
                to = Math.min(words, w + (single ? BLOCK_WORDS : STEP));
                long at = offset + (long) (w - BLOCK_WORDS) * Long.BYTES;
                open = step(bits.planes(), at, planesBytes, cue, w, to, bound, together, deficits, first + i);
            }
            within |= open;
        }
        return within;
    }

    /** Adds the counts of a step to all sums within the bound. True when a sum stays within the bound. */
    private static boolean step(
            MemorySegment planes,
            long at,
            long planesBytes,
            Shown cue,
            int from,
            int to,
            int bound,
            int count,
            int[] deficits,
            int first) {
        long[] p = cue.white();
        long[] m = cue.voters();
        boolean open = false;
        for (int i = 0; i < count; i += INTS.length()) {
            long within = mask(deficits, first + i, Math.min(INTS.length(), count - i), bound);
            while (within != 0) {
                int n = i + Long.numberOfTrailingZeros(within);
                int deficit = deficits[first + n] + count(planes, at + n * planesBytes, p, m, from, to);
                deficits[first + n] = deficit;
                open |= deficit <= bound;
                within &= within - 1;
            }
        }
        return open;
    }

    @Override
    public double costInBatch() {
        return VectorKernel.bits() == WIDEST ? COST_IN_BATCH : COST_IN_NARROW_BATCH;
    }

    @Override
    public int within(int[] numbers, int first, int count, int bound) {
        int within = 0;
        for (int i = 0; i < count; i += INTS.length()) {
            within += Long.bitCount(mask(numbers, first + i, Math.min(INTS.length(), count - i), bound));
        }
        return within;
    }

    /** One bit for each number, set where it is within the bound. */
    private static long mask(int[] numbers, int from, int count, int bound) {
        if (count == INTS.length()) {
            return IntVector.fromArray(INTS, numbers, from).compare(LE, bound).toLong();
        }
        long within = 0;
        for (int i = 0; i < count; i++) {
            within |= numbers[from + i] <= bound ? 1L << i : 0;
        }
        return within;
    }

    @Override
    public int least(int[] numbers, int first, int count) {
        IntVector lanes = IntVector.broadcast(INTS, Integer.MAX_VALUE);
        int whole = INTS.loopBound(count);
        for (int i = 0; i < whole; i += INTS.length()) {
            lanes = lanes.min(IntVector.fromArray(INTS, numbers, first + i));
        }
        int least = lanes.reduceLanes(MIN);
        for (int i = whole; i < count; i++) {
            least = Math.min(least, numbers[first + i]);
        }
        return least;
    }

    @Override
    public int sum(int[] numbers, int first, int count) {
        IntVector lanes = IntVector.zero(INTS);
        int whole = INTS.loopBound(count);
        for (int i = 0; i < whole; i += INTS.length()) {
            lanes = lanes.add(IntVector.fromArray(INTS, numbers, first + i));
        }
        int sum = lanes.reduceLanes(ADD);
        for (int i = whole; i < count; i++) {
            sum += numbers[first + i];
        }
        return sum;
    }
}
