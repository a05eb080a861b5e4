package org.engram.store.internal.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.BIT_COUNT;
import static jdk.incubator.vector.VectorOperators.XOR;
import static org.engram.store.internal.kernel.BitKernel.BLOCK_WORDS;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.engram.store.internal.format.LittleEndian;

/**
 * The counts over the planes of a run of neurons, in the Vector API. A run is read in several places at once, equally far
 * apart. In one place alone, the processor does not read far enough ahead to keep memory busy.
 */
final class VectorPlanes {

    static final VectorSpecies<Long> SPECIES =
            VectorSpecies.of(long.class, VectorShape.forBitSize(VectorKernel.bits()));
    static final int WIDTH = SPECIES.length();

    private static final ByteOrder ORDER = LittleEndian.ORDER;

    static final int PLACES = ReadingOrder.places();

    private VectorPlanes() {}

    /** Adds the counts of all words of the planes before {@code to}. */
    static void add(Bits bits, int neuron, int count, Shown cue, int to, int[] deficits, int first) {
        MemorySegment planes = bits.planes();
        long[] p = cue.white();
        long[] m = cue.voters();
        long offset = bits.planesAt(neuron, p.length);
        long planesBytes = Bits.planesBytes(p.length);
        int together = count / PLACES;
        for (int i = 0; i < together; i++) {
            long at = offset + i * planesBytes;
            if (PLACES == ReadingOrder.EIGHT) {
                addEight(planes, at, together * planesBytes, p, m, to, deficits, first + i, together);
            } else {
                addFour(planes, at, together * planesBytes, p, m, to, deficits, first + i, together);
            }
        }
        for (int i = PLACES * together; i < count; i++) {
            deficits[first + i] += count(planes, offset + i * planesBytes, p, m, BLOCK_WORDS, to);
        }
    }

    private static void addFour(
            MemorySegment planes,
            long at0,
            long apart,
            long[] p,
            long[] m,
            int to,
            int[] deficits,
            int first,
            int quarter) {
        long at1 = at0 + apart;
        long at2 = at1 + apart;
        long at3 = at2 + apart;
        LongVector d0 = LongVector.zero(SPECIES);
        LongVector d1 = LongVector.zero(SPECIES);
        LongVector d2 = LongVector.zero(SPECIES);
        LongVector d3 = LongVector.zero(SPECIES);
        for (int w = BLOCK_WORDS; w < to; w += WIDTH) {
            long b = (long) (w - BLOCK_WORDS) * Long.BYTES;
            LongVector white = load(p, w);
            LongVector voters = load(m, w);
            d0 = d0.add(counts(load(planes, at0 + b), white, voters));
            d1 = d1.add(counts(load(planes, at1 + b), white, voters));
            d2 = d2.add(counts(load(planes, at2 + b), white, voters));
            d3 = d3.add(counts(load(planes, at3 + b), white, voters));
        }
        deficits[first] += (int) d0.reduceLanes(ADD);
        deficits[first + quarter] += (int) d1.reduceLanes(ADD);
        deficits[first + 2 * quarter] += (int) d2.reduceLanes(ADD);
        deficits[first + 3 * quarter] += (int) d3.reduceLanes(ADD);
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

    /** Adds the counts of two cues in one read, of all words of the planes before {@code to}. */
    static void add(
            Bits bits,
            int neuron,
            int count,
            Shown cue,
            Shown other,
            int to,
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
            addFour(planes, at, apart, cue, other, to, deficits, deficitsOfOther, first + i, quarter);
        }
        for (int i = 4 * quarter; i < count; i++) {
            long at = offset + i * planesBytes;
            deficits[first + i] += count(planes, at, cue.white(), cue.voters(), BLOCK_WORDS, to);
            deficitsOfOther[first + i] += count(planes, at, other.white(), other.voters(), BLOCK_WORDS, to);
        }
    }

    private static void addFour(
            MemorySegment planes,
            long at0,
            long apart,
            Shown cue,
            Shown other,
            int to,
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
        for (int w = BLOCK_WORDS; w < to; w += WIDTH) {
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

    /** Counts over words {@code from} to {@code to - 1} of the cue. Those of the neuron begin at byte {@code at}. */
    static int count(MemorySegment bits, long at, long[] p, long[] m, int from, int to) {
        LongVector d = LongVector.zero(SPECIES);
        for (int w = from; w < to; w += WIDTH) {
            d = d.add(counts(load(bits, at + (long) (w - from) * Long.BYTES), load(p, w), load(m, w)));
        }
        return (int) d.reduceLanes(ADD);
    }

    static LongVector counts(LongVector bits, LongVector white, LongVector voters) {
        return bits.lanewise(XOR, white).and(voters).lanewise(BIT_COUNT);
    }

    static LongVector load(long[] words, int at) {
        return LongVector.fromArray(SPECIES, words, at);
    }

    static LongVector load(MemorySegment bits, long at) {
        return LongVector.fromMemorySegment(SPECIES, bits, at, ORDER);
    }
}
