package org.engram.store.internal.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The neurons that are kept, against a sorted list of all. */
class TopNeuronsTest {

    private static final float[] RESPONSES = {
        0f,
        -0f,
        1f,
        -1f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.NaN,
        Float.NEGATIVE_INFINITY,
        Float.POSITIVE_INFINITY,
        0.1f,
        -0.1f
    };

    private static List<Integer> kept(TopNeurons top) {
        return IntStream.range(0, top.size()).mapToObj(top::neuron).toList();
    }

    @Test
    void everyResponseRanksWhereAFloatBelongs() {
        SplittableRandom random = new SplittableRandom(3);
        TopNeurons top = new TopNeurons();
        for (int k : new int[] {1, 2, 16, 17, 40, 200, Integer.MAX_VALUE}) {
            float[] q = new float[150];
            top.begin(k);
            for (int i = 0; i < q.length; i++) {
                float response = RESPONSES[random.nextInt(RESPONSES.length)];
                // As a float compares: NaN counts as the least, and -0 is 0.
                q[i] = Float.isNaN(response) ? Float.NEGATIVE_INFINITY : response + 0f;
                top.offerResponse(i, response);
            }
            List<Integer> expected = IntStream.range(0, q.length)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> -q[i]).thenComparing(i -> i))
                    .limit(k)
                    .toList();
            assertEquals(expected, kept(top));
            for (int rank = 0; rank < top.size(); rank++) {
                assertEquals(q[top.neuron(rank)], top.response(rank));
            }
        }
    }

    @Test
    void theLeastDeficitRanksFirstAndOfEqualsTheLowestNeuron() {
        SplittableRandom random = new SplittableRandom(4);
        TopNeurons top = new TopNeurons();
        for (int k : new int[] {1, 3, 33, 1000}) {
            int[] deficits = random.ints(500, 0, 50).toArray();
            deficits[7] = Integer.MAX_VALUE - 1;
            deficits[8] = 1 << 24;
            deficits[9] = (1 << 24) + 1;
            top.begin(k);
            for (int i = 0; i < deficits.length; i++) {
                boolean kept = top.hasPlaceFor(deficits[i]);
                top.offerDeficit(i, deficits[i]);
                assertEquals(kept, kept(top).contains(i));
            }
            List<Integer> expected = IntStream.range(0, deficits.length)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingInt(i -> deficits[i]).thenComparing(i -> i))
                    .limit(k)
                    .toList();
            assertEquals(expected, kept(top));
            assertEquals(deficits[top.neuron(top.size() - 1)], top.deficit(top.size() - 1));
            assertEquals(k <= deficits.length, top.isFull());
        }
    }

    @Test
    void neuronsMayBeOfferedInAnyOrder() {
        TopNeurons top = new TopNeurons();
        top.begin(2);
        top.offerDeficit(Integer.MAX_VALUE, 5);
        top.offerDeficit(3, 5);
        assertTrue(top.isFull());
        top.offerDeficit(4, 5);
        assertEquals(List.of(3, 4), kept(top));
        assertFalse(top.hasPlaceFor(5));
    }
}
