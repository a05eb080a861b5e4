package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.engram.store.Criteria;
import org.engram.store.EngramException;
import org.engram.store.fixture.Entries;
import org.junit.jupiter.api.Test;

/** Which neurons of a table are left of a subset, and how often it is asked. */
class SubsetsTest {

    private final NeuronTable table = new NeuronTable(Path.of("journal"), Criteria.DEFAULT);
    private final Subsets subsets = new Subsets(table);
    private long sequence;

    private void memorize(String... keys) {
        for (String key : keys) {
            table.apply(Entries.memorized(++sequence, table.view().count(), table.find(key), key));
        }
    }

    private static List<Integer> live(NeuronTable.View view) {
        return IntStream.range(0, view.count()).filter(view::isLive).boxed().toList();
    }

    private List<Integer> left(Subset subset) {
        return live(subsets.view(subset, table.view()));
    }

    @Test
    void aTestIsAskedOnceOfEveryNeuronAndFollowsTheTable() {
        List<Integer> asked = new ArrayList<>();
        Subset even = Subset.of(n -> {
            asked.add(n);
            return n % 2 == 0;
        });
        assertEquals(List.of(), left(even));
        memorize("a", "b", "c");
        assertEquals(List.of(0, 2), left(even));
        assertEquals(List.of(0, 1, 2), asked);
        NeuronTable.View three = table.view();
        assertSame(subsets.view(even, three), subsets.view(even, three));
        memorize("d", "a");
        assertEquals(List.of(2, 4), left(even));
        assertEquals(List.of(0, 1, 2, 3, 4), asked);
        table.apply(Entries.forgotten(++sequence, 2, 0, "c"));
        assertEquals(List.of(4), left(even));
        assertEquals(5, asked.size());
        assertEquals(List.of(0, 2), live(subsets.view(even, three)), "as it was before");
        assertEquals(List.of(4), left(even));
        assertEquals(7, asked.size(), "what an older view does not have is asked again");
        assertNull(even.prefix());
        assertNull(even.keys());
    }

    @Test
    void aPrefixLeavesTheKeysThatBeginWithIt() {
        memorize("red/1", "blue", "red/2", "re");
        Subset red = Subset.ofKeysStartingWith("red/");
        assertEquals(List.of(0, 2), left(red));
        assertEquals("red/", red.prefix());
        assertNull(red.keys());
        assertEquals(List.of(0, 1, 2, 3), left(Subset.ofKeysStartingWith("")));
        assertSame(table.view(), subsets.view(Subset.ofKeysStartingWith(""), table.view()));
        assertThrows(EngramException.InvalidKey.class, () -> Subset.ofKeysStartingWith("\uD800"));
    }

    @Test
    void namedKeysAreSoughtInWhatIsPublished() {
        memorize("a", "b", "c");
        Subset named = Subset.ofKeys(List.of("c", "a", "never"));
        assertEquals(List.of(0, 2), left(named));
        assertEquals(Set.of("a", "c", "never"), named.keys());
        assertNull(named.prefix());
        NeuronTable.View before = subsets.view(named, table.view());
        assertSame(before, subsets.view(named, table.view()));
        memorize("a");
        assertEquals(List.of(2, 3), left(named));
        assertNotSame(before, subsets.view(named, table.view()));
        assertEquals(
                "numbers",
                assertThrows(NullPointerException.class, () -> Subset.of(null)).getMessage());
    }
}
