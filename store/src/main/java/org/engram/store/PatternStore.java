package org.engram.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.engram.store.internal.medium.Mappings;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.recall.Recognizer;
import org.engram.store.internal.recall.Votes;

/**
 * A store of patterns under keys, kept in a directory. Each pattern is one neuron, appended as one stripe of R floats to
 * each of two memory-mapped files; a recall names the neuron that responds most to a cue.
 *
 * <p>A store has one writer at a time, in one process. Beside it there may be any number of read-only openings, in any
 * process. They write nothing, and see a neuron whole or not at all. An instance is safe for any number of threads:
 * recalls run side by side, changes one after the other. {@link #close} waits for the calls inside and turns later away.
 *
 * <p>Methods that look into the store or change it throw an {@link EngramException}: {@link EngramException.Closed}
 * after close, {@link EngramException.ReadOnly} for a change to a read-only store, {@link EngramException.IoFailure}
 * when the system refuses to read or write; and, when they are given something wrong, what {@link EngramException}
 * says. A change that throws has changed nothing, except one whose force failed: it may be there after reopening.
 */
public final class PatternStore implements AutoCloseable {

    final OpenStore open;
    private final InFlight inFlight;
    private final Changes changes;
    private final Network network;
    private final Object closing = new Object();

    PatternStore(OpenStore open) {
        this.open = open;
        this.inFlight = new InFlight(open.directory);
        this.changes = new Changes(open, inFlight);
        this.network = new Network(open, inFlight);
    }

    /** {@return a new store of the default kind, open for writing}
     * @param directory an empty directory, or one that is not there yet
     * @throws EngramException.AlreadyExists if the directory holds anything */
    public static PatternStore create(Path directory) {
        return create(directory, StoreOptions.DEFAULT);
    }

    /** {@return a new store, open for writing}
     * @param directory an empty directory, or one that is not there yet
     * @param options what the store is for life
     * @throws EngramException.AlreadyExists if the directory holds anything */
    public static PatternStore create(Path directory, StoreOptions options) {
        return OpenStore.create(directory, options, OpenOptions.DEFAULT.access())
                .shown(PatternStore::new);
    }

    /** {@return the store of a directory, open for writing}
     * @param directory a store */
    public static PatternStore open(Path directory) {
        return open(directory, OpenOptions.DEFAULT);
    }

    /** {@return the store of a directory, open for writing} What a crash left half-written is cut off, and
     * {@link #recovery} says so.
     * @param directory a store
     * @param options how this opening behaves */
    public static PatternStore open(Path directory, OpenOptions options) {
        return OpenStore.open(directory, options.access()).shown(PatternStore::new);
    }

    /** Opens a store for writing as it is, or creates it when there is none. Of several that do this at once, in any
     * processes, one creates it whole; the others open it, or find it locked.
     * @param directory a store, an empty directory, or one that is not there yet
     * @param options what the store is for life; the criteria count for a new store only
     * @return the store
     * @throws EngramException.DifferentStore if the store has another geometry, layout or rule, or has masks and should not, or the other way;
     *     nothing is changed in it
     * @throws EngramException.AlreadyExists if there is no store, and the directory holds anything */
    public static PatternStore openOrCreate(Path directory, StoreOptions options) {
        return openOrCreate(directory, options, OpenOptions.DEFAULT);
    }

    /** {@return the store, as {@link #openOrCreate(Path, StoreOptions)} opens it, with options for this opening}
     * @param directory a store, an empty directory, or one that is not there yet
     * @param options what the store is for life
     * @param opening how this opening behaves */
    public static PatternStore openOrCreate(Path directory, StoreOptions options, OpenOptions opening) {
        return OpenStore.openOrCreate(directory, options, opening.access()).shown(PatternStore::new);
    }

    /** Opens a store for reading only, beside a live writer or on a medium that cannot be written. It shows the neurons
     * that are committed now; {@link #refresh} shows later ones.
     * @param directory a store
     * @return the store */
    public static PatternStore openReadOnly(Path directory) {
        return OpenStore.open(directory, Access.READ_ONLY).shown(PatternStore::new);
    }

