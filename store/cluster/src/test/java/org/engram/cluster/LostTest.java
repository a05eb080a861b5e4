package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may join when segments have lost all their owners. */
class LostTest {

    /** A process; one that is started again is another of the same name. */
    private record Running(String name, int start) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Running A = new Running("a", 1);
    private static final Running B = new Running("b", 1);
    private static final Running C = new Running("c", 1);
    private static final Running D = new Running("d", 1);

    private static Lost lost(List<Running> last, List<Running> settled, List<Running> present, String joiner) {
        return Lost.of(1, segment -> last, segment -> settled, present, joiner);
    }

    @Test
    void whileAnOwnerIsThereEverybodyMayJoin() {
        assertEquals(Lost.NOTHING, lost(List.of(B), List.of(A, B), List.of(B, C), "a"));
    }

    @Test
    void ofTwoThatDiedTogetherEitherMayComeFirst() {
        Lost any = new Lost(true, List.of());
        assertEquals(any, lost(List.of(A, B), List.of(A, B), List.of(C, D), "a"));
        assertEquals(any, lost(List.of(A, B), List.of(A, B), List.of(C, D), "b"));
    }

    @Test
    void oneThatDiedFirstComesAfterThatWhichWentOn() {
        assertEquals(new Lost(true, List.of("b")), lost(List.of(B), List.of(A, B), List.of(C, D), "a"));
        Running again = new Running("b", 2);
        assertEquals(new Lost(true, List.of()), lost(List.of(B), List.of(A, B), List.of(C, D, again), "a"));
    }

    @Test
    void oneThatNeverHadTheSegmentMayJoinUnlessTheEngineWouldMakeItAnewThen() {
        assertEquals(new Lost(true, List.of()), lost(List.of(B), List.of(A, B), List.of(C), "d"));
        Running again = new Running("a", 2);
        assertEquals(new Lost(true, List.of("b")), lost(List.of(B), List.of(A, B), List.of(C, again), "d"));
    }
}
