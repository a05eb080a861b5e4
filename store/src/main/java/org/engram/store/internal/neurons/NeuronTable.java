package org.engram.store.internal.neurons;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.engram.store.Criteria;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Neuron;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Keys;

/**
 * The neurons of a store: neuron to key, key to neuron, which ones live. The index tells of the first neurons; the
 * others are taken from the journal at every opening. One thread at a time applies records, and any number of threads
 * read. A {@link View} was published by one volatile write, and what it shows never changes. The arrays behind it are
 * shared with later views and only grow.
 */
public final class NeuronTable {

    /**
     * What readers see. The criteria are those that the journal told last; before that, those of the header. Keys and times are those
     * of the neurons behind the indexed ones.
     */
    @SuppressWarnings("ArrayRecordComponent") // views are never compared
    public record View(Indexed early, Lives lives, Gains gains, KeyList keys, long[] timesMs, Criteria criteria) {

        /** A view of these live neurons only, which ascend; this view itself if they are all. */
        View among(int[] neurons) {
            return neurons.length == live()
                    ? this
                    : new View(early, lives.among(neurons), gains.among(neurons), keys, timesMs, criteria);
        }

        /** The view of the first neurons, as if no others were stored. */
        public View first(int neurons) {
            int[] live = IntStream.range(0, neurons).filter(this::isLive).toArray();
            return new View(early, lives.first(neurons, live.length), gains.among(live), keys, timesMs, criteria);
        }

        /** The same view on the heap, which needs no file. */
        View onHeap() {
            Indexed heap = early.onHeap();
            return new View(heap, lives, gains.from(heap), keys, timesMs, criteria);
        }

        /** The state of all these neurons at a SYNC. */
        Indexed.State state(JournalEntry.Synced sync) {
            return new Indexed.State(count(), live(), lives.words(), notTwoValued(), commonGain(), criteria, sync);
        }

        /** How many neurons are known from the index. */
        public int indexed() {
            return gains.earlyCount();
        }

        /** Whether few neurons live. Then it is cheaper to go from one to the next than over all. */
        public boolean isFew() {
            return lives.isFew();
        }

        /** How many neurons to go over: as many as there are, or the few that live. */
        public int places() {
            return lives.places();
        }

        /** The neuron at a place, ascending. */
        public int at(int place) {
            return lives.at(place);
        }

        /** Hands over a range of neurons: all of it, or only the live ones if these are few. Neighbours come together. */
        public void forEachSpan(int first, int count, Span span) {
            lives.forEachSpan(first, count, span);
        }

        /** Neurons so far, retired ones included. */
        public int count() {
            return lives.count();
        }

        public int live() {
            return lives.live();
        }

        /** Advises a compaction if most neurons are retired, and enough of them to cost recall and disk something. */
        public Optional<Diagnosis> compactionDue(Path store) {
            int retired = count() - live();
            return retired >= Math.max(live(), MANY_RETIRED)
                    ? Optional.of(Diagnosis.of("compaction is due")
                            .in(store)
                            .found("%s of %s neurons are retired".formatted(retired, count()))
                            .remedy("engram compact makes a store of the live ones"))
                    : Optional.empty();
        }

        public String key(int neuron) {
            return neuron < indexed() ? early.key(neuron) : keys.get(neuron - indexed());
        }

        boolean keyStartsWith(int neuron, byte[] prefix) {
            return neuron < indexed()
                    ? early.keyStartsWith(neuron, prefix)
                    : keys.startsWith(neuron - indexed(), prefix);
        }

        long timeMs(int neuron) {
            return neuron < indexed() ? early.timeMs(neuron) : timesMs[neuron - indexed()];
        }

        public boolean isLive(int neuron) {
            return lives.isLive(neuron);
        }

        /** Bit {@code n mod 64} is set for those of 64 neighbours that live, from {@code 64 word} on. */
        public long liveWord(int word) {
            return lives.word(word);
        }

        public boolean isTwoValued(int neuron) {
            return gains.isTwoValued(neuron);
        }

        /** The value other than 0 of two-valued weights; for other weights, g of {@code v = g w}. */
        public float gain(int neuron) {
            return gains.of(neuron);
        }

        /** The gain of all neurons of two-valued weights; 0 before the first, NaN when they have several. */
        public float commonGain() {
            return gains.common();
        }

        /** How many neurons have weights that are not two-valued. */
        public int notTwoValued() {
            return gains.notTwoValued();
        }

        /** The neuron whose weights are not two-valued at a place among these. */
        public int notTwoValuedAt(int index) {
            return gains.notTwoValuedAt(index);
        }