    /** Stores a pattern under a new key.
     * @param key 1 to 4,096 bytes of UTF-8
     * @param pattern of the store's geometry
     * @return the number of its neuron, one more than that of the last
     * @throws EngramException.DuplicateKey if the key is in use */
    public int memorize(String key, Pattern pattern) {
        return changes.memorize(key, pattern);
    }

    /** Stores many patterns under new keys: all of them or none, also when the process dies or the power fails
     * meanwhile. They become visible together. This takes much less time than storing them one by one.
     * @param entries keys and patterns, as {@link Map#entrySet} has them; as for {@link #memorize}
     * @return the number of the first neuron; the others follow in the order of the entries
     * @throws EngramException.DuplicateKey if a key is in use, or twice among them; nothing is written */
    public int memorizeAll(Collection<? extends Map.Entry<String, Pattern>> entries) {
        return changes.memorizeAll(entries);
    }

    /**
     * Stores a pattern under a key, new or in use: {@link #memorize} or {@link #replace}, whichever fits, in one step that
     * no other change can come between.
     * @param key 1 to 4,096 bytes of UTF-8
     * @param pattern of the store's geometry
     * @return the new neuron, and which it was */
    public Put put(String key, Pattern pattern) {
        return changes.put(key, pattern);
    }

    /**
     * Stores a pattern under a new key, as {@link #memorize} does, unless a neuron is similar, in one step that no other
     * change can come between.
     * @param key 1 to 4,096 bytes of UTF-8; it may be in use where a neuron is similar
     * @param pattern of the store's geometry
     * @param near tells which neurons are similar: those that a recall of the pattern names within this radius
     * @return the new neuron, or the nearest one that is similar
     * @throws IllegalArgumentException if the options have no radius */
    public Insertion insertUnlessSimilar(String key, Pattern pattern, RecallOptions near) {
        near.requireRadius();
        return changes.insertUnlessSimilar(key, pattern, near.request());
    }

    /** Stores another pattern under a key in use: a new neuron answers, and the old one is retired in the same step.
     * @param key a key of this store
     * @param pattern of the store's geometry
     * @return the number of the new neuron */
    public int replace(String key, Pattern pattern) {
        return changes.replace(key, pattern);
    }

    /** Retires the neuron of a key: it never answers again, and its number is never used again.
     * @param key a key of this store
     * @return the number of the retired neuron */
    public int forget(String key) {
        return changes.forget(key);
    }

    /** {@return the neuron of a key, which it has retired as {@link #forget} does; empty, and nothing changed, if the key names none}
     * @param key any text */
    public OptionalInt forgetIfPresent(String key) {
        return changes.forgetIfPresent(key);
    }

    /** Makes the store judge by other criteria from now on, in every process that opens it or refreshes.
     * @param criteria when an answer counts as recognised, unless a recall brings criteria of its own */
    public void setCriteria(Criteria criteria) {
        changes.setCriteria(criteria);
    }

    /** Makes everything so far survive a power loss. A failed force is final: reopen the store to go on. */
    public void sync() {
        changes.sync();
    }

    /** Takes in what a writer elsewhere has committed since.
     * @return how many changes that were; always 0 for the writer itself
     * @throws EngramException.Superseded if the store was replaced, moved or deleted meanwhile, by a compaction, say: then
     *     close this reader, and go on with {@code PatternStore.openReadOnly(store.directory())}
     * @throws EngramException.Corrupt if the journal was damaged meanwhile */
    public int refresh() {
        return changes.refresh();
    }

    /** Waits in a reader until a writer, in any process, has committed a change, and takes it in as {@link #refresh} does. It
     * sleeps meanwhile, and looks every 10 ms at the latest.
     * @param timeout how long at most, to within these 10 ms
     * @return whether there was a change; false at once for the writer itself
     * @throws InterruptedException if the thread is interrupted before
     * @throws EngramException.Superseded as {@link #refresh} does */
    public boolean awaitChange(Duration timeout) throws InterruptedException {
        return changes.awaitChange(timeout);
    }

