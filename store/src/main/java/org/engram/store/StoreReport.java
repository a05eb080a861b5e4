package org.engram.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What an inspection found in a store.
 *
 * @param directory the store
 * @param format version of its files
 * @param layout what it keeps of every neuron
 * @param uuid its identity
 * @param created when it was created
 * @param geometry the shape of its patterns
 * @param masks whether it keeps which pixels of a pattern are known
 * @param rule how it learns
 * @param criteria when an answer counts as recognised
 * @param live neurons that answer
 * @param retired neurons that were forgotten or replaced
 * @param neurons all neurons in their order, retired ones included
 * @param files its files and their sizes
 * @param bytesPerNeuron bytes a neuron takes in all files but the journal
 * @param writer the process that has the store open for writing
 * @param index the state of the index, which spares an opening the reading of the whole journal
 * @param checked neurons whose stripes were compared with their checksums
 * @param notes what is no damage but worth knowing: the remains of an append that was never completed, what a power loss left, that
 *     compaction is due
 * @param problems what is damaged
 */
public record StoreReport(
        Path directory,
        String format,
        Layout layout,
        UUID uuid,
        Instant created,
        Geometry geometry,
        boolean masks,
        LearningRule rule,
        Criteria criteria,
        int live,
        int retired,
        List<Neuron> neurons,
        List<FileSize> files,
        long bytesPerNeuron,
        Optional<Writer> writer,
        Index index,
        int checked,
        List<Diagnosis> notes,
        List<Diagnosis> problems) {

    /** A file of a store.
     * @param name its name in the directory
     * @param bytes its length */
    public record FileSize(String name, long bytes) {}

    /** The state of the index. A bad index is no damage of the store: a writer makes it anew. */
    public enum Index {
        /** There is none; a store of few records has none. */
        ABSENT,
        /** It is used. */
        VALID,
        /** It is of another journal, and not used. */
        STALE,
        /** It, or a part of it, is not as it was written, and not used. */
        DAMAGED
    }

    /** Copies the lists, except that of the neurons, which may make them as they are asked for. */
    public StoreReport {
        neurons = Collections.unmodifiableList(neurons);
        files = List.copyOf(files);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    /** Whether nothing is damaged.
     * @return true if there are no problems */
    public boolean isSound() {
        return problems.isEmpty();
    }

    /** The length of all files together.
     * @return bytes */
    public long bytes() {
        return files.stream().mapToLong(FileSize::bytes).sum();
    }
}
