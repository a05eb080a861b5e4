package org.engram.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;

/**
 * One segment on disk: a PACKED store of patterns, and beside it, once something was forgotten, a store of graves, of one
 * pixel each. Recalls run side by side, and a change is one step to them. Safe for any number of threads.
 */
final class Segment implements AutoCloseable {

    private static final Geometry DOT = new Geometry(1, 1);
    private static final Pattern STONE = Pattern.twoValued(DOT, new BitSet());

    private final Path directory;
    private final Geometry geometry;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final PatternStore patterns;
    /** Null until something is forgotten. */
    private PatternStore graves;
    /** The generation of each key that has changed; all others are at the first. */
    private final Map<String, Integer> changed = new HashMap<>();

    Segment(Path directory, Geometry geometry) {
        this.directory = directory;
        this.geometry = geometry;
        this.patterns = open("patterns", geometry);
        patterns.stream()
                .map(Neuron::key)
                .filter(name -> name.indexOf(Name.MARK) >= 0)
                .toList()
                .forEach(name -> settle(name, patterns));
        if (Files.exists(directory.resolve("graves"))) {
            graves = open("graves", DOT);
            names(graves).forEach(name -> settle(name, graves));
        }
    }

    private PatternStore open(String name, Geometry shape) {
        return PatternStore.openOrCreate(
                directory.resolve(name),
                StoreOptions.DEFAULT.withLayout(Layout.PACKED).withGeometry(shape));
    }

    private static List<String> names(PatternStore store) {
        return store.stream().map(Neuron::key).toList();
    }

    /** After a crash between the two steps of a change both are there: the higher generation stays. */
    private void settle(String name, PatternStore store) {
        Name found = Name.parse(name);
        int held = held(found.key());
        if (found.generation() < held) {
            store.forget(name);
        } else {
            retire(Name.of(found.key(), held), name);
            changed.put(found.key(), found.generation());
        }
    }

    private void retire(String name, String unless) {
        if (!name.equals(unless)) {
            patterns.forgetIfPresent(name);
            if (graves != null) {
                graves.forgetIfPresent(name);
            }
        }
    }

    /** The generation that is here, 0 for none. */
    private int held(String key) {
        Integer generation = changed.get(key);
        return generation != null ? generation : patterns.contains(key) ? Entry.FIRST : 0;
    }

    /** Writes an entry, and tells whether it did: not if a generation as high is here already. */
    boolean put(String key, Entry entry) {
        lock.writeLock().lock();
        try {
            int held = held(key);
            if (!entry.supersedes(held)) {
                return false;
            }
            String name = Name.of(key, entry.generation());
            if (entry.isForgotten()) {
                if (graves == null) {
                    graves = open("graves", DOT);
                }
                graves.put(name, STONE);
            } else {
                patterns.memorize(name, Bits.pattern(geometry, entry.bits()));
            }
            if (held > 0) {
                retire(Name.of(key, held), "");
            }
            if (entry.generation() > Entry.FIRST) {
                changed.put(key, entry.generation());
            }
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What is held under a key, or null. */
    Entry get(String key) {
        return reading(store -> {
            int held = held(key);
            String name = Name.of(key, held);
            return held == 0
                    ? null
                    : store.contains(name) ? new Entry(held, Bits.of(store.pattern(name))) : Entry.grave(held);
        });
    }

    boolean contains(String key) {
        return reading(store -> held(key) > 0);
    }

    /** The keys of this moment, forgotten ones included. */
    Stream<String> keys() {
        return reading(store -> Stream.concat(store.stream(), graves == null ? Stream.of() : graves.stream()))
                .map(neuron -> Name.key(neuron.key()));
    }

    /** The names of this moment, those of graves included. */
    List<String> names() {
        return reading(store -> Stream.concat(store.stream(), graves == null ? Stream.of() : graves.stream())
                .map(Neuron::key)
                .toList());
    }

    /** Under which name a key lives here, or "" when it does not. */
    String nameOf(String key) {
        String name = Name.of(key, Math.max(Entry.FIRST, held(key)));
        return patterns.contains(name) ? name : "";
    }

    /** Does something with the patterns while nothing changes. */
    <T> T reading(Function<PatternStore, T> work) {
        lock.readLock().lock();
        try {
            return work.apply(patterns);
        } finally {
            lock.readLock().unlock();
        }
    }

    int live() {
        return patterns.size();
    }

    int graves() {
        return reading(store -> graves == null ? 0 : graves.size());
    }

    void sync() {
        reading(store -> {
            store.sync();
            if (graves != null) {
                graves.sync();
            }
            return null;
        });
    }

    @Override
    public void close() {
        patterns.close();
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
