package org.engram.cluster;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.engram.store.Diagnosis;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;

/**
 * Has the members that run wait for what a member that is about to join has aside, where a segment has lost all its owners or
 * a restore goes on: nobody else may have it. The engine makes such a segment anew, and empty, when one of its owners joins.
 */
final class Announcing {

    private static final long AGAIN_MS = 200;
    private static final long CALL_LIMIT_NS = TimeUnit.SECONDS.toNanos(2);

    private final EmbeddedCacheManager manager;
    private final ClusterOptions options;
    private final Joining joining;

    Announcing(EmbeddedCacheManager manager, ClusterOptions options, Joining joining) {
        this.manager = manager;
        this.options = options;
        this.joining = joining;
    }

    void run() {
        if (!joining.isLate() || (joining.isWhole() && !isAnythingLost())) {
            return;
        }
        joining.owe();
        long deadline = System.nanoTime() + options.joinLimit().toNanos();
        while (askOthers(new AskToAwait(options.name())).size() < others().size()) {
            if (System.nanoTime() > deadline) {
                throw new ClusterException(Diagnosis.of("member cannot join, since not all members answer")
                        .expected("an answer of " + others(), "not of all")
                        .remedy("look whether these processes run, and start this one again"));
            }
            Pause.ms(AGAIN_MS);
        }
    }

    private boolean isAnythingLost() {
        return askOthers(new AskHealth(options.name())).stream().anyMatch(health -> health.lost() > 0);
    }

    private <T> List<T> askOthers(Function<EmbeddedCacheManager, T> question) {
        return Calls.all(manager, others(), question, CALL_LIMIT_NS);
    }

    private List<Address> others() {
        return Guests.othersOf(manager);
    }
}
