package org.engram.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.engram.store.Geometry;
import org.jspecify.annotations.Nullable;

/** The segments of one member, each in a directory of its own, open as long as the member has them. */
final class Segments implements AutoCloseable {

    /** The members of this process, whether or not the engine has started their stores yet. */
    private static final Map<String, Segments> BY_MEMBER = new ConcurrentHashMap<>();

    private final Path root;
    private final Geometry geometry;
    private final AtomicReferenceArray<Segment> open;
    private volatile @Nullable RuntimeException lastFailure;
    private volatile Runnable beforeChange = () -> {};
    private volatile IntPredicate beingFilled = segment -> true;
    private volatile boolean closed;

    Segments(Path root, Geometry geometry, int count) {
        this.root = root;
        this.geometry = geometry;
        this.open = new AtomicReferenceArray<>(count);
    }

    static void offer(String member, Segments segments) {
        BY_MEMBER.put(member, segments);
    }

    static Segments of(String member) {
        Segments offered = BY_MEMBER.get(member);
        if (offered == null) {
            throw new IllegalStateException("nobody offers the segments of " + member);
        }
        return offered;
    }

    static void withdraw(String member) {
        BY_MEMBER.remove(member);
    }

    /** Opens all segments that are on disk. */
    void openAll() {
        for (int segment = 0; segment < open.length(); segment++) {
            if (Files.exists(directory(segment))) {
                opened(segment);
            }
        }
    }

    /** The open segment, or null. */
    @Nullable
    Segment get(int segment) {
        return open.get(segment);
    }

    int count() {
        return open.length();
    }

    /** The open segment, made when it is not there. */
    synchronized Segment opened(int segment) {
        Segment one = open.get(segment);
        if (closed) {
            throw new IllegalStateException("member has left");
        }
        if (one == null) {
            one = new Segment(directory(segment), geometry);
            open.set(segment, one);
        }
        return one;
    }

    /** Sets what is done before an entry is written or a segment is taken away. */
    void beforeChange(Runnable todo) {
        beforeChange = todo;
    }

    /** Sets the test that tells whether a segment is coming to this member now, and so does not count yet. */
    void beingFilled(IntPredicate coming) {
        beingFilled = coming;
    }

    /**
     * Whether an entry that could not be written is to be tried again: the engine takes a copy that lacks an entry for
     * whole.
     */
    boolean isBeingFilled(int segment) {
        return !closed && beingFilled.test(segment);
    }

    /** Writes an entry of a segment. */
    void write(int segment, String key, Entry entry) {
        beforeChange.run();
        opened(segment).put(key, entry);
    }

    /** Takes a segment away. The rename is the moment at which it is gone. */
    void drop(int segment) {
        beforeChange.run();
        dropNow(segment);
    }

    private synchronized void dropNow(int segment) {
        try {
            closeOne(segment);
        } catch (RuntimeException e) {
            // What cannot be made durable now is deleted next.
            failed(e);
        }
        if (Files.exists(directory(segment))) {
            Path gone = root.resolve("gone-" + segment);
            delete(gone);
            move(directory(segment), gone);
            delete(gone);
        }
    }

    /** Deletes what a killed member had no time to delete. */
    void clean() {
        for (int segment = 0; segment < open.length(); segment++) {
            delete(root.resolve("gone-" + segment));
        }
    }

    void failed(RuntimeException why) {
        lastFailure = why;
    }

    void succeeded() {
        if (lastFailure != null) {
            lastFailure = null;
        }
    }

    /** Why the last change could not be written; null when it was. */
    @Nullable
    RuntimeException lastFailure() {
        return lastFailure;
    }

    /** How many entries all segments hold. */
    long entries() {
        return all().mapToLong(one -> one.live() + one.graves()).sum();
    }

    Stream<Segment> all() {
        return IntStream.range(0, open.length()).mapToObj(open::get).filter(one -> one != null);
    }

    @Override
    public synchronized void close() {
        closed = true;
        RuntimeException failure = null;
        for (int segment = 0; segment < open.length(); segment++) {
            try {
                closeOne(segment);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void closeOne(int segment) {
        Segment one = open.getAndSet(segment, null);
        if (one != null) {
            one.close();
        }
    }

    private Path directory(int segment) {
        return root.resolve("segment-" + segment);
    }

    static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many bytes the files under a directory have. Some files may go meanwhile. */
    static long bytes(Path directory) {
        if (!Files.exists(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** Deletes a directory with all that is in it, if it is there. */
    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
