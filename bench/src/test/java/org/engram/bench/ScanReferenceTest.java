package org.engram.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScanReferenceTest {

    /** With a vote of one for every pixel, a neuron responds with the number of its white pixels. */
    private static final float[] ONES = ones();

    private final ScanReference reference = ScanReference.of(2, ONES);
    private final float[] right = {
        Symbols.white(0).cardinality(), Symbols.white(1).cardinality()
    };

    @Test
    void theRightAnswersPass() {
        assertDoesNotThrow(() -> reference.requireResponses("scan", right, 217));
        assertDoesNotThrow(() -> reference.requireSum("sum", right[0] + right[1]));
    }

    @Test
    void aResponseThatIsOneOffIsRefused() {
        float expected = right[1]++;
        double bound = 217 * 0x1p-24 * expected;

        Exception refused =
                assertThrows(IllegalStateException.class, () -> reference.requireResponses("scan", right, 217));

        assertEquals(
                "scan is wrong: neuron 1 responds with %s, expected %s within %s"
                        .formatted(right[1], (double) expected, bound),
                refused.getMessage());
    }

    @Test
    void aMissingResponseIsRefused() {
        Exception refused =
                assertThrows(IllegalStateException.class, () -> reference.requireResponses("scan", new float[1], 217));

        assertEquals("scan is wrong: expected 2 responses, found 1", refused.getMessage());
    }

    @Test
    void aTieWithTheShownNeuronIsRefused() {
        Exception refused = assertThrows(
                IllegalStateException.class, () -> ScanReference.requireWinner("scan", new float[] {2, 1, 2}, 0));

        assertEquals(
                "scan is wrong: neuron 0 was shown and responds with 2.0, neuron 2 with 2.0", refused.getMessage());
    }

    @Test
    void aSumThatLacksAStripeIsRefused() {
        assertThrows(IllegalStateException.class, () -> reference.requireSum("sum", right[0]));
    }

    private static float[] ones() {
        float[] ones = new float[Symbols.GEOMETRY.pixels()];
        Arrays.fill(ones, 1);
        return ones;
    }
}
