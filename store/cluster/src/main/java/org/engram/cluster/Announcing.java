package org.engram.cluster;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.engram.store.Diagnosis;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;

/**
 * What a member that is about to join tells those that run, where a segment has lost all its owners or others are waited for.
 * They wait for what it has aside, since nobody else may have it: the engine makes such a segment anew, and empty, when one of
 * its owners joins.
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

    /** @throws ClusterException if others have to come before this one */
    void run() {
        List<Lost> lost = askAll(new AskLost(options.name()));
        List<String> before = lost.stream()
                .flatMap(one -> one.before().stream())
                .distinct()
                .sorted()
                .toList();
        if (!before.isEmpty()) {
            throw new ClusterException(
                    Diagnosis.of("member cannot join before the last owners of segments that nobody has now")
                            .expected("first " + String.join(", ", before), options.name())
                            .remedy("start them first; if they are gone for good, stop all, and restore the cluster"));
        }
        if (joining.hasOldFiles() && (!joining.isWhole() || lost.stream().anyMatch(Lost::any))) {
            joining.owe();
            askAll(new AskToAwait(options.name()));
        }
    }

    /** Asks until all have answered. */
    private <T> List<T> askAll(Function<EmbeddedCacheManager, T> question) {
        long deadline = System.nanoTime() + options.joinLimit().toNanos();
        while (true) {
            List<Address> asked = others();
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

    private List<Address> others() {
        return Guests.othersOf(manager);
    }
}
