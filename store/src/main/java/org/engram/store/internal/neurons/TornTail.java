package org.engram.store.internal.neurons;

import java.nio.file.Files;
import java.time.Clock;
import java.util.Arrays;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/**
 * The remains of appends behind the last committed record. A writer cuts them off, so that its files are as long as the
 * journal says. Not safe for threads.
 */
final class TornTail {

    /** More than a writer appends between two proofs that it is the only one. */
    static final long FENCE_BYTES = 1 << 20;

    private static final byte[] ONES = {-1, -1, -1, -1, -1, -1, -1, -1};

    private final StoreFiles files;

    TornTail(StoreFiles files) {
        this.files = files;
    }

    /**
     * Keeps aside the remains of more than one append, or batch. They come not from a process that died but from a power loss or from
     * damage. Remains of stripes stay until appends overwrite them. The last committed record ends at the position, in bytes.
     */
    void keep(long position, Clock clock) {
        Tail tail = files.replay().tail();
        long length = files.journal().length();
        StripeFile first = files.stripes().get(0);
        boolean manyStripes =
                first.surplus(files.neurons()) > tail.neurons() * first.layout().stripeBytes();
        if (length - tail.until() > JournalRecord.MAX_LENGTH || (length > position && manyStripes)) {
            keep(position, length - position, clock);
        }
    }

    /** Cuts the remains of one append off the files' ends, durably. */
    void recover(long position) {
        boolean remains = files.journal().length() > position;
        cut(position, files.replay().tail().neurons());
        if (remains) {
            files.journal().force();
        }
    }

    /**
     * Stops an earlier writer that has lost its lock and does not know it. Makes the journal longer than that writer
     * left it, so that its next change fails. Waits {@code changeNs} for the change that it may be in the middle of.
     * Writes far behind the end and cuts nothing, since that writer may append meanwhile.
     */
    void fence(long position, long changeNs) {
        StoreFile journal = files.journal();
        long end = Math.max(journal.length(), position);
        journal.write(end + FENCE_BYTES, ONES, ONES.length);
        Access.awaitChange(changeNs);
        byte[] behind = new byte[ONES.length];
        journal.read(end, behind, 0, behind.length);
        if (Arrays.equals(behind, new byte[ONES.length])) {
            // Nobody appended. The zeros could complete a record that was cut in its padding.
            journal.write(end, ONES, ONES.length);
        }
    }

    /**
     * Spoils what would stand behind a SYNC at the position. The SYNC takes the place of the beginning of a batch. Its
     * other records are whole, and would count as neurons of their own if the power failed before they are cut off.
     */
    void spoil(long position) {
        if (files.journal().length() > position + JournalRecord.HEAD) {
            files.journal().write(position + JournalRecord.HEAD, ONES, ONES.length);
        }
    }

    /**
     * Cuts off what an append has written so far. It was to make this number of neurons. Forces nothing. The journal is
     * cut last, because it tells of a batch.
     */
    void cut(long position, int appended) {
        int neurons = files.neurons();
        for (StripeFile file : files.stripes()) {
            long surplus = file.surplus(neurons);
            if (surplus > 0 && surplus <= appended * file.layout().stripeBytes()) {
                file.file().truncate(file.layout().offsetInFile(neurons));
            }
        }
        if (files.journal().length() > position) {
            files.journal().truncate(position);
        }
    }

    private void keep(long position, long remains, Clock clock) {
        StoreFile journal = files.journal();
        if (remains > JournalScan.LOOK_AHEAD_BYTES) {
            throw new EngramException.Corrupt(Diagnosis.of("journal is damaged")
                    .in(journal.path(), position)
                    .expected(
                            "at most %s bytes behind the last record".formatted(JournalScan.LOOK_AHEAD_BYTES), remains)
                    .remedy("engram salvage makes a store of what is whole"));
        }
        StoreDirectory directory = files.directory();
        String name = freeName(position, clock);
        StoreFile created = directory.create(name);
        try {
            try (StoreFile kept = created) {
                journal.copy(position, journal.length(), kept);
                kept.force();
            }
            directory.force();
        } catch (EngramException e) {
            directory.tryRemove(name);
            throw e;
        }
    }

    private String freeName(long position, Clock clock) {
        long time = clock.millis();
        String name;
        do {
            name = "%s.cut-%s-%s".formatted(StoreDirectory.JOURNAL, position, time++);
        } while (Files.exists(files.directory().resolve(name)));
        return name;
    }
}
