package org.engram.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.medium.Mappings;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.neurons.Indexer;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.OpeningPlace;
import org.engram.store.internal.neurons.StoreFiles;
import org.engram.store.internal.neurons.StoreWriter;
import org.engram.store.internal.neurons.Subsets;
import org.engram.store.internal.neurons.Weights;
import org.engram.store.internal.recall.BatchRecognizer;
import org.engram.store.internal.recall.BestCue;
import org.engram.store.internal.recall.Contenders;
import org.engram.store.internal.recall.Recognizer;
import org.engram.store.internal.recall.Request;
import org.engram.store.internal.recall.RivalsOfOther;
import org.engram.store.internal.recall.Votes;
import org.engram.store.internal.watch.Flight;
import org.engram.store.internal.watch.Watched;
import org.jspecify.annotations.Nullable;

/** The parts of an open store, put together in the order in which they depend on each other, and closed in reverse. */
final class OpenStore implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(OpenStore.class.getPackageName());

    final Path directory;
    final StoreFiles files;
    final Weights weights;
    final Recognizer recognizer;
    final BatchRecognizer batches;
    private final Subsets subsets;
    /** The writer; null in a store that is opened read-only. */
    final @Nullable StoreWriter writer;

    private final Indexer indexer;
    /** What was found at the end of the files. */
    final Optional<Diagnosis> recovery;

    final Watch watch;

    private final Opening taken;

    private OpenStore(Path path, Access access, Opening taken) {
        this.directory = path;
        this.taken = taken;
        Resources resources = taken.resources;
        this.watch = new Watch(path);
        StoreDirectory directory = new StoreDirectory(path, access.medium());
        Header header = Header.read(directory);
        boolean afterAnother = false;
        if (access.writable()) {
            afterAnother = taken.lock(path).isAfterAnother();
            // Another store may have taken this place before the lock was held.
            header = Header.read(directory);
            // The process that renamed this header may have died before the name was durable; appends depend on it.
            directory.force();
            // A copy that was killed when it was complete has left the mark. A store that somebody writes to is not a
            // leftover.
            if (directory.has(StoreDirectory.MARK)) {
                directory.remove(StoreDirectory.MARK);
            }
        }
        this.files = StoreFiles.open(directory, header, access);
        resources.add(files::close);
        this.subsets = new Subsets(files.table());
        this.recovery = files.stoppedBy();
        StoreWriter writer = access.writable() ? new StoreWriter(files, access.durability(), access.clock()) : null;
        this.writer = writer;
        this.indexer = new Indexer(files, access.indexAfter());
        if (writer != null) {
            recovery.ifPresent(
                    found -> LOG.log(System.Logger.Level.WARNING, "opened {0} after a crash: {1}", path, found));
            Watch.Call call = watch.begin(Watched.RECOVER);
            writer.recover(afterAnother, access.changeNs());
            recovery.ifPresent(found -> watch.recovered(call, found));
            tellIfCompactionIsDue().ifPresent(due -> LOG.log(System.Logger.Level.INFO, "{0}", due));
            resources.add(() -> {
                writer.syncIfUsable();
                writer.index(indexer);
            });
        }
        if (writer == null) {
            tellIfCompactionIsDue();
        }
        this.weights = new Weights(header, files.stripes(), resources);
        this.recognizer = new Recognizer(weights);
        this.batches = new BatchRecognizer(weights, recognizer);
    }

    /** Makes everything so far durable, and indexes it where that is due. */
    void sync(StoreWriter writer) {
        writer.sync();
        writer.index(indexer);
        tellIfCompactionIsDue();
    }

    /** Tells the flight recorder if compaction is due, and returns the advice. */
    private Optional<Diagnosis> tellIfCompactionIsDue() {
        NeuronTable.View view = view();
        Optional<Diagnosis> due = view.compactionDue(directory);
        due.ifPresent(_ -> watch.compactionDue(view.count() - view.live(), view.count()));
        return due;
    }

    Header header() {
        return files.header();
    }

    NeuronTable table() {
        return files.table();
    }

    /** What is published of the neurons now. The files hold all of them, so their weights can be read. */
    NeuronTable.View wholeView() {
        NeuronTable.View view = files.wholeView();
        weights.cover(view.count());
        return view;
    }

    /** The same view, reduced to the neurons that a recall looks at. */
    NeuronTable.View wholeView(Request request) {
        NeuronTable.View view = wholeView();
        if (request.subset() == null) {
            return view;
        }
        NeuronTable.View some = subsets.view(request.subset(), view);
        if (some.count() > view.count()) {
            // Keys are looked up in what is published last, which may have neurons behind those that were covered.
            wholeView();
        }
        return some;
    }

    /** What is published of the neurons now. */
    NeuronTable.View view() {
        return files.table().view();
    }

    Recall recall(Votes cue, Request request) {
        Watch.Call call = watch.begin(Watched.RECALL);
        return recall(cue, wholeView(request), request, watch, call);
    }

    Recall recall(Votes cue, NeuronTable.View view, Request request, Watch watch, Watch.Call call) {
        Recall recall = recognizer.recall(cue, view, request);
        watch.recalled(call, path(cue, view, request), recall, view.live());
        return recall;
    }

    List<Recall> recallAll(List<Votes> cues, Request request) {
        Watch.Call call = watch.begin(Watched.RECALL_ALL);
        NeuronTable.View view = wholeView(request);
        List<Recall> answers = batches.recall(cues, view, request);
        List<StoreStats.Path> paths =
                cues.stream().map(cue -> path(cue, view, request)).toList();
        watch.recalledAll(call, paths, answers, view.live());
        return answers;
    }

    void addRivals(RivalsOfOther contest, int except, Request request) {
        requireNoMasks();
        contest.add(weights, wholeView(request), except);
    }

    Contenders contenders(Votes cue, Request request) {
        requireNoMasks();
        return new Contenders(weights, cue, wholeView(request));
    }

    List<List<Candidate>> nearest(List<Votes> cues, int[] most, Request request) {
        requireNoMasks();
        return batches.nearest(cues, most, wholeView(request), request);
    }

    private void requireNoMasks() {
        if (header().masks()) {
            throw new IllegalArgumentException(
                    "rivals of a winner elsewhere: expected a store without masks, found %s with masks"
                            .formatted(directory));
        }
    }

    private StoreStats.Path path(Votes cue, NeuronTable.View view, Request request) {
        return recognizer.isByBits(cue, view, request) ? StoreStats.Path.BITS : StoreStats.Path.STRIPES;
    }

    StoreStats stats() {
        NeuronTable.View view = view();
        return StoreStats.of(view.live(), view.count() - view.live(), files.bytes(), watch.calls());
    }

    Pattern memorized(int neuron) {
        return Pattern.of(header().geometry(), weights.memorized(neuron, wholeView()));
    }

    /** Whether a key names a live neuron with just the weights that memorizing a picture makes. */
    boolean holds(String key, Pattern pattern) {
        int neuron = table().find(key);
        return neuron >= 0
                && pattern.geometry().equals(header().geometry())
                && weights.isLearnedFrom(pattern.picture(), neuron, wholeView());
    }

    /** The votes of a cue that fits the store. */
    Votes votes(Cue cue) {
        requireFits("cue", cue.geometry());
        return cue.votes();
    }

    BestOf recallBestOf(List<Votes> cues, Request request) {
        if (cues.isEmpty() || cues.stream().map(Votes::coding).distinct().count() > 1) {
            throw new IllegalArgumentException("cues for one question: expected at least 1, all of one coding, found %s"
                    .formatted(cues.stream().map(Votes::coding).toList()));
        }
        Watch.Call call = watch.begin(Watched.RECALL);
        NeuronTable.View view = wholeView(request);
        BestOf found = BestCue.of(cues, batches, view, request);
        watch.recalled(call, path(cues.get(found.cue()), view, request), found.recall(), view.live());
        return found;
    }

    List<Votes> votes(List<Cue> cues) {
        return cues.stream().map(this::votes).toList();
    }

    void requireFits(String what, Geometry found) {
        if (!found.equals(header().geometry())) {
            throw new EngramException.WrongGeometry(Diagnosis.of(what + " does not fit the store")
                    .in(directory)
                    .expected(header().geometry() + " pixels", found));
        }
    }

    static OpenStore open(Path directory, Access access) {
        return Opening.of(taken -> open(directory, access, taken));
    }

    private static OpenStore open(Path directory, Access access, Opening taken) {
        Flight flight = Flight.begin(Watched.OPEN, directory);
        OpeningPlace place = new OpeningPlace(new StoreDirectory(directory, access.medium()));
        OpenStore store;
        try {
            store = new OpenStore(directory, access, taken);
        } catch (EngramException e) {
            throw place.why(e);
        }
        if (flight != null) {
            flight.opened(access.writable(), store.view().count());
        }
        return store;
    }

    /** Creates a store where there is none, and opens it. Its lock is held throughout: nobody who looks for a store
     * must find the lock free in between.
     * @throws EngramException.AlreadyExists if the directory holds anything but the remains of a creation */
    static OpenStore create(Path path, StoreOptions options, Access access) {
        return Opening.of(taken -> {
            StoreDirectory directory = new StoreDirectory(path, access.medium());
            if (!tryCreate(directory, newHeader(options), taken)) {
                throw directory.occupied(StoreDirectory.HEADER + " in it");
            }
            return open(path, access, taken);
        });
    }

    private static boolean tryCreate(StoreDirectory directory, Header header, Opening taken) {
        try {
            return createUnlessThere(directory, header, taken);
        } catch (EngramException.Locked e) {
            // another thread or process is creating the store, or has created it
            return false;
        }
    }

    /** Opens a store, after creating it where there is none.
     * @throws EngramException.DifferentStore if the store that is there has another geometry, layout or rule */
    static OpenStore openOrCreate(Path path, StoreOptions options, Access access) {
        return Opening.of(taken -> {
            StoreDirectory directory = new StoreDirectory(path, access.medium());
            if (!createUnlessThere(directory, newHeader(options), taken)) {
                options.requireDescribes(path, Header.read(directory));
            }
            return open(path, access, taken);
        });
    }

    private static Header newHeader(StoreOptions options) {
        return options.header(UUID.randomUUID(), Instant.now());
    }

    /** Creates the files of a store unless there is one. Whether it did; then the opening has its lock. Two threads or processes
     * that do this at once exclude each other by the lock. The remains of a creation that was killed or failed are taken over.
     * @throws EngramException.Locked if another is creating the store, or has just opened it for writing */
    static boolean createUnlessThere(StoreDirectory directory, Header header, Opening taken) {
        // A JVM that could not open the store creates none.
        Recognizer.kernel();
        Mappings.selected();
        try {
            // Files that belong to no store belong to somebody else, and get no lock file beside them.
            directory.requireOnlyRemains(StoreFiles.BEFORE_HEADER);
        } catch (EngramException.AlreadyExists e) {
            if (directory.has(StoreDirectory.HEADER)) {
                return false;
            }
            throw e;
        }
        boolean made = directory.create();
        taken.lock(directory.path());
        if (directory.has(StoreDirectory.HEADER)) {
            taken.unlock();
            return false;
        }
        directory.requireOnlyRemains(StoreFiles.BEFORE_HEADER);
        taken.undoIfItFails(() -> takeAway(directory, made));
        StoreFiles.BEFORE_HEADER.forEach(directory::remove);
        StoreFiles.create(directory, header).close();
        // A directory without a header is no store. Whoever finds a header after a power loss must find the other files
        // too.
        directory.force();
        header.write(directory);
        return true;
    }

    /** Takes away what a creation made that failed. If another writer has written into it, it stays. */
    private static void takeAway(StoreDirectory directory, boolean made) {
        if (!StoreFiles.areEmpty(directory)) {
            return;
        }
        // It goes first: a header without the other files is a damaged store.
        directory.remove(StoreDirectory.HEADER);
        try {
            directory.force();
        } finally {
            StoreFiles.BEFORE_HEADER.forEach(directory::tryRemove);
            directory.tryRemove(StoreDirectory.LOCK);
            if (made) {
                directory.tryRemove("");
            }
        }
    }

    /** {@return what hosts see of this store} If an Error keeps it from them, the store is closed. */
    <T> T shown(Function<OpenStore, T> made) {
        try {
            return made.apply(this);
        } catch (Error e) {
            taken.fail(e);
            throw e;
        }
    }

    @Override
    public void close() {
        taken.resources.close();
    }
}
