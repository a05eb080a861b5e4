package org.engram.store.internal.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.BIT_COUNT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;
import static org.engram.store.internal.kernel.VectorPlanes.SPECIES;
import static org.engram.store.internal.kernel.VectorPlanes.WIDTH;
import static org.engram.store.internal.kernel.VectorPlanes.load;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.LongVector;
import org.engram.store.internal.format.BitLayout;

/** The mask kernel in the Vector API. A lane adds up both counts, one in each half. */
final class VectorMaskKernel implements MaskKernel {

    @Override
    public String name() {
        return VectorKernel.NAME;
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
            int together = Math.min(CACHED, count - from);
            for (int s = 0; s < shownCount; s++) {
                count(neurons, neuron + from, together, shown[s], deficits[s], shared[s], from);
            }
        }
    }

    private static void count(
            MaskedBits neurons, int neuron, int count, Shown shown, int[] deficits, int[] shared, int first) {
        long[] p = shown.white();
        long[] m = shown.voters();
        MemorySegment sketches = neurons.bits().sketches();
        MemorySegment planes = neurons.bits().planes();
        MemorySegment known = neurons.known();
        long sketchAt = neurons.bits().sketchAt(neuron);
        long planesAt = neurons.bits().planesAt(neuron, p.length);
        long knownAt = neurons.knownAt(neuron, p.length);
        for (int i = 0; i < count; i++) {
            LongVector sums = LongVector.zero(SPECIES);
            for (int w = 0; w < BitLayout.BLOCK_WORDS; w += WIDTH) {
                long offset = (long) w * Long.BYTES;
                LongVector both = load(known, knownAt + offset).and(load(m, w));
                LongVector differ = load(sketches, sketchAt + offset)
                        .lanewise(XOR, load(p, w))
                        .and(both);
                sums = sums.add(differ.lanewise(BIT_COUNT))
                        .add(both.lanewise(BIT_COUNT).lanewise(LSHL, Integer.SIZE));
            }
            long blocks = knownAt + BitLayout.BLOCK_BYTES;
            for (int w = BitLayout.BLOCK_WORDS; w < p.length; w += WIDTH) {
                long offset = (long) (w - BitLayout.BLOCK_WORDS) * Long.BYTES;
                LongVector both = load(known, blocks + offset).and(load(m, w));
                LongVector differ = load(planes, planesAt + offset)
                        .lanewise(XOR, load(p, w))
                        .and(both);
                sums = sums.add(differ.lanewise(BIT_COUNT))
                        .add(both.lanewise(BIT_COUNT).lanewise(LSHL, Integer.SIZE));
            }
            long counts = sums.reduceLanes(ADD);
            deficits[first + i] = (int) counts;
            shared[first + i] = (int) (counts >>> Integer.SIZE);
            sketchAt += BitLayout.BLOCK_BYTES;
            planesAt += Bits.planesBytes(p.length);
            knownAt += (long) p.length * Long.BYTES;
        }
    }
}
