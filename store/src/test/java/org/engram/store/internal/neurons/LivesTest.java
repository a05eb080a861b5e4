package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.engram.store.Criteria;
import org.engram.store.internal.format.JournalEntry;
import org.junit.jupiter.api.Test;

/** Which neurons live, against a set of them; an earlier value shows what it showed. */
class LivesTest {

    /** The first neurons of a store, of which some lived. */
    private static Lives early(int count, BitSet lived) {
        long[] words = EarlyLives.words(count);
        lived.stream().forEach(neuron -> EarlyLives.set(words, neuron));
        return Lives.of(new Indexed.State(
                count, lived.cardinality(), words, 0, 0, Criteria.DEFAULT, new JournalEntry.Synced(0, 1, 0, count)));
    }

    private static BitSet random(int count, long seed) {
        Random random = new Random(seed);
        BitSet set = new BitSet();
        for (int i = 0; i < count; i++) {
            set.set(i, random.nextBoolean());
        }
        return set;
    }

    private static void assertShows(BitSet live, int count, Lives lives) {
        assertEquals(count, lives.count());
        assertEquals(live.cardinality(), lives.live());
        for (int neuron = 0; neuron < count; neuron++) {
            assertEquals(live.get(neuron), lives.isLive(neuron), "neuron " + neuron);
        }
        long[] words = lives.words();
        assertEquals((count + 63) / 64, words.length);
        assertEquals(live, BitSet.valueOf(words));
    }

    @Test
    void everyValueShowsWhatLivedThenWhateverComesAfterIt() {
        for (int early : new int[] {0, 1, 64, 255, 256, 257, 600}) {
            BitSet live = random(early, early);
            Lives lives = early(early, live);
            int count = early;
            Random random = new Random(early);
            List<Lives> values = new ArrayList<>();
            List<BitSet> sets = new ArrayList<>();
            for (int step = 0; step < 300; step++) {
                if (live.isEmpty() || random.nextInt(3) > 0) {
                    lives = lives.born();
                    live.set(count++);
                } else {
                    int neuron = live.nextSetBit(random.nextInt(live.length()));
                    Lives next = lives.retirement(neuron);
                    assertEquals(true, lives.isLive(neuron));
                    next.end(neuron);
                    assertEquals(true, lives.isLive(neuron), "in the value before");
                    lives = next;
                    live.clear(neuron);
                }
                values.add(lives);
                sets.add((BitSet) live.clone());
            }
            for (int step = 0; step < values.size(); step++) {
                assertShows(sets.get(step), values.get(step).count(), values.get(step));
            }
        }
    }

    @Test
    void roomIsMadeOnlyWhereThereIsTooLittle() {
        Lives lives = early(3, random(3, 1));
        assertSame(lives, lives.reserved(64));
        assertEquals(65, lives.reserved(65).retiredBy().length);
        Lives roomy = lives.reserved(65);
        for (int i = 0; i < 65; i++) {
            roomy = roomy.born();
        }
        assertEquals(65, roomy.retiredBy().length);
        assertEquals(65 + 32 + 64, roomy.born().retiredBy().length);
    }

    private static int[] numbers(BitSet set) {
        return set.stream().toArray();
    }

    @Test
    void ofASubsetOnlyItsNeuronsLive() {
        BitSet some = new BitSet();
        some.set(3);
        some.set(95);
        BitSet all = new BitSet();
        all.set(0, 96);
        Lives lives = early(40, all.get(0, 40));
        for (int i = 40; i < 96; i++) {
            lives = lives.born();
        }
        assertShows(all, 96, lives);
        // one in 32 of 96 neurons
        some.set(50);
        Lives few = lives.among(numbers(some));
        assertNotNull(few.few());
        some.stream().forEach(neuron -> assertEquals(true, few.isLive(neuron)));
        assertEquals(false, few.isLive(0));
        assertEquals(false, few.isLive(51));
        assertEquals(3, few.live());
        some.set(51);
        Lives many = lives.among(numbers(some));
        assertNull(many.few());
        assertShows(some, 96, many);
    }

    @Test
    void fewAreHandedOverInRunsOfNeighbours() {
        Lives lives = early(0, new BitSet());
        for (int i = 0; i < 1000; i++) {
            lives = lives.born();
        }
        Lives few = lives.among(new int[] {2, 3, 4, 7, 9, 10, 500});
        assertEquals("2+3 7+1 9+2 500+1 ", spans(few, 0, 1000));
        assertEquals("3+2 7+1 9+1 ", spans(few, 3, 10));
        assertEquals("9+2 ", spans(few, 8, 500));
        assertEquals("9+2 500+1 ", spans(few, 8, 501));
        assertEquals("", spans(few, 5, 7));
        assertEquals("", spans(few, 501, 1000));
        assertEquals("2+1 ", spans(few, 2, 3));
        assertEquals("", spans(lives.among(new int[0]), 0, 1000));
    }

    private static String spans(Lives few, int first, int end) {
        StringBuilder spans = new StringBuilder();
        few.forEachSpan(first, end - first, (from, count) -> spans.append(from + "+" + count + " "));
        return spans.toString();
    }

    @Test
    void anEndingNeedsItsPageAlone() {
        EarlyLives early = EarlyLives.of(512, new long[] {-1, 0, 0, 0, -1, 0, 0, -1});
        assertEquals(2, early.endings().length);
        early.makeRoom(256);
        assertNull(early.endings()[0]);
        assertEquals(256, early.endings()[1].length);
        int[] page = early.endings()[1];
        early.end(511, 2);
        early.makeRoom(511);
        assertSame(page, early.endings()[1]);
        assertEquals(true, early.isLive(511, 1));
        assertEquals(false, early.isLive(511, 2));
        assertEquals(true, early.isLive(63, 9));
        assertEquals(false, early.isLive(64, 0));
        assertEquals(-1, early.word(7, 1));
        assertEquals(Long.MAX_VALUE, early.word(7, 2));
        assertEquals(0, early.word(6, 2));
        assertEquals(-1, early.word(0, 2));
        assertEquals(0, EarlyLives.of(0, new long[0]).endings().length);
        assertEquals(1, EarlyLives.of(256, new long[4]).endings().length);
        assertEquals(2, EarlyLives.of(257, new long[5]).endings().length);
    }
}
