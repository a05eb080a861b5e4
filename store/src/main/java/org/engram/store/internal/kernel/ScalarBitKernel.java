package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.LittleEndian;

/** The bit kernel in plain Java: what the vector kernel has to agree with, and what serves without it. */
final class ScalarBitKernel implements BitKernel {

    /** Neurons that stay in the cache while all cues of a batch go over them. */
    private static final int CACHED = 16;

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void sketch(MemorySegment sketches, long offset, long[] p, long[] m, int count, int[] deficits, int first) {
        for (int i = 0; i < count; i++) {
            deficits[first + i] = count(sketches, offset + (long) i * BLOCK_BYTES, p, m, 0, BLOCK_WORDS);
        }
    }

    @Override
    public void deficits(
            MemorySegment sketches,
            long sketchOffset,
            MemorySegment planes,
            long planesOffset,
            long[] p,
            long[] m,
            int count,
            int[] deficits,
            int first) {
        sketch(sketches, sketchOffset, p, m, count, deficits, first);
        addPlanes(planes, planesOffset, p, m, count, deficits, first);
    }

    private static void addPlanes(
            MemorySegment planes, long planesOffset, long[] p, long[] m, int count, int[] deficits, int first) {
        long planesBytes = BitKernel.planesBytes(p);
        for (int i = 0; i < count; i++) {
            deficits[first + i] += count(planes, planesOffset + i * planesBytes, p, m, BLOCK_WORDS, p.length);
        }
    }

    @Override
    public void deficitsAndDifferences(
            MemorySegment sketches,
            long sketchOffset,
            MemorySegment planes,
            long planesOffset,
            long[] p,
            long[] r,
            long[] m,
            int count,
            int[] deficits,
            int[] differences,
            int first) {
        for (int i = 0; i < count; i++) {
            long sketch = sketchOffset + (long) i * BLOCK_BYTES;
            long plane = planesOffset + i * BitKernel.planesBytes(p);
            deficits[first + i] =
                    count(sketches, sketch, p, m, 0, BLOCK_WORDS) + count(planes, plane, p, m, BLOCK_WORDS, p.length);
            differences[first + i] =
                    count(sketches, sketch, r, m, 0, BLOCK_WORDS) + count(planes, plane, r, m, BLOCK_WORDS, p.length);
        }
    }

    @Override
    public void refine(
            MemorySegment planes,
            long planesOffset,
            long[] p,
            long[] m,
            int bound,
            int count,
            int[] deficits,
            int first) {
        for (int i = 0; i < count; i++) {
            int sum = deficits[first + i];
            long at = planesOffset + i * BitKernel.planesBytes(p);
            for (int w = BLOCK_WORDS; w < p.length && sum <= bound; w += BLOCK_WORDS) {
                sum += count(planes, at, p, m, w, w + BLOCK_WORDS);
                at += BLOCK_BYTES;
            }
            deficits[first + i] = sum;
        }
    }

    @Override
    public void batch(
            MemorySegment sketches,
            long sketchOffset,
            MemorySegment planes,
            long planesOffset,
            long[][] p,
            long[][] m,
            int cues,
            int count,
            int[][] deficits,
            int first) {
        for (int i = 0; i < count; i += CACHED) {
            int together = Math.min(CACHED, count - i);
            for (int c = 0; c < cues; c++) {
                long sketch = sketchOffset + (long) i * BLOCK_BYTES;
                long plane = planesOffset + i * BitKernel.planesBytes(p[c]);
                deficits(sketches, sketch, planes, plane, p[c], m[c], together, deficits[c], first + i);
            }
        }
    }

    /** Counts over words {@code from} to {@code to - 1} of a cue; those of the neuron begin at {@code at}. */
    private static int count(MemorySegment bits, long at, long[] p, long[] m, int from, int to) {
        int sum = 0;
        for (int w = from; w < to; w++) {
            long word = bits.get(LittleEndian.LONG, at + (long) (w - from) * Long.BYTES);
            sum += Long.bitCount((word ^ p[w]) & m[w]);
        }
        return sum;
    }
}
