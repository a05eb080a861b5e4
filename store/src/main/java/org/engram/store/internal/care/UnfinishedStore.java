package org.engram.store.internal.care;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.engram.store.Diagnosis;
import org.engram.store.Durability;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.WriterLock;
import org.engram.store.internal.neurons.StoreFiles;
import org.engram.store.internal.neurons.StoreWriter;

/**
 * A new store while it is being made of another. It has the name {@code TARGET.tmp} until it is complete and durable; one
 * rename then puts it in place. A failure removes it. The remains of a killed process are removed by the next run. Not safe
 * for threads.
 */
final class UnfinishedStore implements AutoCloseable {

    /** An empty file that is removed last. A directory that has it is no complete store, even with a header. */
    private static final String MARK = "unfinished";

    private final StoreDirectory target;
    private final StoreDirectory directory;
    private final Header header;
    private final Resources resources = new Resources();
    private StoreFiles files;
    /** Whether the directory is there and nobody else's. */
    private boolean owned;

    private UnfinishedStore(StoreDirectory target, Header header) {
        this.target = target;
        this.directory = target.sibling(StoreDirectory.UNFINISHED);
        this.header = header;
    }

    /**
     * Begins a store, which must be outside of the source that it is made of. An error if the target holds anything, if
     * something else has the unfinished name, or if another process is making a store here.
     */
    static UnfinishedStore begin(Path source, StoreDirectory target, Header header) {
        StoreDirectory place = new StoreDirectory(place(target.path()), target.medium());
        place.requireEmpty();
        place.requireOutside(source);
        UnfinishedStore unfinished = new UnfinishedStore(place, header);
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
        directory.createUnlessThere();
        requireLeftover();
        resources.add(lock()::close);
        try {
            // From here on the lock keeps others out.
            requireLeftover();
            owned = true;
            if (!isMarked()) {
                directory.create(MARK).close();
            }
            names().forEach(directory::remove);
            directory.remove(StoreDirectory.HEADER);
            files = StoreFiles.create(directory, header);
            resources.add(files::close);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private WriterLock lock() {
        try {
            return WriterLock.acquire(directory.path());
        } catch (EngramException.IoFailure e) {
            directory.tryRemove(StoreDirectory.LOCK);
            directory.tryRemove("");
            throw e;
        }
    }

    private boolean isMarked() {
        return Files.exists(directory.resolve(MARK), LinkOption.NOFOLLOW_LINKS);
    }

    /** All names in an unfinished store whose process was killed, except header, lock and mark. */
    private static List<String> names() {
        Stream<String> parts = Arrays.stream(Part.values()).map(part -> part.fileName);
        Stream<String> others = Stream.of(StoreDirectory.JOURNAL, StoreDirectory.HEADER + StoreDirectory.UNFINISHED);
        return Stream.concat(others, parts).toList();
    }

    /** A directory with a header and without the mark may be a whole store that somebody wants to keep. */
    private void requireLeftover() {
        if (!Files.isDirectory(directory.path(), LinkOption.NOFOLLOW_LINKS)) {
            throw inTheWay("no directory");
        }
        for (String name : directory.names()) {
            boolean known = names().contains(name)
                    || List.of(StoreDirectory.LOCK, MARK).contains(name)
                    || (name.equals(StoreDirectory.HEADER) && isMarked());
            if (!known || !Files.isRegularFile(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                throw inTheWay(name + " in it");
            }
        }
    }

    private EngramException inTheWay(String found) {
        return new EngramException.AlreadyExists(Diagnosis.of("cannot create a store")
                .in(directory.path())
                .expected("nothing or the remains of a killed run", found)
                .remedy("move it away, or choose another path"));
    }

    StoreFiles files() {
        return files;
    }

    StoreWriter writer() {
        return new StoreWriter(files, Durability.PROCESS_SAFE, Clock.systemUTC());
    }

    /** The length of all files of the finished store, in bytes. */
    long bytes() {
        return Header.LENGTH
                + files.journal().length()
                + files.stripes().stream()
                        .mapToLong(file -> file.file().length())
                        .sum();
    }

    /** Makes the store durable and renames it to its target. */
    void finish() {
        files.force();
        header.write(directory);
        directory.remove(StoreDirectory.LOCK);
        directory.rename(target);
        owned = false;
        target.tryRemove(MARK);
    }

    /** Deletes the store unless it was finished. */
    @Override
    public void close() {
        try (resources) {
            if (owned) {
                names().forEach(directory::tryRemove);
                List.of(StoreDirectory.HEADER, StoreDirectory.LOCK, MARK, "").forEach(directory::tryRemove);
            }
        }
    }
}
