package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.Criteria;
import org.junit.jupiter.api.Test;

/** The gains of neurons, and what is told of all of them at once. */
class GainsTest {

    private static Gains none() {
        return Gains.of(Indexed.nothing(Criteria.DEFAULT));
    }

    @Test
    void whatTwoSetsHaveInCommonIsOneGainNoneOrSeveral() {
        assertEquals(2f, Gains.common(2, 2));
        assertEquals(2f, Gains.common(0, 2));
        assertEquals(2f, Gains.common(2, 0));
        assertEquals(0f, Gains.common(0, 0));
        assertEquals(Float.NaN, Gains.common(2, 3));
        assertEquals(Float.NaN, Gains.common(Float.NaN, 3));
        assertEquals(Float.NaN, Gains.common(3, Float.NaN));
        assertEquals(Float.NaN, Gains.common(Float.NaN, Float.NaN));
        assertEquals(Float.NaN, Gains.common(Float.NaN, 0));
        assertEquals(Float.NaN, Gains.common(0, Float.NaN));
    }

    private static float gain(int neuron) {
        return neuron % 2 == 0 ? 1 : 2;
    }

    @Test
    void everyNeuronKeepsItsGainAndItsSort() {
        List<Gains> values = new ArrayList<>();
        Gains gains = none();
        for (int i = 0; i < 300; i++) {
            gains = gains.with(i, i % 3 != 0, gain(i));
            values.add(gains);
        }
        for (int size = 1; size <= 300; size++) {
            Gains value = values.get(size - 1);
            assertEquals((size + 2) / 3, value.notTwoValued());
            assertEquals(size == 1 ? 0f : size == 2 ? 2f : Float.NaN, value.common());
            for (int i = 0; i < size; i++) {
                assertEquals(gain(i), value.of(i));
                assertEquals(i % 3 != 0, value.isTwoValued(i));
                assertEquals(i % 3 != 0 ? gain(i) : -gain(i), value.signed(i));
            }
            for (int i = 0; i < value.notTwoValued(); i++) {
                assertEquals(3 * i, value.notTwoValuedAt(i));
            }
        }
    }

    @Test
    void roomIsMadeOnlyWhereThereIsTooLittle() {
        Gains gains = none();
        assertSame(gains, gains.reserved(64));
        assertEquals(65, gains.reserved(65).values().length);
        for (int i = 0; i < 64; i++) {
            gains = gains.with(i, false, 1);
        }
        assertEquals(64, gains.values().length);
        assertEquals(64 + 32 + 64, gains.with(64, true, 1).values().length);
    }

    @Test
    void someNeuronsHaveAGainInCommonOfTheirOwn() {
        Gains gains = none();
        float[] all = {1, -5, 2, 1, -6, 1};
        for (int i = 0; i < all.length; i++) {
            gains = gains.with(i, all[i] > 0, Math.abs(all[i]));
        }
        Gains alike = gains.among(new int[] {0, 3, 4, 5});
        assertEquals(1f, alike.common());
        assertEquals(1, alike.notTwoValued());
        assertEquals(4, alike.notTwoValuedAt(0));
        assertEquals(6f, alike.of(4));
        Gains unlike = gains.among(new int[] {1, 2, 3, 4});
        assertEquals(Float.NaN, unlike.common());
        assertEquals(2, unlike.notTwoValued());
        assertEquals(1, unlike.notTwoValuedAt(0));
        assertEquals(4, unlike.notTwoValuedAt(1));
        assertEquals(0f, gains.among(new int[] {1}).common());
        assertEquals(0, gains.among(new int[0]).notTwoValued());
    }
}
