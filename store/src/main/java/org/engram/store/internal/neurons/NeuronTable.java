package org.engram.store.internal.neurons;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.engram.store.Criteria;
import org.engram.store.EngramException;
import org.engram.store.Neuron;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Keys;

/**
 * The index of a store, rebuilt from its journal at every opening: neuron to key, key to neuron, which ones live. One
 * thread at a time applies records, any number reads: a {@link View} is what was published last, by one volatile write,
 * and what it shows never changes. The arrays behind it are shared with later views and only grow.
 */
public final class NeuronTable {

    /**
     * What readers see.
     *
     * @param count neurons so far, retired ones included
     * @param live neurons that answer
     * @param retirements how many neurons were retired so far
     * @param gains for every neuron of two-valued weights the other value than 0; for any other -g, where {@code v = g w}
     * @param retiredBy for every neuron the retirement that ended it, 1 for the first; 0 for none. One that came after
     *     this view may stand there already, and does not count.
     * @param commonGain the gain of all neurons of two-valued weights; 0 before the first, NaN when they have several
     * @param others how many neurons have other than two-valued weights
     * @param otherNeurons which those are, ascending
     * @param criteria what the journal said last of when an answer counts as recognised; before that, the header
     */
    @SuppressWarnings("ArrayRecordComponent") // views are never compared
    public record View(
            int count,
            int live,
            int retirements,
            KeyList keys,
            float[] gains,
            long[] timesMs,
            int[] retiredBy,
            float commonGain,
            int others,
            int[] otherNeurons,
            Criteria criteria) {

        public String key(int neuron) {
            return keys.get(neuron);
        }

        public boolean isLive(int neuron) {
            int retiredBy = this.retiredBy[neuron];
            return retiredBy == 0 || retiredBy > retirements;
        }

        public boolean isTwoValued(int neuron) {
            return gains[neuron] > 0;
        }

        /** Of two-valued weights the other value than 0; of any other the g of {@code v = g w}. */
        public float gain(int neuron) {
            return Math.abs(gains[neuron]);
        }

        /** A neuron of other than two-valued weights. */
        public int other(int index) {
            return otherNeurons[index];
        }

        /** Whether all neurons of two-valued weights have the same gain, so that deficits rank them. */
        public boolean hasOneGain() {
            return !Float.isNaN(commonGain);
        }

        /** Gives every neuron that is retired, or whose weights are not two-valued, a deficit that keeps it out. */
        public void exclude(int first, int number, int[] deficits, int at, int out) {
            if (others > 0 || live < count) {
                for (int i = 0; i < number; i++) {
                    if (!isLive(first + i) || !isTwoValued(first + i)) {
                        deficits[at + i] = out;
                    }
                }
            }
        }

        /** Makes the responses of retired neurons NaN. */
        public void blankRetired(float[] responses) {
            for (int i = 0; live < count && i < count; i++) {
                responses[i] = isLive(i) ? responses[i] : Float.NaN;
            }
        }

        /** A neuron, live or retired. */
        public Neuron neuron(int i) {
            return new Neuron(i, key(i), Instant.ofEpochMilli(timesMs[i]), isTwoValued(i), !isLive(i));
        }

        /** The live neurons in their order. */
        public Stream<Neuron> stream() {
            return IntStream.range(0, count).filter(this::isLive).mapToObj(this::neuron);
        }
    }

    private final Path journal;
    private final KeyIndex byKey = new KeyIndex(KeyHash.Sip.OF_THIS_PROCESS);
    private volatile View view;

    public NeuronTable(Path journal, Criteria criteria) {
        this.journal = journal;
        this.view =
                new View(0, 0, 0, KeyList.EMPTY, new float[64], new long[64], new int[64], 0, 0, new int[0], criteria);
    }

    public View view() {
        return view;
    }

    /** The live neuron of a key, or -1. */
    public int find(String key) {
        synchronized (byKey) {
            return byKey.find(key);
        }
    }

    /** The live neuron of a key that has to have one. */
    public int requireKnown(String key) {
        int neuron = find(key);
        if (neuron == KeyIndex.MISSING) {
            throw new EngramException.UnknownKey("key is unknown: %s is not in %s; engram ls shows the keys"
                    .formatted(Keys.quoted(key), journal.getParent()));
        }
        return neuron;
    }

    /** A neuron, live or retired. */
    public Neuron requireNumbered(int neuron) {
        return requireNumbered(view, neuron).neuron(neuron);
    }

    private View requireNumbered(View now, int neuron) {
        if (neuron < 0 || neuron >= now.count) {
            String expected = now.count == 0 ? "none, the store is empty" : "0 to " + (now.count - 1);
            throw new EngramException.UnknownNeuron(
                    "neuron is unknown: %s: expected %s, found %d".formatted(journal.getParent(), expected, neuron));
        }
        return now;
    }

    /** The same neuron, when it is there and answers. */
    public int requireLive(int neuron) {
        View now = requireNumbered(view, neuron);
        if (!now.isLive(neuron)) {
            throw new EngramException.UnknownNeuron("neuron is retired: %s: neuron %d was forgotten or replaced"
                    .formatted(journal.getParent(), neuron));
        }
        return neuron;
    }

    /** Takes in a committed record and publishes it, as {@link #apply(List)} does. */
    public void apply(JournalEntry entry) {
        apply(List.of(entry));
    }

