package org.engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoalsTest {

    @Test
    void aGoalIsComparedByMediansOfRowsOfItsSize() {
        List<Measured> rows = List.of(
                row("engram", 298, 388),
                row("sgemv", 298, 400),
                row("sgemvOfCopy", 298, 1),
                row("engram", 20_000, 63_000));

        assertEquals("""

                | what          | against      | ratio     | goal         |
                |:--------------|:-------------|:----------|:-------------|
                | engram at 298 | sgemv at 298 | time 0.97 | at most 1.05 |
                """, Goals.of(Suite.FLOAT_SCAN, rows));
    }

    @Test
    void aScanOfFloatsThatNobodyHasRoomForIsExtrapolated() {
        List<Measured> rows = List.of(
                row("floatScan", 20_000, 60_000), row("clean", 1_000_000, 4_000), row("unseen", 1_000_000, 100_000));

        assertEquals("""

                | what             | against                      | ratio    | goal         |
                |:-----------------|:-----------------------------|:---------|:-------------|
                | clean at 1000000 | floatScan at 20000, times 50 | rate 750 | at least 500 |

                floatScan at 1000000, extrapolated as 50 times that at 20000: 3000 ms. Times faster: clean 750, unseen 30.
                """, Goals.of(Suite.RECALL, rows));
    }

    @Test
    void aTimeOfItsOwnIsGivenInSeconds() {
        assertEquals("""

                | what                       | against | ratio        | goal         |
                |:---------------------------|:--------|:-------------|:-------------|
                | getAfterOpening at 1000000 |         | seconds 0.31 | at most 0.01 |
                """, Goals.of(Suite.OPEN, List.of(row("getAfterOpening", 1_000_000, 310_000))));
    }

    @Test
    void withoutItsRowsThereIsNoTable() {
        assertEquals("", Goals.of(Suite.BATCH, List.of(row("engram", 16, 1), row("sgemm", 16, 1))));
    }

    private static Measured row(String benchmark, long size, double medianUs) {
        return new Measured(benchmark, benchmark, size, medianUs, medianUs, medianUs, null, Double.NaN, Double.NaN);
    }
}
