package org.engram.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.engram.store.Diagnosis;
import org.engram.store.Geometry;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;

/**
 * Offers what old files hold to the cluster, in a thread of its own. Deletes the files when the cluster has all of it on
 * the medium, or newer entries.
 */
final class Offering implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Offering.class.getPackageName());
    private static final long AGAIN_MS = 500;
    private static final long SYNC_LIMIT_NS = TimeUnit.SECONDS.toNanos(30);

    private final Path directory;
    private final Geometry geometry;
    private final Member member;
    private final Runnable whenDone;
    private final Thread thread;
    private volatile boolean done;
    private volatile boolean stopped;

    Offering(Path directory, Geometry geometry, Member member, Runnable whenDone) {
        this.directory = directory;
        this.geometry = geometry;
        this.member = member;
        this.whenDone = whenDone;
        this.thread = Thread.ofPlatform().name("engram-offer").daemon().unstarted(this::offerAll);
    }

    void begin() {
        thread.start();
    }

    boolean isDone() {
        return done;
    }

    private void offerAll() {
        while (!stopped && !done) {
            RuntimeException failure = null;
            try {
                for (Path aside : Aside.waiting(directory)) {
                    RuntimeException one = offer(aside);
                    failure = failure == null ? one : failure;
                }
                done = Aside.waiting(directory).isEmpty();
            } catch (RuntimeException unreadable) {
                failure = unreadable;
            }
            member.notOffered(failure);
            if (!done) {
                pause();
            }
        }
        if (done) {
            whenDone.run();
        }
    }

    private void pause() {
        try {
            Thread.sleep(AGAIN_MS);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    /** Offers all segments that can be read and written. Returns why one of them could not be; null if all could. */
    private @Nullable RuntimeException offer(Path aside) {
        RuntimeException failure = null;
        for (Path one : Aside.segmentsIn(aside)) {
            try {
                offerSegment(one);
            } catch (RuntimeException notNow) {
                LOG.log(System.Logger.Level.DEBUG, "offered again later: {0}", notNow.getMessage());
                failure = failure == null ? notNow : failure;
            }
            if (stopped) {
                return failure;
            }
        }
        if (failure == null) {
            Segments.delete(aside);
        }
        return failure;
    }

    private void offerSegment(Path one) {
        try (Segment old = new Segment(one, geometry)) {
            List<String> keys = old.keys().toList();
            for (String key : keys) {
                if (stopped) {
                    return;
                }
                Entry entry = old.get(key);
                if (entry != null) {
                    member.writes().offer(key, entry);
                }
            }
            if (!keys.isEmpty()) {
                makeDurable(keys.getFirst());
            }
        }
        Segments.delete(one);
    }

    /** Makes the segment of a key durable at all its owners. */
    private void makeDurable(String key) {
        List<Address> owners = member.ownersOf(key);
        List<Done> done = member.callOf(owners, new AskSync(key), SYNC_LIMIT_NS);
        if (done.size() < owners.size() || !done.stream().allMatch(Done.WELL::equals)) {
            throw new ClusterException(Diagnosis.of("segment is not durable at all its owners")
                    .found("%s of %s, %s".formatted(done.size(), owners.size(), done)));
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