    /**
     * Takes in committed records, one after the other, and publishes them together.
     *
     * @throws EngramException.Corrupt if one contradicts those before it, which are then published without it
     */
    public void apply(List<JournalEntry> entries) {
        synchronized (byKey) {
            View now = view;
            long[] hashes = byKey.hashes(entries);
            try {
                for (int i = 0; i < entries.size(); i++) {
                    now = after(now, entries.get(i), hashes[i]);
                }
            } finally {
                view = now;
            }
        }
    }

    private View after(View now, JournalEntry entry, long hash) {
        return switch (entry.type()) {
            case MEMORIZE -> memorized(now, entry, hash);
            case FORGET -> forgotten(now, entry, hash);
            case SYNC -> counted(now, entry);
            case CRITERIA -> judging(counted(now, entry), entry.criteria());
        };
    }

    /** Makes room for so many neurons at once; more when there are some already, so that to do it often costs little. */
    void reserve(int neurons) {
        synchronized (byKey) {
            View now = view;
            if (neurons > now.gains.length) {
                int wanted = now.count == 0 ? neurons : Math.max(neurons, Capacity.grown(now.count));
                int capacity = Math.min(wanted, Capacity.MAX_NEURONS);
                byKey.reserve(capacity);
                view = new View(
                        now.count,
                        now.live,
                        now.retirements,
                        byKey.keys(),
                        Arrays.copyOf(now.gains, capacity),
                        Arrays.copyOf(now.timesMs, capacity),
                        Arrays.copyOf(now.retiredBy, capacity),
                        now.commonGain,
                        now.others,
                        now.otherNeurons,
                        now.criteria);
            }
        }
    }

    private View memorized(View now, JournalEntry entry, long hash) {
        int neuron = now.count;
        KeyList keys = byKey.makeRoom(neuron, entry.key());
        int slot = byKey.slotOf(entry.key(), hash);
        int namesake = byKey.neuronAt(slot);
        if (entry.neuron() != neuron) {
            throw contradiction(entry, "neuron " + neuron, entry.neuron());
        }
        if (entry.retires() != namesake) {
            throw contradiction(entry, "the key's live neuron " + namesake + " retired", entry.retires());
        }
        boolean full = neuron == now.gains.length;
        float[] gains = full ? Arrays.copyOf(now.gains, Capacity.grown(neuron)) : now.gains;
        long[] timesMs = full ? Arrays.copyOf(now.timesMs, Capacity.grown(neuron)) : now.timesMs;
        int[] retiredBy = full ? Arrays.copyOf(now.retiredBy, Capacity.grown(neuron)) : now.retiredBy;
        int replaced = namesake == KeyIndex.MISSING ? 0 : 1;
        View next = new View(
                neuron + 1,
                now.live + 1 - replaced,
                now.retirements + replaced,
                keys,
                gains,
                timesMs,
                retiredBy,
                entry.twoValued() ? commonGain(now.commonGain, entry.gain()) : now.commonGain,
                now.others + (entry.twoValued() ? 0 : 1),
                entry.twoValued() ? now.otherNeurons : withOther(now, neuron),
                now.criteria);
        gains[neuron] = entry.twoValued() ? entry.gain() : -entry.gain();
        timesMs[neuron] = entry.timeMs();
        byKey.put(neuron, entry.key(), hash, slot);
        if (replaced == 1) {
            retiredBy[namesake] = next.retirements;
        }
        return next;
    }

    private static float commonGain(float before, float gain) {
        return before == 0 || before == gain ? gain : Float.NaN;
    }

    private static int[] withOther(View now, int neuron) {
        boolean full = now.others == now.otherNeurons.length;
        int[] others = full ? Arrays.copyOf(now.otherNeurons, now.others + (now.others >> 1) + 8) : now.otherNeurons;
        others[now.others] = neuron;
        return others;
    }

    private View forgotten(View now, JournalEntry entry, long hash) {
        int slot = byKey.slotOf(entry.key(), hash);
        if (entry.neuron() < 0 || byKey.neuronAt(slot) != entry.neuron()) {
            throw contradiction(entry, "a live neuron under this key", entry.neuron());
        }
        View next = new View(
                now.count,
                now.live - 1,
                now.retirements + 1,
                now.keys,
                now.gains,
                now.timesMs,
                now.retiredBy,
                now.commonGain,
                now.others,
                now.otherNeurons,
                now.criteria);
        byKey.remove(slot);
        now.retiredBy[entry.neuron()] = next.retirements;
        return next;
    }

    private View counted(View now, JournalEntry entry) {
        if (entry.neuron() != now.count) {
            throw contradiction(entry, "neuron count " + now.count, entry.neuron());
        }
        return now;
    }

    private static View judging(View now, Criteria criteria) {
        return new View(
                now.count,
                now.live,
                now.retirements,
                now.keys,
                now.gains,
                now.timesMs,
                now.retiredBy,
                now.commonGain,
                now.others,
                now.otherNeurons,
                criteria);
    }

    private EngramException contradiction(JournalEntry entry, String expected, int found) {
        return new EngramException.Corrupt(
                "journal is damaged: %s: offset %d: expected %s, found %d; run engram verify, restore from a copy"
                        .formatted(journal, entry.offset(), expected, found));
    }
}