        public Neuron neuron(int i) {
            return new Neuron(i, key(i), Instant.ofEpochMilli(timeMs(i)), isTwoValued(i), !isLive(i));
        }

        /** The live neurons in their order, also when the files are closed. */
        public Stream<Neuron> stream() {
            return stream(_ -> true);
        }

        /** The live neurons whose keys are wanted, in their order. */
        public Stream<Neuron> stream(Predicate<String> wanted) {
            View all = onHeap();
            return IntStream.range(0, count())
                    .filter(all::isLive)
                    .filter(neuron -> wanted.test(all.key(neuron)))
                    .mapToObj(all::neuron);
        }
    }

    /** The live neurons of some keys in what was published last, ascending. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(View view, int[] neurons) {}

    private static final int MANY_RETIRED = 1000;

    private final Path journal;
    private final Path store;
    /** How many neurons are indexed. */
    private final int early;
    /** The keys of the neurons behind the indexed ones. Their numbers begin with 0 there. */
    private final KeyIndex byKey = new KeyIndex(KeyHash.Sip.OF_THIS_PROCESS);

    private final byte[] sought = new byte[Keys.MAX_BYTES];
    private volatile View view;

    public NeuronTable(Path journal, Criteria criteria) {
        this(journal, Indexed.nothing(criteria));
    }

    NeuronTable(Path journal, Indexed early) {
        Indexed.State state = early.state();
        this.journal = journal;
        this.store = journal.resolveSibling("");
        this.early = state.neurons();
        this.view = new View(early, Lives.of(state), Gains.of(early), KeyList.EMPTY, new long[64], state.criteria());
    }

    public View view() {
        return view;
    }

    /** The live neuron of a key, or -1. */
    public int find(String key) {
        synchronized (byKey) {
            int length = Keys.encode(key, sought);
            return length < 0 ? KeyIndex.MISSING : find(sought, length);
        }
    }

    int find(byte[] key, int length) {
        synchronized (byKey) {
            int neuron = find(byKey.slotOf(key, length), key, length, view);
            // An Error in the middle of a record may have left a neuron in the index that was never published.
            return neuron < view.count() ? neuron : KeyIndex.MISSING;
        }
    }

    /** The live neuron of a key with its slot, or -1. */
    private int find(int slot, byte[] key, int length, View now) {
        int late = byKey.neuronAt(slot);
        if (late != KeyIndex.MISSING) {
            return early + late;
        }
        int neuron = now.early.find(key, length);
        return neuron != Indexed.MISSING && now.isLive(neuron) ? neuron : KeyIndex.MISSING;
    }

    /** Finds the neurons of several keys. No change comes between one key and the next. */
    Found find(Set<String> keys) {
        synchronized (byKey) {
            View now = view;
            int[] neurons = keys.stream()
                    .mapToInt(this::find)
                    .filter(neuron -> neuron != KeyIndex.MISSING)
                    .sorted()
                    .toArray();
            return new Found(now, neurons);
        }
    }

    /** The live neuron of a key; an error when the key has none. */
    public int requireKnown(String key) {
        int neuron = find(key);
        if (neuron == KeyIndex.MISSING) {
            Diagnosis unknown =
                    Diagnosis.of("key is unknown").in(store).expected("a key of the store", Keys.quoted(key));
            throw new EngramException.UnknownKey(key, unknown.remedy("engram ls shows the keys"));
        }
        return neuron;
    }

    /** A neuron, live or retired; an error when there is none of that number. */
    public Neuron requireNumbered(int neuron) {
        return requireNumbered(view, neuron).neuron(neuron);
    }

    private View requireNumbered(View now, int neuron) {
        if (neuron < 0 || neuron >= now.count()) {
            String expected = now.count() == 0 ? "none, the store is empty" : "0 to " + (now.count() - 1);
            throw unknown(neuron, "neuron is unknown", expected, neuron);
        }
        return now;
    }

    private EngramException unknown(int neuron, String what, String expected, Object found) {
        return new EngramException.UnknownNeuron(
                neuron, Diagnosis.of(what).in(store).expected(expected, found));
    }

    /** The number that was given; an error unless its neuron exists and is live. */
    public int requireLive(int neuron) {
        View now = requireNumbered(view, neuron);
        if (!now.isLive(neuron)) {
            String found = "neuron %s, which was forgotten or replaced".formatted(neuron);
            throw unknown(neuron, "neuron is retired", "a live one", found);
        }
        return neuron;
    }

    public void apply(JournalEntry entry) {
        apply(List.of(entry));
    }

