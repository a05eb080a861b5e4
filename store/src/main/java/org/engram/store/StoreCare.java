package org.engram.store;

import java.nio.file.Path;
import java.util.Optional;
import org.engram.store.internal.care.Compactor;
import org.engram.store.internal.care.Copier;
import org.engram.store.internal.care.Differ;
import org.engram.store.internal.care.Inspector;
import org.engram.store.internal.care.Rebuilder;
import org.engram.store.internal.care.Salvager;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.WriterLock;

/**
 * The care of whole stores: verify, copy, compact, diff, rebuild and salvage. None of them opens a store for recall. Only
 * {@link #rebuild} writes to its store, and takes the writer's lock. The others work without a lock beside a live writer;
 * only {@link #salvage} needs a store that nobody writes. Safe for any number of threads.
 *
 * <p>A {@link Progress} that throws ends the work: what it throws reaches the caller, and nothing is left half-made.
 */
public final class StoreCare {

    private StoreCare() {}

    /** Reads header and journal and compares the sizes of the files with them.
     * @param directory a store
     * @return what was found
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if the header is damaged */
    public static StoreReport inspect(Path directory) {
        return Inspector.verify(StoreDirectory.onDisk(directory), VerifyLevel.STRUCTURE, (done, total) -> {});
    }

    /** Does what {@link #inspect} does, and compares every stripe, also of retired neurons, with its checksum.
     * @param directory a store
     * @param progress told after every neuron
     * @return what was found
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if the header is damaged */
    public static StoreReport verify(Path directory, Progress progress) {
        return Inspector.verify(StoreDirectory.onDisk(directory), VerifyLevel.CHECKSUMS, progress);
    }

    /** Does what {@link #inspect} does, at the level asked for.
     * @param directory a store
     * @param level how closely to look
     * @param progress told after every neuron; never with {@link VerifyLevel#STRUCTURE}
     * @return what was found
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if the header is damaged */
    public static StoreReport verify(Path directory, VerifyLevel level, Progress progress) {
        return Inspector.verify(StoreDirectory.onDisk(directory), level, progress);
    }

    /** Tells who writes. It takes the lock for some microseconds, and writes nothing.
     * @param directory a store
     * @return the process that has the store open for writing
     * @throws EngramException.IoFailure if the lock cannot be asked */
    public static Optional<Writer> writer(Path directory) {
        return WriterLock.writer(StoreDirectory.onDisk(directory).path());
    }

    /**
     * Copies header, journal and neurons, each neuron compared with its checksums on the way. The copy is the same store:
     * same identity, same numbers of neurons.
     * @param store a store; nothing is written to it
     * @param target an empty directory outside it, or one that is not there yet; the result is there completely, or not at all
     * @param progress told after every neuron
     * @return how much was copied
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if it is damaged
     * @throws EngramException.AlreadyExists if the target holds anything, or lies within the store
     * @throws EngramException.IoFailure if the target cannot be written; nothing is left of it then */
    public static CopyReport copy(Path store, Path target, Progress progress) {
        return Copier.copy(store, StoreDirectory.onDisk(target), progress);
    }

    /**
     * Makes a store of the neurons that lived when the compaction began, numbered anew in their order. Keys, times, gains
     * and weights stay as they are, bit for bit; so do geometry, rule and criteria. The identity is a new one.
     * @param store a store; nothing is written to it
     * @param target an empty directory outside it, or one that is not there yet; the result is there completely, or not at all
     * @param layout what the new store keeps of every neuron
     * @param progress told after every live neuron
     * @return how much that was
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if it is damaged
     * @throws EngramException.InvalidPattern if the layout cannot hold a live neuron: PACKED one that is not two-valued
     * @throws EngramException.AlreadyExists if the target holds anything, or lies within the store
     * @throws EngramException.IoFailure if the target cannot be written; nothing is left of it then */
    public static CompactionReport compact(Path store, Path target, Layout layout, Progress progress) {
        return Compactor.compact(store, StoreDirectory.onDisk(target), Optional.of(layout), progress);
    }

    /** Does what {@link #compact(Path, Path, Layout, Progress)} does, in the layout of the old store.
     * @param store a store; nothing is written to it
     * @param target an empty directory outside it, or one that is not there yet; the result is there completely, or not at all
     * @param progress told after every live neuron
     * @return how much that was */
    public static CompactionReport compact(Path store, Path target, Progress progress) {
        return Compactor.compact(store, StoreDirectory.onDisk(target), Optional.empty(), progress);
    }

    /** Compares what both have committed when the comparison begins, without a lock and beside live writers. With
     * different geometries every common key has changed.
     * @param first a store
     * @param second another store
     * @param progress told after every live neuron of the first
     * @return the differences
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote one
     * @throws EngramException.Corrupt if one is damaged */
    public static StoreDifference diff(Path first, Path second, Progress progress) {
        return Differ.diff(first, second, progress);
    }

    /**
     * Rebuilds the bits of all neurons and holds the lock of a writer. Readers that have the store open go on, and must
     * reopen it to see later appends.
     * @param directory a store that is FULL or TIED
     * @param progress told after every neuron
     * @return how many neurons that were
     * @throws EngramException.NotAStore if there is none
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if its journal or its stripes are damaged
     * @throws EngramException.NotRebuildable if it is PACKED
     * @throws EngramException.Locked if a writer has it open; the message names its pid */
    public static int rebuild(Path directory, Progress progress) {
        return Rebuilder.rebuild(StoreDirectory.onDisk(directory), progress);
    }

    /** Makes a new store of every live neuron whose record is whole, and whose weights are whole or can be derived from
     * a part that is whole. The record's checksums must prove what is derived. If several records of a key survive, the
     * last one counts.
     * @param store a store that nobody has open for writing; nothing is written to it
     * @param target an empty directory outside it, or one that is not there yet; the result is there completely, or not at all
     * @param progress told after every live neuron
     * @return what is in the new store, and what is not
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if there is no journal, or the header has more than one bit flipped
     * @throws EngramException.Locked if a writer has it open; the message names its pid
     * @throws EngramException.AlreadyExists if the target holds anything, or lies within the store
     * @throws EngramException.IoFailure if the target cannot be written; nothing is left of it then */
    public static SalvageReport salvage(Path store, Path target, Progress progress) {
        return Salvager.salvage(store, StoreDirectory.onDisk(target), progress);
    }
}
