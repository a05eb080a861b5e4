package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For whose old files a member waits. */
class OwingTest {

    @TempDir
    Path directory;

    private Owing owing;

    @BeforeEach
    void begin() {
        owing = new Owing("me", directory);
    }

    private static Hello hello(String name, boolean running, boolean owes, String... owing) {
        return new Hello(name, "", "", running, false, owes, "", 1, 1, "", List.of(owing));
    }

    private void hear(List<Hello> others) {
        owing.hear(others, owing.names());
    }

    private void assertAwaits(String... names) {
        assertEquals(List.of(names), List.copyOf(owing.names()));
        assertEquals(names.length == 0, owing.isNone());
        assertEquals(List.of(names), new Owing("me", directory).remembered());
    }

    @Test
    void oneThatIsGoneStaysAwaitedUntilItIsBackAndOwesNothing() {
        owing.addOneOfEach(List.of(List.of("a")));
        hear(List.of(hello("b", true, false, "a")));
        assertAwaits("a");
        hear(List.of(hello("b", true, false, "a"), hello("a", false, false)));
        assertAwaits("a");
        hear(List.of(hello("b", true, false, "a"), hello("a", true, true, "a")));
        assertAwaits("a");
        hear(List.of(hello("b", true, false, "a"), hello("a", true, false, "a")));
        assertAwaits();
    }

    @Test
    void oneThatWasAwayLearnsWhatMostOthersSay() {
        owing.addOneOfEach(List.of(List.of("old")));
        hear(List.of(hello("b", true, false, "new"), hello("c", true, false, "new")));
        assertAwaits("new");
    }

    @Test
    void oneThatStillJoinsSaysNothingForOthers() {
        hear(List.of(hello("b", false, true, "b", "old")));
        assertAwaits();
    }

    @Test
    void thisMemberIsNamedUntilAllOthersHaveHeardThatItHasOffered() {
        owing.begin(List.of("me"), true);
        assertTrue(owing.owes());
        hear(List.of(hello("b", true, false, "me")));
        assertAwaits("me");
        owing.hasOffered();
        assertFalse(owing.owes());
        hear(List.of(hello("b", true, false, "me")));
        assertAwaits("me");
        hear(List.of(hello("b", true, false)));
        assertAwaits();
    }

    @Test
    void aloneOneWaitsForWhomItWaited() {
        owing.addOneOfEach(List.of(List.of("a")));
        hear(List.of());
        assertAwaits("a");
    }

    @Test
    void ofSeveralThatHaveAllOneIsEnough() {
        owing.addOneOfEach(List.of(List.of("b", "a")));
        owing.addOneOfEach(List.of(List.of("c")));
        assertAwaits("a or b", "c");
        hear(List.of(hello("b", true, true, "a or b", "c")));
        assertAwaits("a or b", "b", "c");
        hear(List.of(hello("b", true, false, "a or b", "c")));
        assertAwaits("c");
    }

    @Test
    void oneThatIsNamedAndHasNoFilesOwesNothing() {
        owing.begin(List.of("a", "b or me"), false);
        assertFalse(owing.owes());
        assertAwaits("a");
        owing.begin(List.of("a", "b or me"), true);
        assertTrue(owing.owes());
        assertAwaits("a", "b or me");
    }

    @Test
    void whatIsAddedWhileTheOthersAreAskedStays() {
        owing.addOneOfEach(List.of(List.of("a")));
        owing.hear(List.of(hello("b", true, false), hello("c", true, false)), Set.of());
        assertAwaits("a");
        hear(List.of(hello("b", true, false), hello("c", true, false)));
        assertAwaits();
    }
}