    /** {@return whether a key names a live neuron}
     * @param key any text */
    public boolean contains(String key) {
        return neuronOf(key).isPresent();
    }

    /** {@return the live neuron of a key, if it has one}
     * @param key any text */
    public OptionalInt neuronOf(String key) {
        int neuron = inFlight.within(() -> open.table().find(key));
        return neuron < 0 ? OptionalInt.empty() : OptionalInt.of(neuron);
    }

    /** {@return what is known of a neuron without its pattern}
     * @param neuron its number; that of a retired neuron too */
    public Neuron neuron(int neuron) {
        return inFlight.within(() -> open.table().requireNumbered(neuron));
    }

    /** {@return the live neurons of this moment, in neuron order} Later changes, and closing the store, leave the list as it is. */
    public List<Neuron> neurons() {
        return stream().toList();
    }

    /** {@return the live neurons of this moment, in neuron order, made one by one as they are asked for}
     * Later changes, and closing the store, leave the stream as it is, also when it is used only afterwards. */
    public Stream<Neuron> stream() {
        return inFlight.within(() -> open.view().stream());
    }

    /** {@return the neurons of {@link #stream()} whose keys begin in this way} Looks at every key, since there is no index of them.
     * @param keyPrefix how a key begins; all do with "" */
    public Stream<Neuron> stream(String keyPrefix) {
        return inFlight.within(() -> open.view().stream(key -> key.startsWith(keyPrefix)));
    }

    /** {@return the neurons of {@link #stream()} whose keys are in a range of {@link String#compareTo}} Looks at every key.
     * @param from the lowest key
     * @param until the lowest key above the range */
    public Stream<Neuron> stream(String from, String until) {
        return inFlight.within(() -> open.view().stream(key -> key.compareTo(from) >= 0 && key.compareTo(until) < 0));
    }

    /** Tells whether storing a pattern under a key would change nothing but the number of its neuron.
     * @param key any text
     * @param pattern any pattern
     * @return whether the key names a live neuron with just the weights w that memorizing the pattern makes */
    public boolean holds(String key, Pattern pattern) {
        return inFlight.within(() -> open.holds(key, pattern));
    }

    /** {@return a copy of the pattern that was memorized under a key, as {@link #pattern(int)} gives it}
     * @param key a key of this store
     * @throws EngramException.Corrupt if its weights are damaged so that they are no finite numbers */
    public Pattern pattern(String key) {
        return inFlight.within(() -> open.memorized(open.table().requireKnown(key)));
    }

    /** Gives back the pattern that a neuron memorized: to the last digit if it is two-valued, or if the rule's epsW is
     * 1, as the paper's is. For any other pattern, equation (2) is inverted, which finds each value to within the
     * rounding of the equation. With one step that is one or two last digits, and nothing where epsW is a power of two
     * and the weights are in the range of normal floats. Weights of 0 are taken for values of 0.
     * @param neuron a live neuron
     * @return a copy of it
     * @throws EngramException.Corrupt if its weights are damaged so that they are no finite numbers */
    public Pattern pattern(int neuron) {
        return inFlight.within(() -> open.memorized(open.table().requireLive(neuron)));
    }

    /** {@return the network behind the store: its weights, and the responses of all its neurons} */
    public Network network() {
        return network;
    }

    /** {@return the answer to a cue by the store's criteria, with one candidate unless the store is empty}
     * @param cue of the store's geometry */
    public Recall recall(Cue cue) {
        return recall(cue, RecallOptions.DEFAULT);
    }

    /** {@return the answer to a cue, with as many candidates as there are live neurons, up to those asked for}
     * @param cue of the store's geometry
     * @param options how many, by which criteria, in how many threads */
    public Recall recall(Cue cue, RecallOptions options) {
        Votes votes = open.votes(cue);
        return inFlight.within(() -> open.recall(votes, options.request()));
    }

