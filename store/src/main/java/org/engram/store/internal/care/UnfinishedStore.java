package org.engram.store.internal.care;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.engram.store.Durability;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.neurons.Indexer;
import org.engram.store.internal.neurons.StoreFiles;
import org.engram.store.internal.neurons.StoreWriter;

/**
 * A new store while it is being made of another, in an {@link UnfinishedPlace}. Its header gets its name last. A failure
 * removes the store. Not safe for threads.
 */
final class UnfinishedStore implements AutoCloseable {

    private final UnfinishedPlace place;
    private final Header header;
    private final StoreFiles files;

    private UnfinishedStore(UnfinishedPlace place, Header header) {
        this.place = place;
        this.header = header;
        this.files = place.create(header);
    }

    /**
     * Begins a store, which must be outside of the source that it is made of. An error if the target holds anything, if
     * something else has the unfinished name, or if another process is making a store here.
     */
    static UnfinishedStore begin(Path source, StoreDirectory target, Header header) {
        StoreDirectory directory = new StoreDirectory(place(target.path()), target.medium());
        UnfinishedPlace place = new UnfinishedPlace(directory);
        place.requireFree();
        directory.requireOutside(source);
        boolean begun = false;
        try {
            place.take();
            UnfinishedStore unfinished = new UnfinishedStore(place, header);
            begun = true;
            return unfinished;
        } finally {
            if (!begun) {
                place.close();
            }
        }
    }

    /** A path whose last name can be lengthened. */
    private static Path place(Path path) {
        Path name = path.getFileName();
        boolean named = name != null && !List.of("", ".", "..").contains(name.toString());
        return named ? path : path.toAbsolutePath().normalize();
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
        place.finish(header);
    }

    /** Deletes the store unless it was finished. */
    @Override
    public void close() {
        place.close();
    }
}
