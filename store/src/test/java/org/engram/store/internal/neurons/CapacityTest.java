package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Arrays grow by half and a little, up to the most neurons that there can be. */
class CapacityTest {

    @Test
    void anArrayGrowsByHalfAndSixtyFourUpToTheMost() {
        assertEquals(64, Capacity.grown(0));
        assertEquals(65, Capacity.grown(1));
        assertEquals(214, Capacity.grown(100));
        assertEquals(1 << 29, Capacity.grown(1 << 29));
        assertEquals(1 << 29, Capacity.grown((1 << 29) - 1));
    }
}
