package org.engram.store.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.engram.store.internal.format.LittleEndian;
import org.junit.jupiter.api.Test;

/** The scalar kernel against equation (4) in double precision; the other kernels equal it bit for bit. */
class KernelReferenceTest {

    /** Half a unit in the last place of 1: the relative error of one rounding. */
    private static final double ROUNDING = 0x1p-24;

    @Test
    void theScalarKernelIsAsCloseToTheExactSumAsItsRoundingsAllow() {
        SplittableRandom random = new SplittableRandom(9);
        MemorySegment scratch = Arena.ofAuto().allocate(ResponseKernel.SCRATCH_BYTES, 64);
        for (int floats : new int[] {16, 32, 48, 64, 80, 128, 400, 4096, 13_456}) {
            for (int round = 0; round < 40; round++) {
                float[] cue = floats(floats, round, random);
                float[] stripes = floats(3 * floats, round, random);
                float[] responses = new float[4];
                new ScalarKernel()
                        .respond(bytesOf(stripes), (long) floats * Float.BYTES, cue, 2, responses, 1, scratch);
                for (int i = 1; i <= 2; i++) {
                    assertClose(stripes, i * floats, cue, responses[i]);
                }
                assertEquals(0, responses[0]);
                assertEquals(0, responses[3]);
                float[] second = java.util.Arrays.copyOfRange(stripes, floats, 2 * floats);
                assertEquals(responses[1], ScalarKernel.respond(second, cue), "learning responds as recall does");
            }
        }
    }

    @Test
    void theScalarDistanceKernelIsWithinTheRoundingOfItsSums() {
        SplittableRandom random = new SplittableRandom(10);
        MemorySegment scratch = Arena.ofAuto().allocate(ResponseKernel.SCRATCH_BYTES, 64);
        for (int floats : new int[] {16, 48, 80, 400, 13_456}) {
            for (int round = 0; round < 20; round++) {
                float[] values = floats(floats, round, random);
                float[] minus = new float[floats];
                for (int j = 0; j < floats; j++) {
                    minus[j] = j % 4 == 1 ? 0 : -1;
                    values[j] = j % 4 == 1 ? 0 : values[j];
                }
                float[] stripes = floats(2 * floats, round, random);
                float[] distances = new float[1];
                new ScalarDistanceKernel()
                        .distances(
                                bytesOf(stripes),
                                (long) floats * Float.BYTES,
                                new ShownValues(values, minus),
                                1,
                                distances,
                                0,
                                scratch);
                double expected = 0;
                for (int j = 0; j < floats; j++) {
                    expected += j % 4 == 1 ? 0 : Math.pow((double) values[j] - stripes[floats + j], 2);
                }
                // The roundings of a lane, six over lanes, and two for each difference that is squared.
                double roundings = (floats + 63) / 64 + 6 + 2;
                double bound = roundings * 1.01 * ROUNDING * expected + floats * 0x1p-140;
                assertTrue(Math.abs(distances[0] - expected) <= bound, floats + " floats, round " + round);
                System.arraycopy(values, 0, stripes, floats, floats);
                new ScalarDistanceKernel()
                        .distances(
                                bytesOf(stripes),
                                (long) floats * Float.BYTES,
                                new ShownValues(values, minus),
                                1,
                                distances,
                                0,
                                scratch);
                assertEquals(0, distances[0], "a stripe from itself");
            }
        }
    }

    private static void assertClose(float[] stripes, int from, float[] cue, float response) {
        double sum = 0;
        double size = 0;
        for (int j = 0; j < cue.length; j++) {
            double product = (double) stripes[from + j] * cue[j];
            sum += product;
            size += Math.abs(product);
        }
        // The sums of a lane, six sums over lanes; and half the least float for each product too small.
        double roundings = (cue.length + 63) / 64 + 6;
        double bound = roundings * ROUNDING / (1 - roundings * ROUNDING) * size + cue.length * (double) Float.MIN_VALUE;
        assertTrue(
                Math.abs(response - sum) <= bound,
                () -> "%d floats: found %s, expected %s within %s"
                        .formatted(cue.length, response, sumOf(stripes, from, cue), bound));
    }

    private static double sumOf(float[] stripes, int from, float[] cue) {
        double sum = 0;
        for (int j = 0; j < cue.length; j++) {
            sum += (double) stripes[from + j] * cue[j];
        }
        return sum;
    }

    private static float[] floats(int length, int round, SplittableRandom random) {
        float[] floats = new float[length];
        double scale = Math.pow(10, round % 20 - 14);
        for (int j = 0; j < length; j++) {
            floats[j] =
                    (float) (random.nextDouble(-1, 1) * scale * (round % 2 == 0 ? 1 : Math.pow(10, random.nextInt(6))));
        }
        return floats;
    }

    private static MemorySegment bytesOf(float[] floats) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[floats.length * Float.BYTES]);
        MemorySegment.copy(floats, 0, bytes, LittleEndian.FLOAT, 0, floats.length);
        return bytes;
    }
}
