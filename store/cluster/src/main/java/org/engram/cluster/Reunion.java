package org.engram.cluster;

import java.util.concurrent.TimeUnit;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.PartitionStatusChanged;
import org.infinispan.notifications.cachelistener.event.PartitionStatusChangedEvent;
import org.infinispan.partitionhandling.AvailabilityMode;

/**
 * What an owner does when the parts of a cluster come together again: a change that nobody acknowledged may be on one copy
 * alone. So it gives the other owners what it has in a higher generation. Safe for any number of threads.
 */
@Listener(sync = true)
final class Reunion {

    private static final System.Logger LOG = System.getLogger(Reunion.class.getPackageName());
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final Member member;
    private volatile boolean comparing;

    Reunion(Member member) {
        this.member = member;
    }

    /** The engine says so before and after. */
    @PartitionStatusChanged
    public void changed(PartitionStatusChangedEvent<String, Entry> event) {
        if (event.getAvailabilityMode() == AvailabilityMode.AVAILABLE) {
            comparing = true;
            if (!event.isPre()) {
                Thread.ofPlatform().daemon().name("engram-compare").start(this::compare);
            }
        }
    }

    private void compare() {
        try {
            new Reconciling(member, System.nanoTime() + LIMIT_NS).run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "copies could not be compared: {0}", e.getMessage());
        } finally {
            comparing = false;
        }
    }

    boolean isDone() {
        return !comparing;
    }
}
