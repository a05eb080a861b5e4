package org.engram.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.JvmFlags;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.medium.WriterLock;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Replay;
import org.engram.store.internal.neurons.StoreWriter;
import org.engram.store.internal.neurons.Weights;
import org.engram.store.internal.recall.BatchRecognizer;
import org.engram.store.internal.recall.Recognizer;

/** The parts of an open store, put together in the order in which they depend on each other, and closed in reverse. */
final class OpenStore implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(OpenStore.class.getPackageName());

    final Path directory;
    final Header header;
    final NeuronTable table;
    final Weights weights;
    final Recognizer recognizer;
    final BatchRecognizer batches;
    final Replay intake;
    /** Null in a store that was opened read-only. */
    final StoreWriter writer;
    /** What was found at the end of the files: one line, or "". */
    final String recovery;

    private final Resources resources;

    private OpenStore(Path directory, Access access, Resources resources) {
        this.directory = directory;
        this.resources = resources;
        StoreDirectory files = new StoreDirectory(directory, access.medium());
        Header found = Header.read(files);
        if (access.writable()) {
            WriterLock lock = WriterLock.acquire(directory);
            resources.add(lock::close);
            // A rebuild may have raised the format until the lock was there,
            found = Header.read(files);
            // and who put this header in its place may have died before that was durable: what is appended depends on
            // it.
            files.force();
        }
        this.header = found;
        StoreFile journal = resources.add(files.open(StoreDirectory.JOURNAL, access.writable()));
        List<StripeFile> stripes =
                StripeFile.open(files, header, header.parts(), access.writable(), access.chunkBytes(), resources);
        this.table = new NeuronTable(journal.path(), header.criteria());
        this.intake = new Replay(journal, stripes, header, table);
        intake.takeIn();
        this.recovery = intake.stoppedBy();
        this.writer = access.writable()
                ? new StoreWriter(files, journal, stripes, header, table, intake, access.durability(), access.clock())
                : null;
        if (writer != null) {
            if (!recovery.isEmpty()) {
                LOG.log(System.Logger.Level.WARNING, "opened {0} after a crash: {1}", directory, recovery);
            }
            writer.cutTail();
            resources.add(writer::syncUnlessFailed);
        }
        this.weights = new Weights(header, stripes, resources);
        this.recognizer = new Recognizer(weights);
        this.batches = new BatchRecognizer(weights, recognizer);
    }

    static OpenStore open(Path directory, Access access) {
        JvmFlags.require();
        Resources resources = new Resources();
        try {
            return new OpenStore(directory, access, resources);
        } catch (RuntimeException | Error e) {
            try {
                resources.close();
            } catch (RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    /** Creates the files of a store. */
    static void create(StoreDirectory directory, Header header) {
        JvmFlags.require();
        directory.requireEmpty();
        directory.create();
        createFiles(directory, header);
    }

    /**
     * Creates the files of a store unless there is one. Two that do this at once exclude each other by the writer's lock.
     *
     * @throws EngramException.Locked if another is at it, or has just opened the store for writing
     */
    static void createUnlessThere(StoreDirectory directory, Header header) {
        JvmFlags.require();
        if (!directory.has(StoreDirectory.HEADER)) {
            // Whatever is not of a store is another's, and gets no lock file beside it.
            List<String> ofStores = new ArrayList<>(List.of(
                    StoreDirectory.LOCK,
                    StoreDirectory.JOURNAL,
                    StoreDirectory.HEADER,
                    StoreDirectory.HEADER + StoreDirectory.UNFINISHED));
            header.parts().forEach(part -> ofStores.add(part.fileName));
            directory.requireEmptyExceptFor(ofStores);
            directory.create();
            try (WriterLock _ = WriterLock.acquire(directory.path())) {
                if (!directory.has(StoreDirectory.HEADER)) {
                    directory.requireEmptyExceptFor(List.of(StoreDirectory.LOCK));
                    createFiles(directory, header);
                }
            }
        }
    }

    /** The header last: without it a directory is no store. */
    private static void createFiles(StoreDirectory directory, Header header) {
        List<String> created = new ArrayList<>();
        try {
            List<String> names = new ArrayList<>(
                    header.parts().stream().map(part -> part.fileName).toList());
            names.add(StoreDirectory.JOURNAL);
            for (String name : names) {
                directory.create(name).close();
                created.add(name);
            }
            // Whoever finds a header after a power loss must find the other files too.
            directory.force();
            created.addFirst(StoreDirectory.HEADER);
            header.write(directory);
        } catch (EngramException e) {
            created.forEach(directory::tryRemove);
            throw e;
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
