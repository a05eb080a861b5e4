package org.engram.cluster;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.engram.store.Diagnosis;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;

/** Stops all members in order: each refuses changes and makes its files durable; then all leave, or none does. */
final class Stopping {

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private Stopping() {}

    static void stopAll(EmbeddedCacheManager manager) {
        List<Address> members = Guests.membersOf(manager);
        try {
            freeze(manager, members);
            keepInPlace(manager, true);
        } catch (Exception e) {
            ClusterException failure = failure(e);
            goOn(manager, members, failure);
            throw failure;
        }
        Calls.all(manager, members, new AskHalt("shutdown"), LIMIT_NS);
    }

    private static void keepInPlace(EmbeddedCacheManager manager, boolean still) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            Engine.keepInPlace(manager, still);
            return null;
        });
        Thread.ofPlatform().daemon().name("engram-stop").start(task);
        task.get(LIMIT_NS, TimeUnit.NANOSECONDS);
    }

    private static void freeze(EmbeddedCacheManager manager, List<Address> members) {
        List<Done> frozen = Calls.all(manager, members, new AskFreeze(true), LIMIT_NS);
        List<String> failures = frozen.stream()
                .map(Done::failure)
                .filter(failure -> !failure.isEmpty())
                .toList();
        if (frozen.size() < members.size() || !failures.isEmpty()) {
            throw new ClusterException(Diagnosis.of("cluster cannot be stopped in order")
                    .expected(members.size() + " members to make their files durable", frozen.size() + ", " + failures)
                    .remedy("look at its state, and try again"));
        }
    }

    private static ClusterException failure(Exception e) {
        if (e instanceof InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return ClusterException.interrupted(interrupt);
        }
        return e instanceof ClusterException known
                ? known
                : new ClusterException(
                        Diagnosis.of("cluster cannot be stopped in order").found(String.valueOf(e.getMessage())), e);
    }

    /** Lets the members go on, also where an interrupt broke the stop off. Those that are not told go on after a while. */
    private static void goOn(EmbeddedCacheManager manager, List<Address> members, ClusterException failure) {
        boolean interrupted = Thread.interrupted();
        try {
            Calls.all(manager, members, new AskFreeze(false), LIMIT_NS);
            keepInPlace(manager, false);
        } catch (Exception e) {
            failure.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
