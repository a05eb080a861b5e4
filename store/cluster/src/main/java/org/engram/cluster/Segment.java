package org.engram.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.jspecify.annotations.Nullable;

/**
 * One segment on disk: a PACKED store of patterns and, once a key was forgotten, a store of graves, one pixel each,
 * beside it. Recalls run side by side. They see a change as one step. Safe for any number of threads.
 */
final class Segment implements AutoCloseable {

    private static final Geometry DOT = new Geometry(1, 1);
    private static final Pattern STONE = Pattern.twoValued(DOT, new BitSet());

    private final Path directory;
    private final Geometry geometry;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Dated patterns;
    /** The store of graves; null until a key is forgotten. */
    private @Nullable Dated graves;
    /** The key of a change of which one step is done and the other is not; null for none. */
    private volatile @Nullable String halfway;

    Segment(Path directory, Geometry geometry) {
        this.directory = directory;
        this.geometry = geometry;
        this.patterns = new Dated(directory.resolve("patterns"), geometry);
        try {
            if (Files.exists(directory.resolve("graves"))) {
                Dated there = new Dated(directory.resolve("graves"), DOT);
                graves = there;
                there.keys().toList().forEach(key -> settle(key, there));
            }
        } catch (RuntimeException | Error e) {
            closeAfter(e);
            throw e;
        }
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Keeps the higher generation of a key. After a crash between the two steps of a change, the key is in both stores. */
    private void settle(String key, Dated forgotten) {
        if (patterns.generation(key) > forgotten.generation(key)) {
            forgotten.forget(key);
        } else {
            patterns.forget(key);
        }
    }

    /**
     * Ends a change that failed between its two steps, before anybody looks: the key is in both stores. Where that cannot
     * be done now, the segment fails.
     */
    private void mend() {
        if (halfway != null) {
            lock.writeLock().lock();
            try {
                String key = halfway;
                Dated forgotten = graves;
                if (key != null && forgotten != null) {
                    settle(key, forgotten);
                }
                halfway = null;
            } finally {
                lock.writeLock().unlock();
            }
        }
    }

    /** Whether the segment can be searched: no change stands halfway. */
    boolean isSound() {
        try {
            mend();
            return true;
        } catch (EngramException e) {
            return false;
        }
    }

    /** The generation of a key that is here; 0 for none. */
    private long held(String key) {
        return Math.max(patterns.generation(key), graves == null ? 0 : graves.generation(key));
    }

    /** Writes an entry, unless it is here already. Tells whether it did.
     * @throws GenerationTaken if another entry of the same generation is here, or one of a higher generation */
    boolean put(String key, Entry entry) {
        lock.writeLock().lock();
        try {
            mend();
            long held = held(key);
            if (!entry.supersedes(held)) {
                if (entry.generation() < held || !entry.equals(entry(key, held))) {
                    throw new GenerationTaken(key, held);
                }
                return false;
            }
            if (entry.isForgotten()) {
                if (graves == null) {
                    graves = new Dated(directory.resolve("graves"), DOT);
                }
                graves.put(key, STONE, entry.generation());
                halfway = patterns.generation(key) > 0 ? key : null;
                patterns.forget(key);
            } else {
                patterns.put(key, Bits.pattern(geometry, entry.bits()), entry.generation());
                if (graves != null && graves.generation(key) > 0) {
                    halfway = key;
                    graves.forget(key);
                }
            }
            halfway = null;
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What is held under a key, or null. */
    @Nullable
    Entry get(String key) {
        return reading(store -> {
            long held = held(key);
            return held == 0 ? null : entry(key, held);
        });
    }

    private Entry entry(String key, long held) {
        return patterns.generation(key) == held
                ? new Entry(held, Bits.of(patterns.store().pattern(key)))
                : Entry.grave(held);
    }

    boolean contains(String key) {
        return reading(store -> held(key) > 0);
    }

    /** The keys of this moment, forgotten ones included. */
    Stream<String> keys() {
        return reading(store -> Stream.concat(patterns.keys(), graves == null ? Stream.of() : graves.keys()));
    }

    /** The keys of this moment with their generations, forgotten ones included, as {@link Name} has them. */
    List<String> names() {
        return reading(store -> Stream.concat(patterns.names(), graves == null ? Stream.of() : graves.names())
                .toList());
    }

    /** Does something with the patterns while nothing changes. */
    <T> T reading(Function<PatternStore, T> work) {
        mend();
        lock.readLock().lock();
        try {
            return work.apply(patterns.store());
        } finally {
            lock.readLock().unlock();
        }
    }

    int live() {
        return patterns.store().size();
    }

    int graves() {
        lock.readLock().lock();
        try {
            return graves == null ? 0 : graves.store().size();
        } finally {
            lock.readLock().unlock();
        }
    }

    void sync() {
        reading(store -> {
            patterns.sync();
            if (graves != null) {
                graves.sync();
            }
            return null;
        });
    }

    @Override
    public void close() {
        try {
            patterns.close();
        } finally {
            lock.writeLock().lock();
            try {
                if (graves != null) {
                    graves.close();
                }
            } finally {
                lock.writeLock().unlock();
            }
        }
    }
}
