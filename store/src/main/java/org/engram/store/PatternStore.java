package org.engram.store;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Keys;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.recall.RecallPath;
import org.engram.store.internal.recall.Votes;

/**
 * A store of patterns under keys, kept in a directory. Each pattern is one neuron, appended as one stripe of R floats to
 * each of two memory-mapped files; a recall names the neuron that responds most to a cue.
 *
 * <p>One writer at a time, in one process; any number of read-only openings beside it, in any process, which write not
 * one byte and see a neuron whole or not at all. An instance is safe for any number of threads: recalls run side by side,
 * changes one after the other. {@link #close} waits for the calls inside and turns later ones away.
 *
 * <p>Methods that look into the store or change it throw an {@link EngramException}: {@link EngramException.Closed}
 * after close, {@link EngramException.ReadOnly} for a change to a read-only store, {@link EngramException.IoFailure} when
 * the system refuses to read or write. A change that throws has changed nothing, but for one whose force failed: it may be
 * there after reopening.
 */
public final class PatternStore implements AutoCloseable {

    final OpenStore open;
    private final InFlight inFlight;
    private final Object changing = new Object();
    private final Object closing = new Object();

    PatternStore(OpenStore open) {
        this.open = open;
        this.inFlight = new InFlight(open.directory);
    }

    /**
     * Creates a store of the default kind and opens it for writing.
     *
     * @param directory an empty directory, or one that is not there yet
     * @return the store
     * @throws EngramException.AlreadyExists if the directory holds anything
     */
    public static PatternStore create(Path directory) {
        return create(directory, StoreOptions.DEFAULT);
    }

    /**
     * Creates a store and opens it for writing.
     *
     * @param directory an empty directory, or one that is not there yet
     * @param options what the store shall be
     * @return the store
     * @throws EngramException.AlreadyExists if the directory holds anything
     */
    public static PatternStore create(Path directory, StoreOptions options) {
        OpenStore.create(StoreDirectory.onDisk(directory), options.header());
        return new PatternStore(OpenStore.open(directory, Access.writer(options.durability(), options.clock())));
    }

    /**
     * Opens a store for writing, process safe. What a crash left half-written is cut off, and {@link #recovery} says so.
     *
     * @param directory a store
     * @return the store
     * @throws EngramException.NotAStore if there is none
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if it is damaged
     * @throws EngramException.Locked if another writer has it open; the message names its pid
     */
    public static PatternStore open(Path directory) {
        return open(directory, Durability.PROCESS_SAFE);
    }

    /**
     * Opens a store for writing.
     *
     * @param directory a store
     * @param durability what an append waits for
     * @return the store
     * @throws EngramException.NotAStore if there is none
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if it is damaged
     * @throws EngramException.Locked if another writer has it open; the message names its pid
     */
    public static PatternStore open(Path directory, Durability durability) {
        return new PatternStore(OpenStore.open(directory, Access.writer(durability, Clock.systemUTC())));
    }

    /**
     * Opens a store for reading only, beside a live writer or on a medium that cannot be written. It shows the neurons
     * that are committed now; {@link #refresh} shows later ones.
     *
     * @param directory a store
     * @return the store
     * @throws EngramException.NotAStore if there is none
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if it is damaged
     */
    public static PatternStore openReadOnly(Path directory) {
        return new PatternStore(OpenStore.open(directory, Access.READ_ONLY));
    }

    /**
     * Stores a pattern under a new key.
     *
     * @param key 1 to 4,096 bytes of UTF-8
     * @param pattern of the store's geometry
     * @return the number of its neuron, one more than that of the last
     * @throws EngramException.DuplicateKey if the key is in use
     * @throws EngramException.InvalidKey if it is empty, too long or malformed
     * @throws EngramException.WrongGeometry if the pattern does not fit
     * @throws EngramException.DivergingRule if the learning rule does not settle on it
     */
    public int memorize(String key, Pattern pattern) {
        return change(() -> {
            requireStorable(key, pattern);
            int namesake = open.table().find(key);
            if (namesake >= 0) {
                throw new EngramException.DuplicateKey(Diagnosis.of("key is in use")
                        .found("%s names neuron %d".formatted(Keys.quoted(key), namesake))
                        .remedy("choose another key, or replace it"));
            }
            return open.writer.memorize(key, pattern.picture(), JournalEntry.NONE);
        });
    }

    /**
     * Stores another pattern under a key in use: a new neuron answers, and the old one is retired in the same step.
     *
     * @param key a key of this store
     * @param pattern of the store's geometry
     * @return the number of the new neuron
     * @throws EngramException.UnknownKey if the key is not in use
     * @throws EngramException.WrongGeometry if the pattern does not fit
     * @throws EngramException.DivergingRule if the learning rule does not settle on it
     */
    public int replace(String key, Pattern pattern) {
        return change(() -> {
            requireStorable(key, pattern);
            return open.writer.memorize(key, pattern.picture(), open.table().requireKnown(key));
        });
    }

