package org.engram.store.internal.neurons;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which neurons there are, retired ones included, and which of them live. For every neuron behind the early ones, {@code retiredBy}
 * has the retirement that ended it, 1 for the first, or 0. The array is shared with later values and only grows: a later retirement
 * than the last of this value may stand there already, and does not count.
 *
 * <p>{@code few} has the live neurons of a subset, ascending, if they are few. Otherwise it is null.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Lives(int count, int live, int retirements, EarlyLives early, int[] retiredBy, int @Nullable [] few) {

    /**
     * One neuron in this many, or less, is few: counting all bits of one neuron costs as much as reading the sketches
     * of this many.
     */
    private static final int FEW = 32;

    private static final int ROOM = 64;

    private static Lives of(int count, int live, int retirements, EarlyLives early, int[] retiredBy) {
        return new Lives(count, live, retirements, early, retiredBy, null);
    }

    static Lives of(Indexed.State early) {
        return of(early.neurons(), early.live(), 0, EarlyLives.of(early.neurons(), early.lives()), new int[ROOM]);
    }

    /** Whether few neurons live. Then it is cheaper to go from one to the next than over all. */
    boolean isFew() {
        return few != null;
    }

    /** How many neurons to go over: as many as there are, or the few that live. */
    int places() {
        return few != null ? few.length : count;
    }

    /** The neuron at a place, ascending. */
    int at(int place) {
        return few != null ? few[place] : place;
    }

    boolean isLive(int neuron) {
        if (few != null) {
            return Arrays.binarySearch(few, neuron) >= 0;
        }
        if (neuron < early.count()) {
            return early.isLive(neuron, retirements);
        }
        int by = retiredBy[neuron - early.count()];
        return by == 0 || by > retirements;
    }

    Lives born() {
        int place = count - early.count();
        Lives roomy = reserved(place < retiredBy.length ? retiredBy.length : Capacity.grown(place));
        return of(count + 1, live + 1, retirements, early, roomy.retiredBy);
    }

    /** A copy with one retirement more, which {@link #end} must give this neuron before the copy is published. */
    Lives retirement(int neuron) {
        if (neuron < early.count()) {
            early.makeRoom(neuron);
        }
        return of(count, live - 1, retirements + 1, early, retiredBy);
    }

    /** Ends a neuron by the last retirement. Allocates nothing, so that it can be the last of all steps. */
    void end(int neuron) {
        if (neuron < early.count()) {
            early.end(neuron, retirements);
        } else {
            retiredBy[neuron - early.count()] = retirements;
        }
    }

    /** A copy with room for this many neurons behind the early ones. */
    Lives reserved(int capacity) {
        return capacity <= retiredBy.length
                ? this
                : of(count, live, retirements, early, Arrays.copyOf(retiredBy, capacity));
    }

    /** A copy in which only these live neurons live. They ascend. */
    Lives among(int[] neurons) {
        if (neurons.length <= count / FEW) {
            return new Lives(count, neurons.length, retirements, early, retiredBy, neurons);
        }
        long[] words = EarlyLives.words(count);
        for (int neuron : neurons) {
            EarlyLives.set(words, neuron);
        }
        return of(count, neurons.length, 0, EarlyLives.of(count, words), new int[0]);
    }

    /** The lives of the first neurons, as if no others were stored. */
    Lives first(int neurons, int liveOfThese) {
        return of(neurons, liveOfThese, retirements, early, retiredBy);
    }

    /** Bit {@code n mod 64} of word {@code n / 64} is set for those that live. */
    long[] words() {
        long[] words = EarlyLives.words(count);
        for (int word = 0; word < words.length; word++) {
            words[word] = word(word);
        }
        return words;
    }

    /** One of {@link #words}. */
    long word(int word) {
        int first = word * Long.SIZE;
        int end = Math.min(count, first + Long.SIZE);
        if (few == null && end <= early.count()) {
            return early.word(word, retirements);
        }
        if (few == null && first >= early.count() && end == first + Long.SIZE && !isAnyRetired(first - early.count())) {
            return -1;
        }
        long live = 0;
        for (int neuron = first; neuron < end; neuron++) {
            live |= isLive(neuron) ? 1L << neuron : 0;
        }
        return live;
    }

    /** Whether any of 64 late neighbours is retired, in this value or a later one. */
    private boolean isAnyRetired(int place) {
        int any = 0;
        for (int i = 0; i < Long.SIZE; i++) {
            any |= retiredBy[place + i];
        }
        return any != 0;
    }

    /** Hands over a range of neurons: all of it, or only the live ones if these are few. Neighbours come together. */
    void forEachSpan(int first, int neurons, Span span) {
        if (few == null) {
            span.over(first, neurons);
            return;
        }
        int end = first + neurons;
        int at = Arrays.binarySearch(few, first);
        int next;
        for (int i = at < 0 ? -1 - at : at; i < few.length && few[i] < end; i = next) {
            next = i + 1;
            while (next < few.length && few[next] < end && few[next] == few[i] + next - i) {
                next++;
            }
            span.over(few[i], next - i);
        }
    }
}
