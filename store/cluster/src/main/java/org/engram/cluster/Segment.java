package org.engram.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.Stream;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;

/**
 * One segment on disk: a PACKED store of patterns, and beside it, once something was forgotten, a store of graves, whose
 * pixels are the generation alone. Recalls may run beside a change; changes come one after the other.
 */
final class Segment implements AutoCloseable {

    private static final Geometry STONE = new Geometry(Integer.SIZE, 1);

    private final Path directory;
    private final Frame frame;
    private final PatternStore patterns;
    /** Null until something is forgotten. */
    private PatternStore graves;

    Segment(Path directory, Frame frame) {
        this.directory = directory;
        this.frame = frame;
        this.patterns = open("patterns", frame.framed());
        if (Files.exists(directory.resolve("graves"))) {
            graves = open("graves", STONE);
            graves.stream().map(Neuron::key).filter(patterns::contains).toList().forEach(this::settle);
        }
    }

    private PatternStore open(String name, Geometry geometry) {
        return PatternStore.openOrCreate(
                directory.resolve(name),
                StoreOptions.DEFAULT.withLayout(Layout.PACKED).withGeometry(geometry));
    }

    /** After a crash between the two steps of a change both are there: the higher generation stays. */
    private void settle(String key) {
        if (graveOf(key).generation() > frame.entry(patterns.pattern(key)).generation()) {
            patterns.forget(key);
        } else {
            graves.forget(key);
        }
    }

    /** Writes an entry, and tells whether it did: not if a generation as high is here already. */
    synchronized boolean put(String key, Entry entry) {
        if (!entry.supersedes(get(key))) {
            return false;
        }
        if (entry.isForgotten()) {
            if (graves == null) {
                graves = open("graves", STONE);
            }
            graves.put(key, stone(entry.generation()));
            patterns.forgetIfPresent(key);
        } else {
            patterns.put(key, frame.framed(entry));
            if (graves != null) {
                graves.forgetIfPresent(key);
            }
        }
        return true;
    }

    /** What is held under a key, or null. */
    synchronized Entry get(String key) {
        if (graves != null && graves.contains(key)) {
            return graveOf(key);
        }
        return patterns.contains(key) ? frame.entry(patterns.pattern(key)) : null;
    }

    synchronized boolean contains(String key) {
        return patterns.contains(key) || (graves != null && graves.contains(key));
    }

    /** Takes a grave away, for ever. */
    synchronized void clearGrave(String key, int generation) {
        if (graves != null && graves.contains(key) && graveOf(key).generation() <= generation) {
            graves.forget(key);
        }
    }

    private Entry graveOf(String key) {
        return Entry.grave((int) graves.pattern(key).toBits()[0]);
    }

    private static Pattern stone(int generation) {
        return Pattern.twoValued(STONE, BitSet.valueOf(new long[] {Integer.toUnsignedLong(generation)}));
    }

    /** The keys of this moment, forgotten ones included. */
    synchronized Stream<String> keys() {
        return Stream.concat(patterns.stream(), graves == null ? Stream.of() : graves.stream())
                .map(Neuron::key);
    }

    /** The keys that are forgotten. */
    synchronized Stream<String> forgotten() {
        return graves == null ? Stream.of() : graves.stream().map(Neuron::key);
    }

    /** What is recalled from. */
    PatternStore patterns() {
        return patterns;
    }

    Frame frame() {
        return frame;
    }

    int live() {
        return patterns.size();
    }

    synchronized int graves() {
        return graves == null ? 0 : graves.size();
    }

    synchronized void sync() {
        patterns.sync();
        if (graves != null) {
            graves.sync();
        }
    }

    @Override
    public synchronized void close() {
        patterns.close();
        if (graves != null) {
            graves.close();
        }
    }
}
