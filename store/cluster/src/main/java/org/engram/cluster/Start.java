package org.engram.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.engram.store.Diagnosis;
import org.infinispan.Cache;
import org.infinispan.manager.DefaultCacheManager;
import org.jgroups.JChannel;

/** Opens everything that a member needs to join, in this order, and closes it in reverse. */
final class Start implements AutoCloseable {

    private static final long LOOK_AROUND_MS = 1_000;

    private final Path directory;
    private final FileChannel lock;
    private DefaultCacheManager manager;
    private Segments segments;
    private Joining joining;
    private Member member;
    private Offering offering;
    private String registered;
    private volatile boolean closed;

    private Start(Path directory) {
        this.directory = directory;
        this.lock = lock(directory);
    }

    static Start of(Path directory, ClusterOptions options) {
        Start start = new Start(directory);
        try {
            start.open(options);
            return start;
        } catch (RuntimeException | Error e) {
            try {
                start.close();
            } catch (RuntimeException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
    }

    private static FileChannel lock(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve("member.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock held = channel.tryLock();
                if (held != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException e) {
                // held by this process
            }
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new ClusterException(Diagnosis.of("directory is a member already")
                .in(directory)
                .remedy("stop the other process, or give this one a directory of its own"));
    }

    private void open(ClusterOptions options) {
        Engine.letMove(directory);
        JChannel channel = Network.channel(options);
        manager = new DefaultCacheManager(Engine.global(options, directory, channel), false);
        try {
            // This starts the caches that are defined by now, so the cache of the patterns is defined afterwards.
            manager.start();
        } catch (RuntimeException e) {
            throw Failures.ofStart(e, options);
        }
        Network.awaitLetIn("member", channel, options, LOOK_AROUND_MS);
        joining = new Joining(options, directory, manager);
        joining.prepare();
        segments = new Segments(Aside.segments(directory), options.geometry(), options.segments());
        segments.clean();
        registered = directory.toAbsolutePath().toString();
        Segments.offer(registered, segments);
        manager.defineConfiguration(Engine.CACHE, Engine.cache(options, registered));
        Cache<String, Entry> cache;
        try {
            cache = manager.getCache(Engine.CACHE);
        } catch (RuntimeException e) {
            throw Failures.ofJoin(e, options);
        }
        member = new Member(options, directory, manager, cache, segments, joining);
        member.onHalt(this::close);
        if (joining.isRestart()) {
            new Reconciling(member, System.nanoTime() + options.joinLimit().toNanos()).run();
        }
        offering = new Offering(directory, options.geometry(), member);
        if (options.restore()) {
            offering.whenDone(member::isComplete);
            joining.isRunning();
        } else {
            member.isComplete();
        }
        offering.begin();
        joining.awaitOthers();
    }

    Member member() {
        return member;
    }

    boolean isOffered() {
        return offering.isDone();
    }

    List<String> names() {
        return Guests.membersOf(manager).stream().map(String::valueOf).sorted().toList();
    }

    void shutdownCluster() {
        Stopping.stopAll(manager);
        close();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (offering != null) {
            offering.close();
        }
        if (member != null) {
            member.stopRemembering();
        }
        if (manager != null) {
            if (joining != null) {
                joining.forget();
            }
            if (member != null) {
                member.forget();
            }
            manager.stop();
        }
        if (registered != null) {
            Segments.withdraw(registered);
        }
        if (segments != null) {
            segments.close();
        }
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
