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
import org.jspecify.annotations.Nullable;

/** Opens everything that a member needs to join, in this order, and closes it in reverse. */
final class Start implements AutoCloseable {

    private static final long LOOK_AROUND_MS = 1_000;

    private final Opened opened;
    private final DefaultCacheManager manager;
    private final Member member;
    private final Repairing repairing;
    private final Offering offering;

    private Start(Path directory, ClusterOptions options) {
        this.opened = new Opened(lock(directory));
        try {
            Engine.mendState(directory, options.name());
            Engine.letMove(directory);
            JChannel channel = Network.channel(options);
            this.manager = new DefaultCacheManager(Engine.global(options, directory, channel), false);
            opened.manager = manager;
            startEngine(options);
            // The engine of the process that leads judges by it who has a majority, even before it has the cache
            // itself.
            String name = directory.toAbsolutePath().toString();
            manager.defineConfiguration(Engine.CACHE, Engine.cache(options, name));
            Network.awaitLetIn("member", channel, options, LOOK_AROUND_MS);
            Joining joining = new Joining(options, directory, manager);
            opened.joining = joining;
            joining.prepare();
            Segments segments = new Segments(Aside.segments(directory), options.geometry(), options.segments());
            opened.segments = segments;
            segments.clean();
            if (joining.isLate()) {
                new Announcing(manager, options, joining).run();
            }
            Cache<String, Entry> cache = offer(segments, name, options);
            if (!joining.isRestart()) {
                new Filling(manager, cache, segments).await(options.joinLimit().toNanos());
            }
            this.member = new Member(options, directory, manager, cache, segments, joining);
            opened.member = member;
            member.onHalt(opened::close);
            this.repairing = new Repairing(member);
            opened.repairing = repairing;
            if (joining.isRestart()) {
                repairing.compare(System.nanoTime() + options.joinLimit().toNanos());
            }
            repairing.begin();
            this.offering = new Offering(directory, options.geometry(), member, joining::hasOffered);
            opened.offering = offering;
            offering.begin();
            Repeating hearing = new Repeating("engram-hear", joining::hear);
            opened.hearing = hearing;
            if (joining.isLate()) {
                joining.hearFirst();
            }
            hearing.begin();
            joining.isRunning();
            joining.awaitOthers();
        } catch (RuntimeException | Error e) {
            try {
                opened.close();
            } catch (RuntimeException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
    }

    static Start of(Path directory, ClusterOptions options) {
        return new Start(directory, options);
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

    /** Starts the caches that are defined by now, so the cache of the patterns is defined afterwards, and started later. */
    private void startEngine(ClusterOptions options) {
        try {
            manager.start();
        } catch (RuntimeException e) {
            throw Failures.ofStart(e, options);
        }
    }

    private Cache<String, Entry> offer(Segments segments, String name, ClusterOptions options) {
        opened.registered = name;
        Segments.offer(name, segments);
        try {
            return manager.getCache(Engine.CACHE);
        } catch (RuntimeException e) {
            throw Failures.ofJoin(e, options);
        }
    }

    Member member() {
        return member;
    }

    /** Whether the others have all that this member has. */
    boolean isGiven() {
        return repairing.isDone() && offering.isDone() && !member.awaitsOldFiles();
    }

    List<String> names() {
        return Guests.membersOf(manager).stream().map(String::valueOf).sorted().toList();
    }

    void shutdownCluster() {
        Stopping.stopAll(manager);
        close();
    }

    boolean isClosed() {
        return opened.closed;
    }

    @Override
    public void close() {
        opened.close();
    }

    /** What is open so far. */
    private static final class Opened implements AutoCloseable {

        private final FileChannel lock;
        private @Nullable DefaultCacheManager manager;
        private @Nullable Joining joining;
        private @Nullable Segments segments;
        private @Nullable String registered;
        private @Nullable Member member;
        private @Nullable Repairing repairing;
        private @Nullable Repeating hearing;
        private @Nullable Offering offering;
        private boolean closing;
        /** Whether all is closed: a process that ended before would leave the engine's files half written. */
        private volatile boolean closed;

        Opened(FileChannel lock) {
            this.lock = lock;
        }

        @Override
        public synchronized void close() {
            if (closing) {
                return;
            }
            closing = true;
            try {
                closeEngine();
            } finally {
                try {
                    closeFiles();
                } finally {
                    closed = true;
                }
            }
        }

        private void closeEngine() {
            if (repairing != null) {
                repairing.close();
            }
            if (hearing != null) {
                hearing.close();
            }
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
        }

        private void closeFiles() {
            if (registered != null) {
                Segments.withdraw(registered);
            }
            try (lock) {
                if (segments != null) {
                    segments.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
