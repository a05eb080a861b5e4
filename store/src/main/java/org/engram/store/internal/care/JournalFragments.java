package org.engram.store.internal.care;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.store.Criteria;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.neurons.Capacity;
import org.engram.store.internal.neurons.JournalScan;
import org.engram.store.internal.neurons.JournalWindow;

/**
 * What survives of a journal: every record whose checksum matches, wherever it stands. Checksums cover the store's identity
 * and the record's place, so such a record is genuine, and what it says of a key is younger than what stands before it.
 */
final class JournalFragments {

    private final StoreFile journal;
    private final JournalWindow window;
    private final Map<String, JournalEntry> live = new LinkedHashMap<>();
    private final BitSet seen = new BitSet();
    private final BitSet retired = new BitSet();
    private final List<String> lost = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long position;
    private long sequence;
    private int neurons;
    private Criteria criteria;
    /** Where records are missing since the last one that told how many neurons there were. */
    private long gap = -1;

    private JournalFragments(StoreFile journal, Header header) {
        this.journal = journal;
        this.window = JournalWindow.from(journal, header, 0);
        this.criteria = header.criteria();
    }

    /** Reads a journal from its beginning on, and passes over what is no record, but not without end. */
    static JournalFragments read(StoreFile journal, Header header) {
        JournalFragments fragments = new JournalFragments(journal, header);
        long end = journal.length();
        for (long at = 0; at < Math.min(end, fragments.position + JournalScan.LOOK_AHEAD_BYTES); ) {
            JournalEntry entry = fragments.entryAt(at);
            if (entry == null) {
                at += JournalRecord.ALIGNMENT;
            } else {
                fragments.take(entry);
                at = fragments.position;
            }
        }
        if (fragments.position < end) {
            fragments.notes.add(
                    "journal has no record at its end: %s: offset %d: expected a record, found %d bytes of none; they are the remains of an append, or damage that hides what it memorized, and what it forgot or replaced is live again"
                            .formatted(journal.path(), fragments.position, end - fragments.position));
        }
        return fragments;
    }

    /** The neurons that no surviving record retires, in their order. */
    Collection<JournalEntry> live() {
        return live.values();
    }

    /** How many neurons have no record although another tells that they were there, but for those known to be retired. */
    int neuronsWithoutRecord() {
        BitSet missing = new BitSet();
        missing.set(0, neurons);
        missing.andNot(seen);
        missing.andNot(retired);
        return missing.cardinality();
    }

    /** How many neurons there were, as far as records tell. */
    int neurons() {
        return neurons;
    }

    /** When an answer counts as recognised, as the last surviving record tells. */
    Criteria criteria() {
        return criteria;
    }

    List<String> lost() {
        return lost;
    }

    List<String> notes() {
        return notes;
    }

    private JournalEntry entryAt(long at) {
        int length = window.committedLength(at);
        if (length == 0) {
            return null;
        }
        try {
            JournalEntry entry = window.decode(at, length);
            return isNumber(entry.neuron()) && entry.retires() < Capacity.MAX_NEURONS ? entry : null;
        } catch (IllegalArgumentException e) {
            return null; // no writer of this format has written it
        }
    }

    private static boolean isNumber(int neuron) {
        return neuron >= 0 && neuron <= Capacity.MAX_NEURONS;
    }

    private void take(JournalEntry entry) {
        if (entry.offset() > position || entry.sequence() != sequence + 1) {
            tellGap(entry);
            gap = gap < 0 ? position : gap;
        }
        String key = new String(entry.key(), StandardCharsets.UTF_8);
        switch (entry.type()) {
            case MEMORIZE -> {
                countUpTo(entry.neuron());
                neurons = Math.max(neurons, entry.neuron() + 1);
                seen.set(entry.neuron());
                if (entry.retires() >= 0) {
                    retired.set(entry.retires());
                }
                live.remove(key); // so that it moves to the end
                live.put(key, entry);
            }
            case FORGET -> {
                retired.set(entry.neuron());
                live.remove(key);
            }
            case SYNC -> countUpTo(entry.neuron());
            case CRITERIA -> {
                countUpTo(entry.neuron());
                criteria = entry.criteria();
            }
        }
        position = entry.offset() + JournalRecord.length(entry.key().length);
        sequence = entry.sequence();
    }

    private void tellGap(JournalEntry next) {
        lost.add(
                "records are lost: %s: offset %d: expected record %d, found none up to offset %d, where record %d is; damage hides %d"
                        .formatted(
                                journal.path(),
                                position,
                                sequence + 1,
                                next.offset(),
                                next.sequence(),
                                next.sequence() - sequence - 1));
        if (!live.isEmpty()) {
            notes.add(
                    "a pattern may have come back: %s: offset %d: what the lost records forgot or replaced of the neurons before them is live again"
                            .formatted(journal.path(), position));
        }
        if (mayHideCriteria(next)) {
            notes.add(
                    "criteria may be older ones: %s: offset %d: a lost record may have set others; engram calibrate recommends some"
                            .formatted(journal.path(), position));
        }
    }

    /** Not when all lost records memorized a neuron, and not when a single one has a length that only keys give. */
    private boolean mayHideCriteria(JournalEntry next) {
        long records = next.sequence() - sequence - 1;
        boolean memorized = gap < 0 && next.type() != JournalEntry.Type.FORGET && next.neuron() - neurons == records;
        boolean keyed = records == 1 && next.offset() - position != JournalRecord.HEAD;
        return !memorized && !keyed;
    }

    /** Neurons are numbered one by one: a jump tells which have lost their record. */
    private void countUpTo(int count) {
        if (count > neurons) {
            lost.add(
                    "neurons are lost: %s: offset %d: expected the records of neurons %d up to %d, found none; their keys are not known"
                            .formatted(journal.path(), Math.max(gap, 0), neurons, count - 1));
            neurons = count;
        }
        gap = -1;
    }
}
