package org.engram.store.internal.neurons;

import java.util.Arrays;
import org.engram.store.internal.format.Checksum;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.IndexHeader;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * A segment of the index while it is made from neighbouring segments, in their order, and from the journal behind them.
 * Not safe for threads.
 */
final class IndexDraft {

    private final Header header;
    private final Lives lives;
    private final KeyHash hash;
    private final long seed0;
    private final long seed1;
    private final long from;
    private final long sequenceBefore;
    private final int first;
    private long until;
    private long sequence;
    private int sync;
    private long[] keys = new long[0];
    private int keyCount;
    private long[] offsets = new long[0];
    private float[] gains = new float[0];
    private int size;
    private int notTwoValued;
    private float common;

    /** A draft that goes on behind a segment of a chain, or begins one; it keeps the keys of the neurons that live. */
    IndexDraft(Header header, Lives lives, @Nullable IndexHeader before, long seed0, long seed1) {
        this.header = header;
        this.lives = lives;
        this.seed0 = seed0;
        this.seed1 = seed1;
        this.hash = new KeyHash.Sip(seed0, seed1);
        this.from = before == null ? 0 : before.until();
        this.sequenceBefore = before == null ? 0 : before.sequence();
        this.first = before == null ? 0 : before.neurons();
        this.until = from;
        this.sequence = sequenceBefore;
    }

    /** Takes in the next segment. */
    void add(IndexSegment segment) {
        IndexHeader part = segment.header();
        makeRoom(part.size());
        for (long key : segment.keys()) {
            if (lives.isLive(IndexHeader.neuronOf(key))) {
                keys[keyCount++] = key;
            }
        }
        long[] more = segment.offsets();
        System.arraycopy(more, 0, offsets, size, more.length);
        segment.gains(gains, size);
        size += more.length;
        notTwoValued += part.notTwoValued();
        common = Gains.common(common, part.common());
        until = part.until();
        sequence = part.sequence();
    }

    /** Takes in the journal up to a SYNC that ends at {@code end}. */
    void add(StoreFile journal, long end) {
        JournalScan scan = new JournalScan(journal, header, until, sequence);
        JournalEntry last = null;
        while (until < end) {
            last = scan.requireNext("a SYNC before %s vouches for it".formatted(end));
            if (last instanceof JournalEntry.Memorized memorized) {
                add(memorized);
            }
            until = JournalRecord.end(last);
            sequence = last.sequence();
        }
        if (last != null) {
            JournalWindow window = JournalWindow.ofOneRecord(journal, header);
            window.committedLength(last.offset());
            sync = window.checksum(last.offset());
        }
    }

    private void add(JournalEntry.Memorized memorized) {
        makeRoom(1);
        if (lives.isLive(memorized.neuron())) {
            keys[keyCount++] = IndexHeader.key(hash.of(memorized.key(), 0, memorized.keyBytes()), memorized.neuron());
        }
        offsets[size] = memorized.offset();
        gains[size] = memorized.twoValued() ? memorized.gain() : -memorized.gain();
        size++;
        notTwoValued += memorized.twoValued() ? 0 : 1;
        common = memorized.twoValued() ? Gains.common(common, memorized.gain()) : common;
    }

    private void makeRoom(int more) {
        if (size + more > offsets.length) {
            int capacity = Math.max(size + more, Capacity.grown(offsets.length));
            offsets = Arrays.copyOf(offsets, capacity);
            gains = Arrays.copyOf(gains, capacity);
            keys = Arrays.copyOf(keys, capacity);
        }
    }

    /** Writes all into a file, puts it in its place at the end, and returns its name. A failure leaves nothing behind. */
    String write(StoreDirectory directory, Indexed.State state) {
        String name = IndexChain.name(from);
        String unfinished = name + StoreDirectory.UNFINISHED;
        directory.remove(unfinished);
        boolean finished = false;
        try {
            try (StoreFile file = directory.create(unfinished)) {
                write(new IndexOutput(file), state);
            }
            directory.putInPlace(name);
            finished = true;
        } finally {
            if (!finished) {
                directory.tryRemove(unfinished);
            }
        }
        return name;
    }

    private void write(IndexOutput output, Indexed.State state) {
        IndexHeader unchecked = new IndexHeader(
                header.uuid(),
                from,
                until,
                sequenceBefore,
                sequence,
                first,
                state.neurons(),
                state.live(),
                keyCount,
                notTwoValued,
                common,
                sync,
                0,
                state.criteria(),
                seed0,
                seed1);
        Arrays.sort(keys, 0, keyCount);
        output.put(keys, keyCount);
        output.put(offsets, size);
        output.put(state.lives(), state.lives().length);
        if (unchecked.hasGains()) {
            output.put(gains, size);
        }
        byte[] table = output.table();
        output.end(table, unchecked.withTable(Checksum.of(table)).encode());
    }
}
