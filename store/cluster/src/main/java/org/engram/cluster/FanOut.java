package org.engram.cluster;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;

/**
 * Asks all segments until all have spoken or the time is up. One member that has a segment is asked for it. If that
 * member is slow, another owner is asked as well; the first that speaks for the segment counts. One object serves one
 * question.
 */
final class FanOut<T extends Covering> {

    /** The wait after a member has failed or has a segment no more: the table of owners is then about to change. */
    private static final long PAUSE_MS = 10;

    private final Member member;
    private final Function<BitSet, Function<EmbeddedCacheManager, T>> question;
    private final long deadline;
    private final Coverage<T> coverage;
    private final int[] tries;
    private final LinkedBlockingQueue<Reply<T>> replies = new LinkedBlockingQueue<>();
    /** The members that have been asked and have not replied, with what they were asked for. */
    private final Map<Address, BitSet> waiting = new HashMap<>();

    private record Reply<T>(
            Address from, BitSet asked, @Nullable T answer, long nanos) {}

    FanOut(Member member, BitSet wanted, Function<BitSet, Function<EmbeddedCacheManager, T>> question, long deadline) {
        this.member = member;
        this.question = question;
        this.deadline = deadline;
        this.coverage = new Coverage<>(wanted);
        this.tries = new int[wanted.length()];
    }

    Coverage<T> ask() {
        send(coverage.open());
        long patience = member.speed().patienceNs();
        long overtakeAt = System.nanoTime() + patience;
        while (!coverage.isComplete()) {
            long now = System.nanoTime();
            if (now >= deadline || (waiting.isEmpty() && isInVain())) {
                break;
            }
            Reply<T> reply = next(Math.min(deadline, overtakeAt) - now);
            if (reply != null) {
                take(reply);
            } else if (System.nanoTime() >= overtakeAt) {
                overtake();
                patience *= 2;
                overtakeAt = System.nanoTime() + patience;
            }
        }
        return coverage;
    }

    /** Whether to go on asking is useless: nobody speaks for segments that may lack something. */
    private boolean isInVain() {
        return member.awaitsOldFiles() || member.isOutOfReach(coverage.open());
    }

    private @Nullable Reply<T> next(long nanos) {
        try {
            return replies.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ClusterException.interrupted(e);
        }
    }

    private void take(Reply<T> reply) {
        waiting.remove(reply.from);
        if (reply.answer != null) {
            member.speed().answered(reply.from, reply.nanos);
        }
        boolean taken = reply.answer != null && coverage.take(reply.answer);
        BitSet left = coverage.open();
        left.and(reply.asked);
        if (!left.isEmpty() && !member.awaitsOldFiles()) {
            if (!taken) {
                Pause.ms(PAUSE_MS);
            }
            send(left);
        }
    }

    private void overtake() {
        waiting.keySet().forEach(member.speed()::isLate);
        send(coverage.open());
    }

    private void send(BitSet segments) {
        Map<Address, BitSet> plan = new HashMap<>();
        for (int segment = segments.nextSetBit(0); segment >= 0; segment = segments.nextSetBit(segment + 1)) {
            List<Address> owners = new ArrayList<>(member.reachableOwners(segment));
            owners.removeAll(waiting.keySet());
            if (!owners.isEmpty()) {
                Address owner = owners.get(tries[segment]++ % owners.size());
                plan.computeIfAbsent(owner, some -> new BitSet()).set(segment);
            }
        }
        // This member answers within the call, so it is asked when all others are at work.
        BitSet here = plan.remove(member.address());
        plan.forEach(this::send);
        if (here != null) {
            send(member.address(), here);
        }
        if (plan.isEmpty() && here == null && waiting.isEmpty()) {
            Pause.ms(PAUSE_MS);
            replies.add(new Reply<>(member.address(), segments, null, 0));
        }
    }

    private void send(Address owner, BitSet some) {
        waiting.put(owner, some);
        long began = System.nanoTime();
        member.call(
                owner,
                question.apply(some),
                deadline - began,
                answer -> replies.add(new Reply<>(owner, some, answer, System.nanoTime() - began)));
    }
}