    /**
     * Retires the neuron of a key: it never answers again, and its number is never used again.
     *
     * @param key a key of this store
     * @return the number of the retired neuron
     * @throws EngramException.UnknownKey if the key is not in use
     */
    public int forget(String key) {
        return change(() -> {
            int neuron = open.table().requireKnown(key);
            open.writer.forget(key, neuron);
            return neuron;
        });
    }

    /**
     * Has the store judge by other criteria from now on, in every process that opens it or refreshes.
     *
     * @param criteria when an answer counts as recognised, unless a recall brings criteria of its own
     */
    public void setCriteria(Criteria criteria) {
        Objects.requireNonNull(criteria, "criteria");
        change(() -> {
            open.writer.judge(criteria);
            return null;
        });
    }

    /** Makes everything so far survive a power loss. A failed force is final: reopen the store to go on. */
    public void sync() {
        change(() -> {
            open.writer.sync();
            return null;
        });
    }

    /**
     * Takes in what a writer elsewhere has committed since.
     *
     * @return how many changes that were; always 0 for the writer itself
     * @throws EngramException.Superseded if the store was replaced, moved or deleted meanwhile
     * @throws EngramException.Corrupt if the journal was damaged meanwhile
     */
    public int refresh() {
        return inFlight.within(() -> {
            synchronized (changing) {
                return open.writer == null ? open.files.replay().takeIn() : 0;
            }
        });
    }

    /**
     * Tells whether a key is in use.
     *
     * @param key any text
     * @return whether it names a live neuron
     */
    public boolean contains(String key) {
        return inFlight.within(() -> open.table().find(key) >= 0);
    }

    /**
     * Tells whether storing a pattern under a key would change nothing but the number of its neuron.
     *
     * @param key any text
     * @param pattern any pattern
     * @return whether the key names a live neuron with just the weights w that memorizing the pattern makes
     */
    public boolean holds(String key, Pattern pattern) {
        return inFlight.within(() -> {
            int neuron = open.table().find(key);
            return neuron >= 0
                    && pattern.geometry().equals(geometry())
                    && open.weights.isLearnedFrom(pattern.picture(), neuron, open.view());
        });
    }

    /**
     * Displays the pattern of a key, equation (1) with x = 1.
     *
     * @param key a key of this store
     * @return a copy of its pattern
     * @throws EngramException.UnknownKey if the key is not in use
     * @throws EngramException.Corrupt if its weights are damaged so that they are no finite numbers
     */
    public Pattern pattern(String key) {
        return inFlight.within(() -> displayed(open.table().requireKnown(key)));
    }

    /**
     * Displays the pattern of a neuron, equation (1) with x = 1.
     *
     * @param neuron a live neuron
     * @return a copy of its pattern
     * @throws EngramException.UnknownKey if there is no such neuron, or it was retired
     * @throws EngramException.Corrupt if its weights are damaged so that they are no finite numbers
     */
    public Pattern pattern(int neuron) {
        return inFlight.within(() -> displayed(open.table().requireLive(neuron)));
    }

    /**
     * The weights that display a neuron's pattern, without a copy unless the store is PACKED.
     *
     * @param neuron a live neuron
     * @return R little-endian floats, then zeros up to a multiple of 64 bytes; read-only, for any thread; using it after
     *     the store is closed throws IllegalStateException
     * @throws EngramException.UnknownKey if there is no such neuron, or it was retired
     */
    public MemorySegment wStripe(int neuron) {
        return inFlight.within(() -> open.weights.w(open.table().requireLive(neuron)));
    }

    /**
     * The weights that recognise a neuron's pattern, without a copy where the layout has them.
     *
     * @param neuron a live neuron
     * @return as {@link #wStripe}
     * @throws EngramException.UnknownKey if there is no such neuron, or it was retired
     */
    public MemorySegment vStripe(int neuron) {
        return inFlight.within(() -> open.weights.v(open.table().requireLive(neuron), open.view()));
    }

    /**
     * Recalls the neuron that responds most to a cue, by the store's criteria.
     *
     * @param cue of the store's geometry
     * @return the answer, with one candidate unless the store is empty
     * @throws EngramException.WrongGeometry if the cue does not fit
     */
    public Recall recall(Cue cue) {
        return recall(cue, RecallOptions.DEFAULT);
    }

    /**
     * Recalls the neurons that respond most to a cue.
     *
     * @param cue of the store's geometry
     * @param options how many, by which criteria, along which path, in how many threads
     * @return the answer, with as many candidates as there are live neurons, up to those asked for
     * @throws EngramException.WrongGeometry if the cue does not fit
     */
    public Recall recall(Cue cue, RecallOptions options) {
        requireFits("cue", cue.geometry());
        inFlight.enter();
        try {
            return open.recognizer.recall(cue.votes(), open.view(), options.request());
        } finally {
            inFlight.leave();
        }
    }

    /**
     * The responses of all neurons to a cue, equation (4).
     *
     * @param cue of the store's geometry
     * @return q of neuron i at index i; NaN for retired neurons
     * @throws EngramException.WrongGeometry if the cue does not fit
     */
    public float[] responses(Cue cue) {
        return responses(cue, RecallOptions.DEFAULT);
    }

