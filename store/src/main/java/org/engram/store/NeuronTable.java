package org.engram.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Object2IntHashMap;

/**
 * The index of a store, rebuilt from its journal at every opening: neuron to key, key to neuron, which ones live. One
 * thread at a time applies records, any number reads: a {@link View} is what was published last, by one volatile write,
 * and what it shows never changes. The arrays behind it are shared with later views and only grow.
 */
final class NeuronTable {

    /**
     * What readers see.
     *
     * @param count neurons so far, retired ones included
     * @param live neurons that answer
     * @param retirements how many neurons were retired so far
     * @param retiredBy for every neuron the retirement that ended it, 1 for the first; 0 for none. One that came after
     *     this view may stand there already, and does not count.
     */
    @SuppressWarnings("ArrayRecordComponent") // views are never compared
    record View(int count, int live, int retirements, String[] keys, float[] gains, long[] timesMs, int[] retiredBy) {

        boolean isLive(int neuron) {
            int retiredBy = this.retiredBy[neuron];
            return retiredBy == 0 || retiredBy > retirements;
        }

        boolean isBlackAndWhite(int neuron) {
            return !Float.isNaN(gains[neuron]);
        }

        /**
         * Whether a neuron's response tells exactly how many pixels it agrees with: sums of its two-valued weights do not
         * round, because the gain is a power of two, or not by as much as half a pixel, because they are few.
         */
        boolean isCountable(int neuron, Geometry geometry) {
            return isBlackAndWhite(neuron) && (geometry.pixels() < FEW_PIXELS || isPowerOfTwo(gains[neuron]));
        }

        private static boolean isPowerOfTwo(float gain) {
            return gain == Math.scalb(1f, Math.getExponent(gain));
        }

        /** The neurons in their order: those that live, and the retired ones too when asked for. */
        List<Neuron> list(boolean alsoRetired) {
            List<Neuron> list = new ArrayList<>(alsoRetired ? count : live);
            for (int i = 0; i < count; i++) {
                if (alsoRetired || isLive(i)) {
                    list.add(new Neuron(i, keys[i], Instant.ofEpochMilli(timesMs[i]), isBlackAndWhite(i), !isLive(i)));
                }
            }
            return list;
        }
    }

    /** As many as the map of the keys can hold, with room to spare. */
    static final int MAX_NEURONS = 1 << 29;

    /**
     * Below this, adding up R products in 64 lanes errs by less than half a product: R / 64 additions a lane and 6 across
     * lanes, each rounding by 2^-24 of a sum of at most R.
     */
    private static final int FEW_PIXELS = 23_000;

    private static final int MISSING = -1;

    private final Path journal;
    private final Object2IntHashMap<String> byKey = new Object2IntHashMap<>(MISSING);
    private volatile View view = new View(0, 0, 0, new String[64], new float[64], new long[64], new int[64]);

    NeuronTable(Path journal) {
        this.journal = journal;
    }

    View view() {
        return view;
    }

    /** The live neuron of a key, or -1. */
    int find(String key) {
        synchronized (byKey) {
            return byKey.getValue(key);
        }
    }

    /** The live neuron of a key that has to have one. */
    int requireKnown(String key) {
        int neuron = find(key);
        if (neuron == MISSING) {
            throw new EngramException.UnknownKey("key is unknown: %s is not in %s; engram ls shows the keys"
                    .formatted(Keys.quoted(key), journal.getParent()));
        }
        return neuron;
    }

    /** The same neuron, when it is there and answers. */
    int requireLive(int neuron) {
        View now = view;
        if (neuron < 0 || neuron >= now.count) {
            throw new EngramException.UnknownKey("neuron is unknown: %s: expected 0 to %d, found %d"
                    .formatted(journal.getParent(), now.count - 1, neuron));
        }
        if (!now.isLive(neuron)) {
            throw new EngramException.UnknownKey("neuron is retired: %s: neuron %d was forgotten or replaced"
                    .formatted(journal.getParent(), neuron));
        }
        return neuron;
    }

    /**
     * Takes in a committed record and publishes it.
     *
     * @throws EngramException.Corrupt if it contradicts the records before it
     */
    void apply(JournalEntry entry) {
        synchronized (byKey) {
            View now = view;
            switch (entry.type()) {
                case MEMORIZE -> memorize(now, entry);
                case FORGET -> {
                    require(
                            entry,
                            entry.neuron() >= 0 && byKey.getValue(entry.key()) == entry.neuron(),
                            "a live neuron under this key",
                            entry.neuron());
                    byKey.removeKey(entry.key());
                    now.retiredBy[entry.neuron()] = now.retirements + 1;
                    view = new View(
                            now.count,
                            now.live - 1,
                            now.retirements + 1,
                            now.keys,
                            now.gains,
                            now.timesMs,
                            now.retiredBy);
                }
                case SYNC -> require(entry, entry.neuron() == now.count, "neuron count " + now.count, entry.neuron());
            }
        }
    }

    private void memorize(View now, JournalEntry entry) {
        int neuron = now.count;
        int namesake = byKey.getValue(entry.key());
        require(entry, entry.neuron() == neuron, "neuron " + neuron, entry.neuron());
        require(entry, entry.retires() == namesake, "the key's live neuron " + namesake + " retired", entry.retires());
        boolean full = neuron == now.keys.length;
        int capacity = full ? (int) Math.min(MAX_NEURONS, neuron + (neuron >> 1) + 64L) : now.keys.length;
        String[] keys = full ? Arrays.copyOf(now.keys, capacity) : now.keys;
        float[] gains = full ? Arrays.copyOf(now.gains, capacity) : now.gains;
        long[] timesMs = full ? Arrays.copyOf(now.timesMs, capacity) : now.timesMs;
        int[] retiredBy = full ? Arrays.copyOf(now.retiredBy, capacity) : now.retiredBy;
        keys[neuron] = entry.key();
        gains[neuron] = entry.gain();
        timesMs[neuron] = entry.timeMs();
        int replaced = namesake == MISSING ? 0 : 1;
        View next = new View(
                neuron + 1, now.live + 1 - replaced, now.retirements + replaced, keys, gains, timesMs, retiredBy);
        byKey.put(entry.key(), neuron);
        if (replaced == 1) {
            retiredBy[namesake] = next.retirements;
        }
        view = next;
    }

    private void require(JournalEntry entry, boolean holds, String expected, int found) {
        if (!holds) {
            throw new EngramException.Corrupt(
                    "journal is damaged: %s: offset %d: expected %s, found %d; run engram verify, restore from a copy"
                            .formatted(journal, entry.offset(), expected, found));
        }
    }
}