    /** {@return an answer for every cue, in their order, as {@link #recall(Cue)} gives it, faster than one by one}
     * @param cues of the store's geometry */
    public List<Recall> recallAll(List<Cue> cues) {
        return recallAll(cues, RecallOptions.DEFAULT);
    }

    /** {@return an answer for every cue, in their order, as {@link #recall(Cue, RecallOptions)} gives it}
     * @param cues of the store's geometry
     * @param options as for a single recall, for each cue */
    public List<Recall> recallAll(List<Cue> cues, RecallOptions options) {
        return inFlight.within(() -> open.recallAll(open.votes(cues), options.request()));
    }

    /** {@return the answer to several cues for one question, such as the rotations of a picture, and which cue it fits}
     * The neuron of least disagreement under any cue wins; for unipolar cues, the neuron of greatest response. The
     * verdict is on all cues, as {@link BestOf} says.
     * @param cues at least 1, of the store's geometry and of one coding
     * @param options as for a single recall */
    public BestOf recallBestOf(List<Cue> cues, RecallOptions options) {
        return inFlight.within(() -> open.recallBestOf(open.votes(cues), options.request()));
    }

    /** Recalls, mostly among some hundred neurons, so that the JVM compiles the code of a recall. Without this the first recalls
     * of a process are slow. It ends when recalls get no faster: within a second or two, and after five seconds on a busy machine.
     * It does nothing in an empty store, and {@link #stats} does not count it. */
    public void warmUp() {
        inFlight.within(() -> WarmUp.of(open));
    }

    /** {@return the number of live neurons, which can answer} */
    public int size() {
        return inFlight.within(() -> open.view().live());
    }

    /** {@return the number of neurons, those that were forgotten or replaced included} */
    public int sizeWithRetired() {
        return inFlight.within(() -> open.view().count());
    }

    /** {@return what the store holds, and what was done through this opening of it so far} */
    public StoreStats stats() {
        return inFlight.within(open::stats);
    }

    /** {@return the directory of the store, as it was given} */
    public Path directory() {
        return open.directory;
    }

    /** {@return what tells this store from any other; its copies have the same} */
    public UUID uuid() {
        return open.header().uuid();
    }

    /** {@return the shape of every pattern} */
    public Geometry geometry() {
        return open.header().geometry();
    }

    /** {@return what is kept of every neuron} */
    public Layout layout() {
        return open.header().layout();
    }

    /** {@return whether patterns may have unknown pixels} */
    public boolean hasMasks() {
        return open.header().masks();
    }

    /** {@return how patterns are learned} */
    public LearningRule rule() {
        return open.header().rule();
    }

    /** {@return when an answer counts as recognised, as recorded last, unless a recall brings criteria of its own} */
    public Criteria criteria() {
        return open.view().criteria();
    }

    /** {@return whether the store was opened for reading only} */
    public boolean isReadOnly() {
        return open.writer == null;
    }

    /** {@return what opening found at the end of the files: the remains of an append that was never completed, which a writer
     * has cut off and a reader passes over; or stripes without a record, after a power loss; empty when there was nothing} */
    public Optional<Diagnosis> recovery() {
        return open.recovery;
    }

    /** {@return the kernel of this JVM: {@code scalar}, or as {@code vector-512x4}: 512 bits a vector, 4 places read at once} */
    public static String kernel() {
        return Recognizer.kernel();
    }

    /** {@return what maps files in this JVM: {@code chronicle}, which needs flags, or {@code jdk}, which needs none} */
    public static String mapping() {
        return Mappings.selected();
    }

    /** Waits for the calls inside, makes a writer's changes durable, and releases everything. Later calls throw; closing
     * again waits for the first close, and releases what it left if it ended in an Error. */
    @Override
    public void close() {
        synchronized (closing) {
            inFlight.close();
            open.close();
        }
    }

    @Override
    public String toString() {
        return "PatternStore[%s, %s]".formatted(open.directory, open.header().geometry());
    }
}
