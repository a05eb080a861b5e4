package org.engram.cluster;

import java.nio.file.Path;
import java.util.List;
import org.engram.store.EngramException;
import org.engram.store.Geometry;

/**
 * Offers what old files hold to the cluster, in a thread of its own. Deletes the files when the cluster has all of it,
 * or newer entries.
 */
final class Offering implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Offering.class.getPackageName());
    private static final long AGAIN_MS = 500;

    private final Path directory;
    private final Geometry geometry;
    private final Member member;
    private final Thread thread;
    private volatile boolean done;
    private volatile boolean stopped;

    Offering(Path directory, Geometry geometry, Member member) {
        this.directory = directory;
        this.geometry = geometry;
        this.member = member;
        this.thread = Thread.ofPlatform().name("engram-offer").daemon().unstarted(this::offerAll);
    }

    private Runnable whenDone = () -> {};

    void whenDone(Runnable todo) {
        whenDone = todo;
    }

    void begin() {
        if (Aside.waiting(directory).isEmpty()) {
            done = true;
            whenDone.run();
        } else {
            thread.start();
        }
    }

    boolean isDone() {
        return done;
    }

    private void offerAll() {
        while (!stopped && !done) {
            try {
                Aside.waiting(directory).forEach(this::offer);
                done = Aside.waiting(directory).isEmpty();
                if (done) {
                    whenDone.run();
                }
            } catch (ClusterException | EngramException notNow) {
                LOG.log(System.Logger.Level.DEBUG, "offered again later: {0}", notNow.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(AGAIN_MS);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    private void offer(Path aside) {
        for (Path one : Aside.segmentsIn(aside)) {
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
            }
            Segments.delete(one);
        }
        Segments.delete(aside);
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
