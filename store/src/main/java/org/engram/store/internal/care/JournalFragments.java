package org.engram.store.internal.care;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.collections.IntHashSet;
import org.engram.store.Criteria;
import org.engram.store.Diagnosis;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.neurons.JournalScan;
import org.engram.store.internal.neurons.JournalWindow;

/**
 * What survives of a journal: every record whose checksum matches, wherever it stands. Checksums cover the store's
 * identity and the record's place, so such a record is genuine. What it says of a key is younger than what stands
 * before it.
 */
final class JournalFragments {

    private final StoreFile journal;
    private final JournalWindow window;
    private final Map<String, JournalEntry.Memorized> live = new LinkedHashMap<>();
    /**
     * The neurons that have a record or are retired. There are no more than the records name, whatever numbers these
     * claim.
     */
    private final IntHashSet known = new IntHashSet();

    private final List<Diagnosis> lost = new ArrayList<>();
    private final List<Diagnosis> notes = new ArrayList<>();
    private long position;
    private long sequence;
    private int neurons;
    private Criteria criteria;
    /** The place where records are missing since the last record that told how many neurons there were. */
    private long gap = -1;

    private JournalFragments(StoreFile journal, Header header) {
        this.journal = journal;
        this.window = JournalWindow.from(journal, header, 0);
        this.criteria = header.criteria();
    }

    /** Reads a journal from its beginning and skips bytes that are no record, up to a limit. */
    static JournalFragments read(StoreFile journal, Header header) {
        JournalFragments fragments = new JournalFragments(journal, header);
        long end = journal.length();
        for (long at = 0; at < Math.min(end, fragments.position + JournalScan.LOOK_AHEAD_BYTES); ) {
            Optional<JournalEntry> entry = fragments.entryAt(at);
            entry.ifPresent(fragments::take);
            at = entry.isPresent() ? fragments.position : at + JournalRecord.ALIGNMENT;
        }
        if (fragments.position < end) {
            fragments.notes.add(Diagnosis.of("journal has no record at its end")
                    .in(journal.path(), fragments.position)
                    .expected("a record", "%s bytes that are no record".formatted(end - fragments.position))
                    .remedy(
                            "they are the remains of an append, or damage that hides what it memorized, and what it forgot or"
                                    + " replaced is live again"));
        }
        return fragments;
    }

    /** The neurons that no surviving record retires, in their order. */
    Collection<JournalEntry.Memorized> live() {
        return live.values();
    }

    /** How many neurons have lost their record, except those known to be retired. */
    int neuronsWithoutRecord() {
        int told = 0;
        for (int neuron : known) {
            told += neuron < neurons ? 1 : 0;
        }
        return neurons - told;
    }

    /** How many neurons there were, as far as records tell. */
    int neurons() {
        return neurons;
    }

    /** The criteria that the last surviving record tells. */
    Criteria criteria() {
        return criteria;
    }

    List<Diagnosis> lost() {
        return lost;
    }

    List<Diagnosis> notes() {
        return notes;
    }

    private Optional<JournalEntry> entryAt(long at) {
        int length = window.committedLength(at);
        if (length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(window.decode(at, length)).filter(JournalFragments::isPossible);
        } catch (JournalRecord.Malformed e) {
            return Optional.empty(); // no writer of this format has written it
        }
    }

    private static boolean isPossible(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Memorized memorized ->
                isNumber(memorized.neuron()) && memorized.retires() < JournalEntry.MAX_NEURONS;
            case JournalEntry.Forgotten forgotten -> isNumber(forgotten.neuron());
            case JournalEntry.Synced synced -> isNumber(synced.neurons());
            case JournalEntry.CriteriaSet set -> isNumber(set.neurons());
            case JournalEntry.BatchBegun batch -> isNumber(batch.neurons());
        };
    }

    private static boolean isNumber(int neuron) {
        return neuron >= 0 && neuron <= JournalEntry.MAX_NEURONS;
    }

    private void take(JournalEntry entry) {
        if (entry.offset() > position || entry.sequence() != sequence + 1) {
            tellGap(entry);
            gap = gap < 0 ? position : gap;
        }
        switch (entry) {
            case JournalEntry.Memorized memorized -> take(memorized);
            case JournalEntry.Forgotten forgotten -> {
                known.add(forgotten.neuron());
                live.remove(text(forgotten.key()));
            }
            case JournalEntry.Synced synced -> countUpTo(synced.neurons());
            case JournalEntry.BatchBegun batch -> countUpTo(batch.neurons());
            case JournalEntry.CriteriaSet set -> {
                countUpTo(set.neurons());
                criteria = set.criteria();
            }
        }
        position = JournalRecord.end(entry);
        sequence = entry.sequence();
    }

    private void take(JournalEntry.Memorized memorized) {
        countUpTo(memorized.neuron());
        neurons = Math.max(neurons, memorized.neuron() + 1);
        known.add(memorized.neuron());
        if (memorized.retires() >= 0) {
            known.add(memorized.retires());
        }
        String key = text(memorized.key());
        live.remove(key); // so that it moves to the end
        live.put(key, memorized);
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    private void tellGap(JournalEntry next) {
        lost.add(Diagnosis.of("records are lost")
                .in(journal.path(), position)
                .expected(
                        "record " + (sequence + 1),
                        "none up to offset %s, where record %s is".formatted(next.offset(), next.sequence()))
                .remedy("damage hides " + (next.sequence() - sequence - 1)));
        if (!live.isEmpty()) {
            notes.add(Diagnosis.of("a pattern may have come back")
                    .in(journal.path(), position)
                    .remedy("what the lost records forgot or replaced of the neurons before them is live again"));
        }
        if (mayHideCriteria(next)) {
            notes.add(Diagnosis.of("criteria may be older ones")
                    .in(journal.path(), position)
                    .remedy("a lost record may have set others, engram calibrate recommends some"));
        }
    }

    /**
     * Whether a lost record may have set criteria. None has if all lost records memorized a neuron, or if there is one
     * and it is so long that it has a key.
     */
    private boolean mayHideCriteria(JournalEntry next) {
        long records = next.sequence() - sequence - 1;
        boolean memorized = gap < 0 && neuronsBefore(next) - neurons == records;
        boolean keyed = records == 1 && next.offset() - position != JournalRecord.HEAD;
        return !memorized && !keyed;
    }

    /** How many neurons there were before a record; -1 where it does not tell. */
    private static long neuronsBefore(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Memorized memorized -> memorized.neuron();
            case JournalEntry.Forgotten _ -> -1;
            case JournalEntry.Synced synced -> synced.neurons();
            case JournalEntry.CriteriaSet set -> set.neurons();
            case JournalEntry.BatchBegun batch -> batch.neurons();
        };
    }

    /** Neurons are numbered one by one: a jump tells which have lost their record. */
    private void countUpTo(int count) {
        if (count > neurons) {
            lost.add(Diagnosis.of("neurons are lost")
                    .in(journal.path(), Math.max(gap, 0))
                    .expected("the records of neurons %s up to %s".formatted(neurons, count - 1), "none")
                    .remedy("their keys are not known"));
            neurons = count;
        }
        gap = -1;
    }
}
