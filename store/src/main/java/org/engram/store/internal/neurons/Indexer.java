package org.engram.store.internal.neurons;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.engram.store.EngramException;
import org.engram.store.internal.format.IndexHeader;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;

/**
 * Makes the index of a store for its writer. A new segment tells of the journal behind the last segment, and takes in
 * the segments before it that are at most four times as long, so that segments stay few. A failure is logged, and costs
 * later openings time, no more. Not safe for threads.
 */
public final class Indexer {

    private static final System.Logger LOG = System.getLogger(Indexer.class.getPackageName());

    /** A smaller number writes each entry again more often. A larger number makes a search look into more segments. */
    private static final int LONGER = 4;

    /**
     * The index waits for one record in this many neurons: each segment tells which of all neurons live, however few
     * are its own.
     */
    private static final int NEURONS_A_RECORD = 256;

    private final StoreFiles files;
    private final int after;
    /** The sequence of the last record that is indexed, or that could not be. */
    private long sequence;
    /** Whether an index that was wrong was replaced. */
    private boolean replaced;

    public Indexer(StoreFiles files, int after) {
        this.files = files;
        this.after = after;
        this.sequence = files.indexed().state().sync().sequence();
    }

    /** Indexes the journal up to its last record, a SYNC of a sequence that ends at {@code end}, if that pays. */
    void indexIfDue(long end, long last) {
        boolean anew = !replaced && !files.indexed().isBelieved();
        if (!anew && last - sequence < Math.max(after, files.neurons() / NEURONS_A_RECORD)) {
            return;
        }
        sequence = last;
        try {
            // The names of segments lead to another store if this one was moved.
            files.journal().requireCurrent();
            index(end, last, anew);
            replaced |= anew;
        } catch (EngramException e) {
            LOG.log(System.Logger.Level.WARNING, "index of {0} was not made: {1}", files.directory(), e.getMessage());
        }
    }

    private void index(long end, long last, boolean anew) {
        List<String> names = new ArrayList<>();
        try (IndexChain chain = IndexChain.open(files.directory(), files.header(), files.journal())) {
            names.addAll(write(anew ? List.of() : chain.segments(), end, last));
        } catch (IndexDamaged | InternalError e) {
            LOG.log(System.Logger.Level.INFO, "index of {0} is made anew: {1}", files.directory(), e.getMessage());
            names.addAll(write(List.of(), end, last));
        }
        IndexCheck.names(files.directory()).stream()
                .filter(name -> !names.contains(name))
                .forEach(files.directory()::remove);
    }

    /** Writes what is not in the segments, and takes in the last ones; returns the names of all that there are then. */
    private List<String> write(List<IndexSegment> segments, long end, long last) {
        int kept = segments.size();
        while (kept > 0 && isShort(segments.get(kept - 1).header(), last)) {
            kept--;
        }
        IndexHeader before = kept == 0 ? null : segments.get(kept - 1).header();
        SplittableRandom random = random(end);
        boolean none = segments.isEmpty();
        long seed0 = none ? random.nextLong() : segments.getFirst().header().seed0();
        long seed1 = none ? random.nextLong() : segments.getFirst().header().seed1();
        NeuronTable.View view = files.table().view();
        IndexDraft draft = new IndexDraft(files.header(), view.lives(), before, seed0, seed1);
        segments.subList(kept, segments.size()).forEach(draft::add);
        draft.add(files.journal(), end);
        List<String> names = new ArrayList<>();
        segments.subList(0, kept)
                .forEach(segment -> names.add(IndexChain.name(segment.header().from())));
        names.add(draft.write(files.directory(), view.state(new JournalEntry.Synced(0, last, 0, view.count()))));
        return names;
    }

    /** The time of the SYNC that ends here was not known when keys were chosen, so no choice of keys makes them collide. */
    private SplittableRandom random(long end) {
        JournalWindow window = JournalWindow.ofOneRecord(files.journal(), files.header());
        window.committedLength(end - JournalRecord.HEAD);
        UUID store = files.header().uuid();
        long drawn = (long) window.checksum(end - JournalRecord.HEAD) << Integer.SIZE;
        return new SplittableRandom(store.getMostSignificantBits() ^ store.getLeastSignificantBits() ^ drawn);
    }

    /** Whether a segment is at most {@link #LONGER} times as long as all that is behind it. */
    private static boolean isShort(IndexHeader header, long last) {
        return header.records() <= LONGER * (last - header.sequence());
    }
}
