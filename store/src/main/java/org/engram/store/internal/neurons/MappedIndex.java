package org.engram.store.internal.neurons;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.IndexHeader;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.medium.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * What the segments of an index tell. Each answer about one neuron is read from its record in the journal, which must be whole and
 * of that neuron, so a wrong index is noticed: {@link IndexDamaged}. Safe for any number of threads.
 */
final class MappedIndex implements AutoCloseable {

    private final List<IndexSegment> segments;
    private final Indexed.State state;
    private final KeyHash hash;
    private final MappedRecords journal;
    /** The signed gains by neuron; null before somebody asks. */
    private volatile float @Nullable [] gains;

    /** The neurons that are not two-valued; null before somebody asks. */
    private volatile int @Nullable [] notTwoValued;

    MappedIndex(IndexChain chain, Header header, StoreFile journal) {
        this.segments = chain.segments();
        this.state = chain.state(header, journal);
        IndexHeader first = segments.getFirst().header();
        this.hash = new KeyHash.Sip(first.seed0(), first.seed1());
        this.journal = new MappedRecords(journal, header, state.position());
    }

    Indexed.State state() {
        return state;
    }

    int find(byte[] key, int length) {
        long least = IndexHeader.leastKey(hash.of(key, 0, length));
        for (int i = segments.size() - 1; i >= 0; i--) {
            int found = find(key, length, least, segments.get(i));
            if (found != Indexed.MISSING) {
                return found;
            }
        }
        return Indexed.MISSING;
    }

    private int find(byte[] key, int length, long least, IndexSegment segment) {
        int keys = segment.header().keys();
        for (int place = segment.placeOf(least); place < keys; place++) {
            long candidate = segment.key(place);
            if (IndexHeader.leastKeyLike(candidate) != least) {
                break;
            }
            int neuron = IndexHeader.neuronOf(candidate);
            if (isLive(neuron)) {
                byte[] found = record(neuron, segment).key();
                if (Arrays.equals(found, 0, found.length, key, 0, length)) {
                    return neuron;
                }
            }
        }
        return Indexed.MISSING;
    }

    private boolean isLive(int neuron) {
        return neuron < state.neurons() && (state.lives()[neuron / Long.SIZE] & (1L << neuron)) != 0;
    }

    JournalEntry.Memorized record(int neuron) {
        int i = segments.size() - 1;
        while (neuron < segments.get(i).header().first()) {
            i--;
        }
        return record(neuron, segments.get(i));
    }

    private JournalEntry.Memorized record(int neuron, IndexSegment segment) {
        IndexHeader header = segment.header();
        if (neuron < header.first() || neuron >= header.neurons()) {
            throw new IndexDamaged("neuron %s in a segment of other neurons".formatted(neuron));
        }
        long at = segment.offset(neuron);
        if (journal.read(at) instanceof JournalEntry.Memorized memorized && memorized.neuron() == neuron) {
            return memorized;
        }
        throw new IndexDamaged("no record of neuron %s at %s".formatted(neuron, at));
    }

    String key(int neuron) {
        return new String(record(neuron).key(), StandardCharsets.UTF_8);
    }

    float signedGain(int neuron) {
        float[] known = gains;
        return known != null ? known[neuron] : readGains()[neuron];
    }

    private synchronized float[] readGains() {
        float[] known = gains;
        if (known == null) {
            known = new float[state.neurons()];
            for (IndexSegment segment : segments) {
                segment.gains(known, segment.header().first());
            }
            gains = known;
        }
        return known;
    }

    int notTwoValuedAt(int index) {
        int[] known = notTwoValued;
        return known != null ? known[index] : readOthers()[index];
    }

    private synchronized int[] readOthers() {
        int[] known = notTwoValued;
        if (known == null) {
            known = others(readGains(), state.notTwoValued());
            notTwoValued = known;
        }
        return known;
    }

    private static int[] others(float[] signedGains, int count) {
        int[] found = new int[count];
        int size = 0;
        for (int neuron = 0; neuron < signedGains.length; neuron++) {
            if (signedGains[neuron] < 0) {
                if (size == found.length) {
                    throw new IndexDamaged("more gains below 0 than the %s that it counts".formatted(size));
                }
                found[size++] = neuron;
            }
        }
        if (size < found.length) {
            throw new IndexDamaged("%s gains below 0 for %s".formatted(size, found.length));
        }
        return found;
    }

    @Override
    public void close() {
        journal.close();
    }
}
