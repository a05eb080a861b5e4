package org.engram.store.internal.care;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.WriterLock;
import org.engram.store.internal.neurons.StoreFiles;

/**
 * Where a new store is made. If the target is a directory already, this is the target, since that may be a mount point.
 * Otherwise it has the name {@code TARGET.tmp} until the store is complete. The remains of a killed process are removed by the
 * next that takes the place. Not safe for threads.
 */
final class UnfinishedPlace implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(UnfinishedPlace.class.getPackageName());

    private final StoreDirectory target;
    private final boolean inPlace;
    private final Resources resources = new Resources();
    /** The directory where the store is now. */
    private StoreDirectory directory;
    /** Whether this store has made the directory. */
    private boolean created;
    /** Whether what is in the directory is this store and nobody else's. */
    private boolean owned;

    /** Something else may be there. */
    UnfinishedPlace(StoreDirectory target) {
        this.target = target;
        this.inPlace = Files.isDirectory(target.path());
        this.directory = inPlace ? target : target.sibling(StoreDirectory.UNFINISHED);
    }

    /** Makes the place this process's own, and empty. After an error it is to be closed as well. */
    void take() {
        created = directory.createUnlessThere();
        requireFree();
        resources.take(() -> WriterLock.acquire(directory.path()), WriterLock::close);
        // The lock keeps others out from here on.
        requireFree();
        owned = true;
        created = !inPlace;
        removeRemains();
    }

    /** Creates the files of a store in a place that was taken. They are closed with it. */
    StoreFiles create(Header header) {
        return resources.take(() -> StoreFiles.create(directory, header), StoreFiles::close);
    }

    /** The target holds nothing, and where the store will be made there is nothing but the remains of a killed run. */
    void requireFree() {
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

    /** Gives the store that was made here its name, and then its header. */
    void finish(Header header) {
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
