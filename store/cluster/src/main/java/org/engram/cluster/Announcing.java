package org.engram.cluster;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.engram.store.Diagnosis;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;

/**
 * What a member does at last before it joins others that run: if it owes, it has them wait for what it has aside, since nobody
 * else may have it.
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

    /** @throws ClusterException if nobody runs any more */
    void run() {
        if (joining.owes()) {
            askAll(new AskToAwait(options.name()));
        }
        if (!Hello.anyRuns(askAll(new AskHello(options.name())))) {
            throw new ClusterException(Diagnosis.of("member cannot join, since the others died meanwhile")
                    .remedy("start all members again"));
        }
    }

    /** Asks until all have answered. */
    private <T> List<T> askAll(Function<EmbeddedCacheManager, T> question) {
        long deadline = System.nanoTime() + options.joinLimit().toNanos();
        while (true) {
            List<Address> asked = Guests.othersOf(manager);
            List<T> answers = Calls.all(manager, asked, question, CALL_LIMIT_NS);
            if (answers.size() >= asked.size()) {
                return answers;
            }
            if (System.nanoTime() > deadline) {
                throw new ClusterException(Diagnosis.of("member cannot join, since not all members answer")
                        .expected("an answer of " + asked, "not of all")
                        .remedy("look whether these processes run, and start this one again"));
            }
            Pause.ms(AGAIN_MS);
        }
    }
}
