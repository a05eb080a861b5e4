package org.engram.cluster;

import java.util.concurrent.TimeUnit;
import org.engram.store.Diagnosis;
import org.infinispan.Cache;
import org.infinispan.distribution.LocalizedCacheTopology;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.partitionhandling.AvailabilityMode;

/** Waits until a member that joins has what is to be its share, as long as some of it comes. */
final class Filling {

    private static final long AGAIN_MS = 20;

    private final EmbeddedCacheManager manager;
    private final Cache<String, Entry> cache;
    private final Segments segments;

    Filling(EmbeddedCacheManager manager, Cache<String, Entry> cache, Segments segments) {
        this.manager = manager;
        this.cache = cache;
        this.segments = segments;
    }

    /** Gives up when nothing comes for this long. */
    void await(long silenceNs) {
        long had = -1;
        long lastNs = System.nanoTime();
        while (!isFilled() && isToBeFilled()) {
            long has = segments.entries();
            // While segments move, this member waits for its turn, or others for theirs.
            if (has != had || !Engine.isSettled(topology())) {
                had = has;
                lastNs = System.nanoTime();
            }
            if (System.nanoTime() - lastNs > silenceNs) {
                throw givenUp(silenceNs);
            }
            Pause.ms(AGAIN_MS);
        }
    }

    private ClusterException givenUp(long silenceNs) {
        RuntimeException failure = segments.lastFailure();
        String none = "none of it came for %s s".formatted(TimeUnit.NANOSECONDS.toSeconds(silenceNs));
        return new ClusterException(Diagnosis.of("member could not join")
                .expected("its share of the patterns", failure == null ? none : none + ": " + failure.getMessage())
                .remedy("start it again"));
    }

    private LocalizedCacheTopology topology() {
        return cache.getAdvancedCache().getDistributionManager().getCacheTopology();
    }

    private boolean isFilled() {
        LocalizedCacheTopology now = topology();
        return now.getTopologyId() >= 0
                && now.getReadConsistentHash().getMembers().contains(now.getLocalAddress())
                && now.getLocalWriteSegments().equals(now.getLocalReadSegments());
    }

    /** Nothing comes while there is no majority, which this member may be needed for. */
    private boolean isToBeFilled() {
        return cache.getAdvancedCache().getAvailability() == AvailabilityMode.AVAILABLE
                && !Engine.isKeptInPlace(manager);
    }
}
