package org.engram.store.internal.care;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.engram.store.Diagnosis;
import org.engram.store.Durability;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.WriterLock;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.neurons.Indexer;
import org.engram.store.internal.neurons.StoreFiles;
import org.engram.store.internal.neurons.StoreWriter;

/**
 * A new store while it is being made of another. If the target is a directory already, the store is made there, since
 * that may be a mount point. Otherwise it has the name {@code TARGET.tmp} until it is complete. Its header gets its
 * name last. A failure removes the store. The remains of a killed process are removed by the next run. Not safe for
 * threads.
 */
final class UnfinishedStore implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(UnfinishedStore.class.getPackageName());

    private final StoreDirectory target;
    private final Header header;
    private final boolean inPlace;
    private final Resources resources = new Resources();
    /** The directory where the store is now. */
    private StoreDirectory directory;
    /** Whether this store has made the directory. */
    private boolean created;
    /** Whether what is in the directory is this store and nobody else's. */
    private boolean owned;

    private StoreFiles files;

    private UnfinishedStore(StoreDirectory target, Header header) {
        this.target = target;
        this.header = header;
        this.inPlace = Files.isDirectory(target.path());
        this.directory = inPlace ? target : target.sibling(StoreDirectory.UNFINISHED);
    }

    /**
     * Begins a store, which must be outside of the source that it is made of. An error if the target holds anything, if
     * something else has the unfinished name, or if another process is making a store here.
     */
    static UnfinishedStore begin(Path source, StoreDirectory target, Header header) {
        StoreDirectory place = new StoreDirectory(place(target.path()), target.medium());
        UnfinishedStore unfinished = new UnfinishedStore(place, header);
        unfinished.requireFree();
        place.requireOutside(source);
        unfinished.create();
        return unfinished;
    }

    /** A path whose last name can be lengthened. */
    private static Path place(Path path) {
        Path name = path.getFileName();
        boolean named = name != null && !List.of("", ".", "..").contains(name.toString());
        return named ? path : path.toAbsolutePath().normalize();
    }

    private void create() {
        boolean begun = false;
        try {
            created = directory.createUnlessThere();
            requireFree();
            resources.take(() -> WriterLock.acquire(directory.path()), WriterLock::close);
            // The lock keeps others out from here on.
            requireFree();
            owned = true;
            created = !inPlace;
            removeRemains();
            files = resources.take(() -> StoreFiles.create(directory, header), StoreFiles::close);
            begun = true;
        } finally {
            if (!begun) {
                close();
            }
        }
    }

    /** The target holds nothing, and where the store will be made there is nothing but the remains of a killed run. */
    private void requireFree() {
        if (!inPlace) {
            target.requireEmpty();
            if (!directory.has("")) {
                return;
            }
            if (!Files.isDirectory(directory.path(), LinkOption.NOFOLLOW_LINKS)) {
                throw inTheWay("no directory");
            }
        }
        boolean marked = directory.has(StoreDirectory.MARK);
        for (String name : directory.names()) {
            if (!mayRemain(name, marked) || !Files.isRegularFile(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                throw inTheWay(name + " in it");
            }
        }
    }

    /** Whatever has a header is a whole store. Without a mark only what a killed creation leaves is taken for remains. */
    private boolean mayRemain(String name, boolean marked) {
        return List.of(StoreDirectory.LOCK, StoreDirectory.MARK).contains(name)
                || (StoreFiles.BEFORE_HEADER.contains(name)
                        && (marked || name.endsWith(StoreDirectory.UNFINISHED) || isEmpty(name)));
    }

    private boolean isEmpty(String name) {
        return directory.resolve(name).toFile().length() == 0;
    }

    private EngramException inTheWay(String found) {
        if (inPlace) {
            return target.occupied(found);
        }
        return new EngramException.AlreadyExists(Diagnosis.of("cannot create a store")
                .in(directory.path())
                .expected("nothing or the remains of a killed run", found)
                .remedy("move it away, or choose another path"));
    }

    /** The mark is there before anything that it marks, and until all of that is gone. */
    private void removeRemains() {
        boolean remains = directory.names().stream().anyMatch(name -> !name.equals(StoreDirectory.LOCK));
        if (!directory.has(StoreDirectory.MARK)) {
            directory.create(StoreDirectory.MARK).close();
            directory.force();
        }
        StoreFiles.BEFORE_HEADER.forEach(directory::remove);
        if (remains) {
            LOG.log(System.Logger.Level.INFO, "removed what a killed run left in {0}", directory);
        }
    }

    StoreFiles files() {
        return files;
    }

    StoreWriter writer() {
        return new StoreWriter(files, Durability.PROCESS_SAFE, Clock.systemUTC());
    }

    /** Makes what a writer of this store has appended durable, and indexes it where that pays. */
    void sync(StoreWriter writer) {
        writer.sync();
        writer.index(new Indexer(files, Access.INDEX_AFTER));
    }

    /** The length of all files of the finished store, in bytes. */
    long bytes() {
        return Header.LENGTH
                + files.journal().length()
                + files.stripes().stream()
                        .mapToLong(file -> file.file().length())
                        .sum();
    }

    /**
     * Makes the store durable, gives it its name, and then gives the header its name. So a killed process leaves a
     * whole store at the target, or no store at all.
     */
    void finish() {
        files.force();
        header.prepare(directory);
        directory.force();
        if (!inPlace) {
            directory.rename(target);
            directory = target;
        }
        directory.finish(StoreDirectory.HEADER);
        if (created) {
            target.forceName();
        }
        owned = false;
        created = false;
        List.of(StoreDirectory.MARK, StoreDirectory.LOCK).forEach(directory::tryRemove);
    }

    /** Deletes the store unless it was finished. */
    @Override
    public void close() {
        try (resources) {
            if (owned) {
                directory.tryRemove(StoreDirectory.HEADER);
                StoreFiles.BEFORE_HEADER.forEach(directory::tryRemove);
                List.of(StoreDirectory.MARK, StoreDirectory.LOCK).forEach(directory::tryRemove);
            }
            if (created) {
                directory.tryRemove("");
            }
        }
    }
}
