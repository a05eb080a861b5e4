package org.engram.cluster;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;

/** Calls from one process of a cluster to others. */
final class Calls {

    private static final System.Logger LOG = System.getLogger(Calls.class.getPackageName());
    private static final long LEAST_NS = 1_000_000;

    private Calls() {}

    /** Calls one member and hands on its answer, or null when it fails or does not answer in time. */
    static <T> void one(
            EmbeddedCacheManager manager,
            Address member,
            Function<EmbeddedCacheManager, T> call,
            long limitNs,
            Consumer<@Nullable T> taker) {
        if (member.equals(manager.getAddress())) {
            T answer = null;
            try {
                answer = call.apply(manager);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "call of this member failed: {0}", e.getMessage());
            }
            taker.accept(answer);
            return;
        }
        CompletableFuture<T> answered = new CompletableFuture<>();
        var _ = answered.thenAccept(taker);
        var _ = manager.executor()
                .filterTargets(List.of(member))
                .timeout(Math.max(LEAST_NS, limitNs), TimeUnit.NANOSECONDS)
                .<T>submitConsumer(call, (from, answer, failure) -> answered.complete(failure == null ? answer : null))
                .whenComplete((nothing, failure) -> answered.complete(null));
    }

    /** Calls some members at once, and returns the answers of those that give one in time. */
    static <T> List<T> all(
            EmbeddedCacheManager manager, List<Address> members, Function<EmbeddedCacheManager, T> call, long limitNs) {
        Queue<T> answers = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> calls = members.stream()
                .map(member -> {
                    CompletableFuture<Void> over = new CompletableFuture<>();
                    one(manager, member, call, limitNs, answer -> {
                        if (answer != null) {
                            answers.add(answer);
                        }
                        over.complete(null);
                    });
                    return over;
                })
                .toList();
        try {
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                    .get(limitNs + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ClusterException.interrupted(e);
        } catch (ExecutionException | TimeoutException e) {
            // a member that has not answered is not among the answers
        }
        return List.copyOf(answers);
    }
}
