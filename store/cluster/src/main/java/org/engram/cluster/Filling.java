package org.engram.cluster;

import java.util.concurrent.TimeUnit;
import org.engram.store.Diagnosis;
import org.infinispan.Cache;
import org.infinispan.distribution.LocalizedCacheTopology;

/** Waits until a member that joins has what is to be its share, as long as some of it comes. */
final class Filling {

    private static final long AGAIN_MS = 20;
    private static final long SILENCE_S = 60;

    private final Cache<String, Entry> cache;
    private final Segments segments;

    Filling(Cache<String, Entry> cache, Segments segments) {
        this.cache = cache;
        this.segments = segments;
    }

    void await() {
        long had = -1;
        long lastNs = System.nanoTime();
        while (!isFilled()) {
            long has = segments.entries();
            if (has != had) {
                had = has;
                lastNs = System.nanoTime();
            }
            if (System.nanoTime() - lastNs > TimeUnit.SECONDS.toNanos(SILENCE_S)) {
                throw new ClusterException(Diagnosis.of("member could not join")
                        .expected("its share of the patterns", "none of it came for %s s".formatted(SILENCE_S))
                        .remedy("start it again"));
            }
            Pause.ms(AGAIN_MS);
        }
    }

    private boolean isFilled() {
        LocalizedCacheTopology now =
                cache.getAdvancedCache().getDistributionManager().getCacheTopology();
        return now.getTopologyId() >= 0
                && now.getReadConsistentHash().getMembers().contains(now.getLocalAddress())
                && now.getLocalWriteSegments().equals(now.getLocalReadSegments());
    }
}