    /**
     * Takes in committed records, one after the other, and publishes them together. If a record contradicts those
     * before it, those are published without it and without its batch, and an error follows. A batch is given whole, or
     * record by record to a table that nobody reads meanwhile.
     */
    public void apply(List<JournalEntry> entries) {
        synchronized (byKey) {
            View now = view;
            View whole = now;
            long[] hashes = byKey.hashes(entries);
            int wanted = 0;
            try {
                for (int i = 0; i < entries.size(); i++) {
                    JournalEntry entry = entries.get(i);
                    now = after(now, entry, hashes[i]);
                    wanted = entry instanceof JournalEntry.BatchBegun batch ? batch.size() : wanted - 1;
                    whole = wanted <= 0 ? now : whole;
                }
            } finally {
                view = whole;
            }
        }
    }

    private View after(View now, JournalEntry entry, long hash) {
        return switch (entry) {
            case JournalEntry.Memorized memorized -> memorized(now, memorized, hash);
            case JournalEntry.Forgotten forgotten -> forgotten(now, forgotten, hash);
            case JournalEntry.Synced synced -> {
                requireCount(now, synced, synced.neurons());
                yield now;
            }
            case JournalEntry.BatchBegun batch -> {
                requireCount(now, batch, batch.neurons());
                yield now;
            }
            case JournalEntry.CriteriaSet set -> {
                requireCount(now, set, set.neurons());
                yield new View(now.early, now.lives, now.gains, now.keys, now.timesMs, set.criteria());
            }
        };
    }

    /** Makes room for this number of neurons; for more when there are some already, so that frequent calls cost little. */
    public void reserve(int neurons) {
        synchronized (byKey) {
            View now = view;
            int late = neurons - early;
            if (late > now.timesMs.length) {
                int there = now.count() - early;
                int wanted = there == 0 ? late : Math.max(late, Capacity.grown(there));
                int capacity = Math.min(wanted, JournalEntry.MAX_NEURONS);
                byKey.reserve(capacity);
                view = new View(
                        now.early,
                        now.lives.reserved(capacity),
                        now.gains.reserved(capacity),
                        byKey.keys(),
                        Arrays.copyOf(now.timesMs, capacity),
                        now.criteria);
            }
        }
    }

    private View memorized(View now, JournalEntry.Memorized entry, long hash) {
        int neuron = now.count();
        int late = neuron - early;
        KeyList keys = byKey.makeRoom(late, entry.key());
        int slot = byKey.slotOf(entry.key(), entry.keyBytes(), hash);
        int namesake = find(slot, entry.key(), entry.keyBytes(), now);
        if (entry.neuron() != neuron) {
            throw contradiction(entry, "neuron " + neuron, entry.neuron());
        }
        if (entry.retires() != namesake) {
            throw contradiction(entry, "the key's live neuron " + namesake + " retired", entry.retires());
        }
        // All that may fail for want of memory comes first; what cannot be taken back comes last.
        Gains gains = now.gains.with(neuron, entry.twoValued(), entry.gain());
        long[] timesMs = late < now.timesMs.length ? now.timesMs : Arrays.copyOf(now.timesMs, Capacity.grown(late));
        timesMs[late] = entry.timeMs();
        Lives born = now.lives.born();
        Lives lives = namesake == KeyIndex.MISSING ? born : born.retirement(namesake);
        View next = new View(now.early, lives, gains, keys, timesMs, now.criteria);
        byKey.put(late, entry.key(), hash, slot);
        if (namesake != KeyIndex.MISSING) {
            lives.end(namesake);
        }
        return next;
    }

    private View forgotten(View now, JournalEntry.Forgotten entry, long hash) {
        int slot = byKey.slotOf(entry.key(), entry.keyBytes(), hash);
        if (entry.neuron() < 0 || find(slot, entry.key(), entry.keyBytes(), now) != entry.neuron()) {
            throw contradiction(entry, "a live neuron under this key", entry.neuron());
        }
        Lives lives = now.lives.retirement(entry.neuron());
        View next = new View(now.early, lives, now.gains, now.keys, now.timesMs, now.criteria);
        if (entry.neuron() >= early) {
            byKey.remove(slot);
        }
        lives.end(entry.neuron());
        return next;
    }

    private void requireCount(View now, JournalEntry entry, int neurons) {
        if (neurons != now.count()) {
            throw contradiction(entry, "neuron count " + now.count(), neurons);
        }
    }

    private EngramException contradiction(JournalEntry entry, String expected, int found) {
        return new EngramException.Corrupt(Diagnosis.of("journal is damaged")
                .in(journal, entry.offset())
                .expected(expected, found)
                .remedy(JournalScan.REMEDY));
    }
}
