package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.engram.store.Criteria;
import org.engram.store.EngramException;
import org.engram.store.Neuron;
import org.engram.store.fixture.Entries;
import org.engram.store.fixture.Sentences;
import org.engram.store.internal.format.JournalEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The table of neurons, record by record, without a file. */
class NeuronTableTest {

    private static final Path STORE = Path.of("store");

    private final NeuronTable table = new NeuronTable(STORE.resolve("journal"), Criteria.DEFAULT);

    private void memorize(int count) {
        for (int i = 0; i < count; i++) {
            int neuron = table.view().count();
            table.apply(Entries.memorized(neuron + 1, neuron, -1, "k" + neuron));
        }
    }

    private List<String> keys() {
        return table.view().stream().map(Neuron::key).toList();
    }

    private static void assertFails(Class<? extends EngramException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    @Test
    void whatComesBeforeAContradictionIsPublishedWithoutIt() {
        NeuronTable.View before = table.view();
        assertFails(
                EngramException.Corrupt.class,
                "journal is damaged: store/journal: offset 0: expected neuron count 2, found 3; run engram verify, restore it from a copy, or run engram salvage",
                () -> table.apply(List.of(
                        Entries.memorized(1, 0, -1, "a"),
                        Entries.memorized(2, 1, -1, "b"),
                        Entries.synced(3, 3),
                        Entries.memorized(4, 2, -1, "c"))));
        assertEquals(List.of("a", "b"), keys());
        assertEquals(0, before.count());
        table.apply(Entries.memorized(3, 2, -1, "c"));
        assertEquals(List.of("a", "b", "c"), keys());
    }

    @Test
    void everyRecordThatCountsCountsTheNeuronsThatThereAre() {
        memorize(2);
        for (JournalEntry wrong :
                List.of(Entries.synced(3, 1), Entries.batch(3, 3, 1), Entries.criteria(3, 0, Criteria.DEFAULT))) {
            assertThrows(EngramException.Corrupt.class, () -> table.apply(wrong));
        }
        Criteria strict = new Criteria(0.1f, 0.2f, 0.3f, 0.4f);
        table.apply(Entries.criteria(3, 2, strict));
        assertEquals(strict, table.view().criteria());
        table.apply(Entries.memorized(4, 2, -1, true, 2.5f, "gain"));
        assertEquals(2.5f, table.view().gain(2));
    }

    @Test
    void aBatchIsPublishedWholeOrNotAtAll() {
        assertThrows(
                EngramException.Corrupt.class,
                () -> table.apply(List.of(
                        Entries.memorized(1, 0, -1, "a"),
                        Entries.batch(2, 1, 2),
                        Entries.memorized(3, 1, -1, "b"),
                        Entries.memorized(4, 7, -1, "c"))));
        assertEquals(List.of("a"), keys());
        assertEquals(KeyIndex.MISSING, table.find("b"));
        NeuronTable other = new NeuronTable(STORE.resolve("journal"), Criteria.DEFAULT);
        other.apply(
                List.of(Entries.batch(1, 0, 2), Entries.memorized(2, 0, -1, "b"), Entries.memorized(3, 1, -1, "c")));
        assertEquals(2, other.view().count());
        assertEquals(1, other.find("c"));
    }

    @Test
    void aKeyLeadsToItsLiveNeuronThroughReplacementAndForgetting() {
        memorize(2);
        table.apply(Entries.memorized(3, 2, 0, "k0"));
        assertEquals(2, table.find("k0"));
        assertEquals(2, table.requireKnown("k0"));
        table.apply(Entries.forgotten(4, 1, 0, "k1"));
        assertEquals(KeyIndex.MISSING, table.find("k1"));
        assertEquals(1, table.view().live());
        NeuronTable.Found found = table.find(Set.of("k0", "k1", "never"));
        assertEquals(List.of(2), IntStream.of(found.neurons()).boxed().toList());
        assertSame(table.view(), found.view());
        assertFails(
                EngramException.UnknownKey.class,
                "key is unknown: store: expected a key of the store, found \"k1\"; engram ls shows the keys",
                () -> table.requireKnown("k1"));
        assertEquals(2, table.requireLive(2));
        assertFails(
                EngramException.UnknownNeuron.class,
                "neuron is retired: store: expected a live one, found neuron 1, which was forgotten or replaced",
                () -> table.requireLive(1));
    }

    @Test
    void aNumberIsThatOfANeuronFromTheFirstToTheLast() {
        assertFails(
                EngramException.UnknownNeuron.class,
                "neuron is unknown: store: expected none, the store is empty, found 0",
                () -> table.requireNumbered(0));
        memorize(3);
        assertEquals("k0", table.requireNumbered(0).key());
        assertEquals("k2", table.requireNumbered(2).key());
        for (int none : new int[] {-1, 3}) {
            assertFails(
                    EngramException.UnknownNeuron.class,
                    "neuron is unknown: store: expected 0 to 2, found " + none,
                    () -> table.requireNumbered(none));
        }
    }

    @Test
    void roomIsMadeForAsManyAsComeAndSomeMore() {
        table.reserve(64);
        assertEquals(64, table.view().timesMs().length);
        table.reserve(100);
        assertEquals(100, table.view().timesMs().length);
        memorize(100);
        table.reserve(101);
        assertEquals(100 + 50 + 64, table.view().timesMs().length);
        table.reserve(500);
        assertEquals(500, table.view().timesMs().length);
        assertEquals(500, table.view().keys().places().length);
        assertEquals("k99", table.view().key(99));
        memorize(401);
        assertEquals(500 + 250 + 64, table.view().timesMs().length);
    }

    /** A view of this many neurons, as far as compaction is concerned. */
    private String due(int count, int live) {
        NeuronTable.View view = table.view();
        Lives lives = new Lives(count, live, count - live, EarlyLives.NONE, new int[0], null);
        return Sentences.of(
                new NeuronTable.View(view.early(), lives, view.gains(), view.keys(), view.timesMs(), view.criteria())
                        .compactionDue(STORE));
    }

    @Test
    void compactionIsDueFromAThousandRetiredOnIfTheseAreHalf() {
        assertEquals("", due(999, 0));
        assertEquals(
                "compaction is due store: 1000 of 1000 neurons are retired; engram compact makes a store of the live ones",
                due(1000, 0));
        assertEquals("", due(2001, 1001));
        assertEquals(
                "compaction is due store: 1001 of 2002 neurons are retired; engram compact makes a store of the live ones",
                due(2002, 1001));
    }

    @Test
    void ofAViewSomeNeuronsOrAllAreLeft() {
        memorize(64);
        NeuronTable.View all = table.view();
        assertSame(all, all.among(IntStream.range(0, 64).toArray()));
        assertEquals(64, all.places());
        assertEquals(7, all.at(7));
        NeuronTable.View few = all.among(new int[] {5, 9});
        assertEquals(2, few.live());
        assertEquals(2, few.places());
        assertEquals(9, few.at(1));
        assertEquals("5+1 9+1 ", spans(few));
        assertEquals("0+64 ", spans(all));
        NeuronTable.View more = all.among(new int[] {5, 6, 9});
        assertEquals(64, more.places());
        assertEquals(List.of("k5", "k6", "k9"), more.stream().map(Neuron::key).toList());
        assertEquals(
                List.of("k9"),
                all.stream(key -> key.endsWith("9") && key.length() == 2)
                        .map(Neuron::key)
                        .toList());
    }

    private static String spans(NeuronTable.View view) {
        StringBuilder spans = new StringBuilder();
        view.forEachSpan(0, 64, (first, count) -> spans.append(first + "+" + count + " "));
        return spans.toString();
    }
}
