package org.engram.store.internal.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.BIT_COUNT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.engram.store.internal.format.LittleEndian;

/**
 * The bit kernel in the Vector API. It reads a run of neurons in several places at once, equally far apart. In one
 * place alone, the processor does not read far enough ahead to keep memory busy. Vectors narrower than a block go over
 * it in several steps. Each method adds up the lanes of its own vectors. A vector that is passed to a method that the
 * compiler does not inline is copied to the heap first.
 */
final class VectorBitKernel implements BitKernel {

    private static final VectorSpecies<Long> SPECIES =
            VectorSpecies.of(long.class, VectorShape.forBitSize(VectorKernel.bits()));
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(VectorKernel.bits()));
    private static final int WIDTH = SPECIES.length();

    private static final ByteOrder ORDER = LittleEndian.ORDER;

    /** The number of places in which a run is read at the same time. */
    private static final int PLACES = 8;

    /** This many neurons are refined together, block by block, so that reads do not wait for one another. */
    private static final int REFINED = 512;
    /** The words of a step of refining. They are two blocks, because memory is read in pairs of cache lines. */
    private static final int STEP = 2 * BLOCK_WORDS;
    /** So many blocks that are needed of most neurons are read of all, one neuron after the other as in a scan. */
    private static final int STREAMED = 4;
    /** Neurons of this many longs together stay in the nearest cache while all cues of a batch go over them. */
    private static final int CACHED_WORDS = 16 * 27 * BLOCK_WORDS;

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
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
        addPlanes(bits, neuron, count, cue, cue.white().length, deficits, first);
    }

    @Override
    public void batch(Bits bits, int neuron, int count, Shown[] cues, int cueCount, int[][] deficits, int first) {
        int cached = Math.max(1, CACHED_WORDS / cues[0].white().length / (2 * PLACES)) * 2 * PLACES;
        for (int i = 0; i < count; i += cached) {
            int together = Math.min(cached, count - i);
            int at = first + i;
            for (int c = 0; c < cueCount; c++) {
                sketch(bits, neuron + i, together, cues[c], deficits[c], at);
            }
            for (int c = 0; c < cueCount; c += 2) {
                int d = c + 1;
                if (d < cueCount) {
                    addPlanes(bits, neuron + i, together, cues[c], cues[d], deficits[c], deficits[d], at);
                } else {
                    addPlanes(bits, neuron + i, together, cues[c], cues[c].white().length, deficits[c], at);
                }
            }
        }
    }

    /** Adds the counts of all words of the planes before {@code to}. */
    private static void addPlanes(Bits bits, int neuron, int count, Shown cue, int to, int[] deficits, int first) {
        MemorySegment planes = bits.planes();
        long[] p = cue.white();
        long[] m = cue.voters();
        long offset = bits.planesAt(neuron, p.length);
        long planesBytes = Bits.planesBytes(p.length);
        int eighth = count / PLACES;
        for (int i = 0; i < eighth; i++) {
            addEight(planes, offset + i * planesBytes, eighth * planesBytes, p, m, to, deficits, first + i, eighth);
        }
        for (int i = PLACES * eighth; i < count; i++) {
            deficits[first + i] += count(planes, offset + i * planesBytes, p, m, BLOCK_WORDS, to);
        }
    }

    private static void addEight(
            MemorySegment planes,
            long at0,
            long apart,
            long[] p,
            long[] m,
            int to,
            int[] deficits,
            int first,
            int eighth) {
        long at1 = at0 + apart;
        long at2 = at1 + apart;
        long at3 = at2 + apart;
        long at4 = at3 + apart;
        long at5 = at4 + apart;
        long at6 = at5 + apart;
        long at7 = at6 + apart;
        LongVector d0 = LongVector.zero(SPECIES);
        LongVector d1 = LongVector.zero(SPECIES);
        LongVector d2 = LongVector.zero(SPECIES);
        LongVector d3 = LongVector.zero(SPECIES);
        LongVector d4 = LongVector.zero(SPECIES);
        LongVector d5 = LongVector.zero(SPECIES);
        LongVector d6 = LongVector.zero(SPECIES);
        LongVector d7 = LongVector.zero(SPECIES);
        for (int w = BLOCK_WORDS; w < to; w += WIDTH) {
            long b = (long) (w - BLOCK_WORDS) * Long.BYTES;
            LongVector white = load(p, w);
            LongVector voters = load(m, w);
            d0 = d0.add(counts(load(planes, at0 + b), white, voters));
            d1 = d1.add(counts(load(planes, at1 + b), white, voters));
            d2 = d2.add(counts(load(planes, at2 + b), white, voters));
            d3 = d3.add(counts(load(planes, at3 + b), white, voters));
            d4 = d4.add(counts(load(planes, at4 + b), white, voters));
            d5 = d5.add(counts(load(planes, at5 + b), white, voters));
            d6 = d6.add(counts(load(planes, at6 + b), white, voters));
            d7 = d7.add(counts(load(planes, at7 + b), white, voters));
        }
        deficits[first] += (int) d0.reduceLanes(ADD);
        deficits[first + eighth] += (int) d1.reduceLanes(ADD);
        deficits[first + 2 * eighth] += (int) d2.reduceLanes(ADD);
        deficits[first + 3 * eighth] += (int) d3.reduceLanes(ADD);
        deficits[first + 4 * eighth] += (int) d4.reduceLanes(ADD);
        deficits[first + 5 * eighth] += (int) d5.reduceLanes(ADD);
        deficits[first + 6 * eighth] += (int) d6.reduceLanes(ADD);
        deficits[first + 7 * eighth] += (int) d7.reduceLanes(ADD);
    }

    /** Adds the counts of two cues in one read. */
    private static void addPlanes(
            Bits bits,
            int neuron,
            int count,
            Shown cue,
            Shown other,
            int[] deficits,
            int[] deficitsOfOther,
            int first) {
        MemorySegment planes = bits.planes();
        int words = cue.white().length;
        long offset = bits.planesAt(neuron, words);
        long planesBytes = Bits.planesBytes(words);
        int quarter = count / 4;
        long apart = quarter * planesBytes;
        for (int i = 0; i < quarter; i++) {
            long at = offset + i * planesBytes;
            addFour(planes, at, apart, cue, other, deficits, deficitsOfOther, first + i, quarter);
        }
        for (int i = 4 * quarter; i < count; i++) {
            long at = offset + i * planesBytes;
            deficits[first + i] += count(planes, at, cue.white(), cue.voters(), BLOCK_WORDS, words);
            deficitsOfOther[first + i] += count(planes, at, other.white(), other.voters(), BLOCK_WORDS, words);
        }
    }

    private static void addFour(
            MemorySegment planes,
            long at0,
            long apart,
            Shown cue,
            Shown other,
            int[] deficits,
            int[] deficitsOfOther,
            int first,
            int quarter) {
        long[] p = cue.white();
        long[] m = cue.voters();
        long[] p2 = other.white();
        long[] m2 = other.voters();
        long at1 = at0 + apart;
        long at2 = at1 + apart;
        long at3 = at2 + apart;
        LongVector d0 = LongVector.zero(SPECIES);
        LongVector d1 = LongVector.zero(SPECIES);
        LongVector d2 = LongVector.zero(SPECIES);
        LongVector d3 = LongVector.zero(SPECIES);
        LongVector e0 = LongVector.zero(SPECIES);
        LongVector e1 = LongVector.zero(SPECIES);
        LongVector e2 = LongVector.zero(SPECIES);
        LongVector e3 = LongVector.zero(SPECIES);
        for (int w = BLOCK_WORDS; w < p.length; w += WIDTH) {
            long b = (long) (w - BLOCK_WORDS) * Long.BYTES;
            LongVector white = load(p, w);
            LongVector voters = load(m, w);
            LongVector white2 = load(p2, w);
            LongVector voters2 = load(m2, w);
            LongVector x0 = load(planes, at0 + b);
            LongVector x1 = load(planes, at1 + b);
            LongVector x2 = load(planes, at2 + b);
            LongVector x3 = load(planes, at3 + b);
            d0 = d0.add(counts(x0, white, voters));
            d1 = d1.add(counts(x1, white, voters));
            d2 = d2.add(counts(x2, white, voters));
            d3 = d3.add(counts(x3, white, voters));
            e0 = e0.add(counts(x0, white2, voters2));
            e1 = e1.add(counts(x1, white2, voters2));
            e2 = e2.add(counts(x2, white2, voters2));
            e3 = e3.add(counts(x3, white2, voters2));
        }
        deficits[first] += (int) d0.reduceLanes(ADD);
        deficits[first + quarter] += (int) d1.reduceLanes(ADD);
        deficits[first + 2 * quarter] += (int) d2.reduceLanes(ADD);
        deficits[first + 3 * quarter] += (int) d3.reduceLanes(ADD);
        deficitsOfOther[first] += (int) e0.reduceLanes(ADD);
        deficitsOfOther[first + quarter] += (int) e1.reduceLanes(ADD);
        deficitsOfOther[first + 2 * quarter] += (int) e2.reduceLanes(ADD);
        deficitsOfOther[first + 3 * quarter] += (int) e3.reduceLanes(ADD);
    }

    @Override
    public void refine(Bits bits, int neuron, int count, Shown cue, int bound, int blocks, int[] deficits, int first) {
        int words = cue.white().length;
        int from = BLOCK_WORDS;
        if (blocks >= STREAMED) {
            from = Math.min(words, (1 + blocks) * BLOCK_WORDS);
            addPlanes(bits, neuron, count, cue, from, deficits, first);
        }
        long planesBytes = Bits.planesBytes(words);
        for (int i = 0; i < count; i += REFINED) {
            int together = Math.min(REFINED, count - i);
            long offset = bits.planesAt(neuron + i, words);
            boolean open = true;
            for (int w = from; w < words && open; w += STEP) {
                long at = offset + (long) (w - BLOCK_WORDS) * Long.BYTES;
                open = step(bits.planes(), at, planesBytes, cue, w, bound, together, deficits, first + i);
            }
        }
    }

    /** Adds the counts of a step to all sums within the bound. True when a sum stays within the bound. */
    private static boolean step(
            MemorySegment planes,
            long at,
            long planesBytes,
            Shown cue,
            int from,
            int bound,
            int count,
            int[] deficits,
            int first) {
        long[] p = cue.white();
        long[] m = cue.voters();
        int to = Math.min(from + STEP, p.length);
        boolean open = false;
        for (int i = 0; i < count; i += INTS.length()) {
            long within = within(deficits, first + i, Math.min(INTS.length(), count - i), bound);
            while (within != 0) {
                int n = i + Long.numberOfTrailingZeros(within);
                int more = to - from == STEP
                        ? countStep(planes, at + n * planesBytes, p, m, from)
                        : count(planes, at + n * planesBytes, p, m, from, to);
                int deficit = deficits[first + n] + more;
                deficits[first + n] = deficit;
                open |= deficit <= bound;
                within &= within - 1;
            }
        }
        return open;
    }

    /** One bit for each deficit, set where the deficit is within the bound. */
    private static long within(int[] deficits, int from, int count, int bound) {
        if (count == INTS.length()) {
            return IntVector.fromArray(INTS, deficits, from).compare(LE, bound).toLong();
        }
        long within = 0;
        for (int i = 0; i < count; i++) {
            within |= deficits[from + i] <= bound ? 1L << i : 0;
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

    /** Counts over words {@code from} to {@code to - 1} of the cue. Those of the neuron begin at byte {@code at}. */
    private static int count(MemorySegment bits, long at, long[] p, long[] m, int from, int to) {
        LongVector d = LongVector.zero(SPECIES);
        for (int w = from; w < to; w += WIDTH) {
            d = d.add(counts(load(bits, at + (long) (w - from) * Long.BYTES), load(p, w), load(m, w)));
        }
        return (int) d.reduceLanes(ADD);
    }

    /** Counts over a whole step. The compiler knows the length of this loop. */
    private static int countStep(MemorySegment bits, long at, long[] p, long[] m, int from) {
        LongVector d = LongVector.zero(SPECIES);
        for (int w = 0; w < STEP; w += WIDTH) {
            d = d.add(counts(load(bits, at + (long) w * Long.BYTES), load(p, from + w), load(m, from + w)));
        }
        return (int) d.reduceLanes(ADD);
    }

    private static LongVector counts(LongVector bits, LongVector white, LongVector voters) {
        return bits.lanewise(XOR, white).and(voters).lanewise(BIT_COUNT);
    }

    private static LongVector load(long[] words, int at) {
        return LongVector.fromArray(SPECIES, words, at);
    }

    private static LongVector load(MemorySegment bits, long at) {
        return LongVector.fromMemorySegment(SPECIES, bits, at, ORDER);
    }
}
