package org.engram.tools.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

final class PaperJsonTest {

    @Test
    void numbersAreRoundedToSixDigitsAndWhatIsNoneIsNull() {
        assertEquals(0.712247, PaperJson.rounded(0.71224732461));
        assertEquals(0.0, PaperJson.rounded(0));
        assertNull(PaperJson.rounded(Double.NaN));
        assertNull(PaperJson.rounded(Double.POSITIVE_INFINITY));
    }
}
