package org.engram.store.internal.neurons;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.engram.store.Diagnosis;
import org.engram.store.StoreReport;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.IndexHeader;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/**
 * The segments of an index that are believed, from the beginning of the journal on. Each begins where the one before
 * ends. A segment is believed if it is of this store, is as it was written, and ends with a SYNC that the journal has.
 * Writes nothing.
 */
final class IndexChain implements AutoCloseable {

    /** What the names of all segments begin with. The rest is where the segment begins in the journal. */
    static final String PREFIX = "index-";

    private static final String REMEDY =
            "the journal is read instead; remove all files index-*, and a writer makes them anew";

    private final List<IndexSegment> segments = new ArrayList<>();
    private final Resources resources = new Resources();
    private Optional<Diagnosis> fault = Optional.empty();
    private StoreReport.Index state = StoreReport.Index.ABSENT;

    private IndexChain() {}

    /** Opens what there is; without any segment that is believed it is empty. */
    static IndexChain open(StoreDirectory directory, Header header, StoreFile journal) {
        IndexChain chain = new IndexChain();
        try {
            chain.openAll(directory, header, JournalWindow.ofOneRecord(journal, header));
            return chain;
        } catch (RuntimeException | Error e) {
            chain.resources.closeAfter(e);
            throw e;
        }
    }

    private void openAll(StoreDirectory directory, Header header, JournalWindow journal) {
        // A writer may replace or remove a segment between two looks; only what is wrong twice is wrong.
        for (int wrong = 0; wrong < 2 && directory.has(name(until())); ) {
            fault = openNext(directory, name(until()), header, journal);
            state = fault.isEmpty() ? StoreReport.Index.VALID : state;
            wrong = fault.isEmpty() ? 0 : wrong + 1;
        }
        if (fault.isPresent() && !directory.has(name(until()))) {
            fault = Optional.empty();
            state = segments.isEmpty() ? StoreReport.Index.ABSENT : StoreReport.Index.VALID;
        }
    }

    /** Takes in a segment. If it is not believed, returns what is wrong with it. */
    private Optional<Diagnosis> openNext(StoreDirectory directory, String name, Header header, JournalWindow journal) {
        IndexSegment segment;
        try {
            segment = IndexSegment.open(directory, name);
        } catch (IndexDamaged e) {
            state = StoreReport.Index.DAMAGED;
            return Optional.of(damaged(directory, name, e));
        }
        resources.add(segment::close);
        journal.refresh();
        boolean follows = goesOn(segment.header(), header)
                && segment.header().until() <= journal.journal().length();
        if (follows && sync(segment.header(), journal).isPresent()) {
            segments.add(segment);
            return Optional.empty();
        }
        state = StoreReport.Index.STALE;
        return Optional.of(Diagnosis.of("index is stale")
                .in(directory.resolve(name))
                .expected("a segment of this journal", "one of another")
                .remedy(REMEDY));
    }

    /** What is wrong with a segment. */
    static Diagnosis damaged(StoreDirectory directory, String name, IndexDamaged why) {
        return why.diagnosis().in(directory.resolve(name)).remedy(REMEDY);
    }

    private boolean goesOn(IndexHeader next, Header header) {
        boolean follows = segments.isEmpty()
                ? next.sequenceBefore() == 0 && next.first() == 0
                : next.sequenceBefore() == sequence() && next.first() == last().neurons() && hasSeedOf(last(), next);
        return follows && next.from() == until() && next.store().equals(header.uuid());
    }

    private static boolean hasSeedOf(IndexHeader one, IndexHeader other) {
        return one.seed0() == other.seed0() && one.seed1() == other.seed1();
    }

    /** The SYNC that a segment ends with, unless the journal has another record there. */
    private static Optional<JournalEntry.Synced> sync(IndexHeader header, JournalWindow journal) {
        long at = header.until() - JournalRecord.HEAD;
        try {
            return journal.isSync(at)
                            && journal.checksum(at) == header.sync()
                            && journal.decode(at, JournalRecord.HEAD) instanceof JournalEntry.Synced synced
                            && synced.sequence() == header.sequence()
                            && synced.neurons() == header.neurons()
                    ? Optional.of(synced)
                    : Optional.empty();
        } catch (JournalRecord.Malformed e) {
            return Optional.empty();
        }
    }

    static String name(long from) {
        return PREFIX + from;
    }

    List<IndexSegment> segments() {
        return segments;
    }

    private IndexHeader last() {
        return segments.getLast().header();
    }

    /** Where the last segment ends in the journal, in bytes; 0 without one. */
    long until() {
        return segments.isEmpty() ? 0 : last().until();
    }

    /** The sequence of its last record; 0 without one. */
    long sequence() {
        return segments.isEmpty() ? 0 : last().sequence();
    }

    /** Why the first segment that is not believed is not; empty when all are believed. */
    Optional<Diagnosis> fault() {
        return fault;
    }

    StoreReport.Index state() {
        return state;
    }

    /** What the segments tell of all neurons together; an {@link IndexDamaged} when they contradict themselves. */
    Indexed.State state(Header header, StoreFile journal) {
        IndexHeader last = last();
        long[] lives = segments.getLast().lives();
        long live = 0;
        for (long word : lives) {
            live += Long.bitCount(word);
        }
        boolean surplus = last.neurons() % Long.SIZE != 0 && lives[lives.length - 1] >>> last.neurons() != 0;
        if (live != last.live() || surplus) {
            throw new IndexDamaged("%s live neurons for %s".formatted(live, last.live()));
        }
        int notTwoValued = 0;
        float common = 0;
        for (IndexSegment segment : segments) {
            notTwoValued += segment.header().notTwoValued();
            common = Gains.common(common, segment.header().common());
        }
        JournalEntry.Synced sync = sync(last, JournalWindow.ofOneRecord(journal, header))
                .orElseThrow(() -> new IndexDamaged("a journal that has changed"));
        return new Indexed.State(last.neurons(), last.live(), lives, notTwoValued, common, last.criteria(), sync);
    }

    @Override
    public void close() {
        resources.close();
    }
}