    /**
     * The responses of all neurons to a cue, equation (4).
     *
     * @param cue of the store's geometry
     * @param options along which path, in how many threads; {@link RecallPath#AUTO} means planes
     * @return q of neuron i at index i; NaN for retired neurons
     * @throws EngramException.WrongGeometry if the cue does not fit
     */
    public float[] responses(Cue cue, RecallOptions options) {
        requireFits("cue", cue.geometry());
        return inFlight.within(() -> open.recognizer.responses(cue.votes(), open.view(), options.request()));
    }

    /**
     * Recalls from many cues, for less than one by one.
     *
     * @param cues of the store's geometry
     * @param options as for a single recall, for each cue
     * @return an answer for every cue, in their order, as {@link #recall(Cue, RecallOptions)} gives it
     * @throws EngramException.WrongGeometry if a cue does not fit
     */
    public List<Recall> recallAll(List<Cue> cues, RecallOptions options) {
        cues.forEach(cue -> requireFits("cue", cue.geometry()));
        return inFlight.within(() -> open.batches.recall(votes(cues), open.view(), options.request()));
    }

    /**
     * The responses of all neurons to each of many cues, for less than one by one.
     *
     * @param cues of the store's geometry
     * @param options as for {@link #responses(Cue, RecallOptions)}
     * @return q of neuron i to cue c at index [c][i]; NaN for retired neurons
     * @throws EngramException.WrongGeometry if a cue does not fit
     */
    public float[][] responsesToAll(List<Cue> cues, RecallOptions options) {
        cues.forEach(cue -> requireFits("cue", cue.geometry()));
        return inFlight.within(() -> open.batches.responses(votes(cues), open.view(), options.request()));
    }

    /**
     * Lists the live neurons.
     *
     * @return a list in neuron order
     */
    public List<Neuron> neurons() {
        return inFlight.within(() -> open.view().list(false));
    }

    /**
     * How many patterns were ever stored, those that were forgotten or replaced since included.
     *
     * @return the number of neurons, live and retired
     */
    public int memorized() {
        return inFlight.within(() -> open.view().count());
    }

    /**
     * How many neurons can answer.
     *
     * @return the number of live neurons
     */
    public int size() {
        return inFlight.within(() -> open.view().live());
    }

    /**
     * The shape of every pattern.
     *
     * @return the geometry
     */
    public Geometry geometry() {
        return open.header().geometry();
    }

    /**
     * What is kept of every neuron.
     *
     * @return the layout
     */
    public Layout layout() {
        return open.header().layout();
    }

    /**
     * How patterns are learned.
     *
     * @return the rule
     */
    public LearningRule rule() {
        return open.header().rule();
    }

    /**
     * When an answer counts as recognised, unless a recall brings criteria of its own: as recorded last, or as the store was
     * created.
     *
     * @return the criteria
     */
    public Criteria criteria() {
        return open.view().criteria();
    }

    /**
     * Whether the store was opened for reading only.
     *
     * @return true if it was
     */
    public boolean isReadOnly() {
        return open.writer == null;
    }

    /**
     * What opening found at the end of the files: the remains of an append that was never completed, which a writer has
     * cut off and a reader passes over; or, after a power loss or a cut journal, stripes without a record.
     *
     * @return file, offset, expected and found; empty when there was nothing
     */
    public Optional<Diagnosis> recovery() {
        return open.recovery;
    }

    /**
     * Names the kernel that computes responses in this JVM.
     *
     * @return {@code scalar}, {@code vector-128}, {@code vector-256} or {@code vector-512}
     */
    public static String kernel() {
        return Kernels.selected().name();
    }

    /**
     * Waits for the calls inside, makes a writer's changes durable, and releases everything. Later calls throw; closing
     * again only waits for that.
     */
    @Override
    public void close() {
        synchronized (closing) {
            if (inFlight.close()) {
                open.close();
            }
        }
    }

    @Override
    public String toString() {
        return "PatternStore[%s, %s]".formatted(open.directory, open.header().geometry());
    }

    private Pattern displayed(int neuron) {
        return Pattern.of(geometry(), open.weights.display(neuron, open.view()));
    }

    private static List<Votes> votes(List<Cue> cues) {
        return cues.stream().map(Cue::votes).toList();
    }

    private <T> T change(Supplier<T> call) {
        return inFlight.within(() -> {
            if (open.writer == null) {
                throw new EngramException.ReadOnly(Diagnosis.of("store was opened read-only")
                        .in(open.directory)
                        .remedy("open it for writing to change it"));
            }
            synchronized (changing) {
                open.writer.requireUsable();
                return call.get();
            }
        });
    }

    private void requireStorable(String key, Pattern pattern) {
        Keys.requireValid(key);
        requireFits("pattern", pattern.geometry());
    }

    private void requireFits(String what, Geometry found) {
        if (!found.equals(open.header().geometry())) {
            throw new EngramException.WrongGeometry(Diagnosis.of(what + " does not fit the store")
                    .in(open.directory)
                    .expected(open.header().geometry() + " pixels", found));
        }
    }
}
