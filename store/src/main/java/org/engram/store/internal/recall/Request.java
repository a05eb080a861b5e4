package org.engram.store.internal.recall;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.engram.store.Criteria;
import org.engram.store.internal.neurons.Subset;
import org.jspecify.annotations.Nullable;

/**
 * How a recall is done and judged, if it is. It names up to this many candidates; 0 where nobody has said. Criteria of null
 * mean those of the store, and a subset of null all neurons. At most this many threads share the recall, the calling one
 * included. The executor runs the others.
 */
public record Request(
        int candidates,
        @Nullable Criteria criteria,
        RecallPath path,
        Executor executor,
        int threads,
        @Nullable Subset subset,
        Radius radius,
        boolean judged) {

    private static final Executor NOBODY = task -> {
        throw new RejectedExecutionException("nobody helps");
    };

    public static final Request DEFAULT = new Request(0, null, RecallPath.AUTO, NOBODY, 1, null, Radius.NONE, true);

    public Request withCandidates(int k) {
        return new Request(k, criteria, path, executor, threads, subset, radius, judged);
    }

    public Request withCriteria(Criteria wanted) {
        return new Request(candidates, wanted, path, executor, threads, subset, radius, judged);
    }

    public Request withPath(RecallPath wanted) {
        return new Request(candidates, criteria, wanted, executor, threads, subset, radius, judged);
    }

    public Request withThreads(Executor helpers, int wanted) {
        return new Request(candidates, criteria, path, helpers, wanted, subset, radius, judged);
    }

    public Request among(Subset wanted) {
        return new Request(candidates, criteria, path, executor, threads, wanted, radius, judged);
    }

    public Request withinDeficit(double most) {
        return new Request(candidates, criteria, path, executor, threads, subset, radius.ofDeficit(most), judged);
    }

    public Request withinAgreement(double least) {
        return new Request(candidates, criteria, path, executor, threads, subset, radius.ofAgreement(least), judged);
    }

    Request withoutRadius() {
        return new Request(candidates, criteria, path, executor, threads, subset, Radius.NONE, judged);
    }

    /** Asks only for the neurons within this deficit, whoever wins. */
    Request onlyWithin(double most) {
        return new Request(candidates, criteria, path, executor, threads, subset, Radius.NONE.ofDeficit(most), false);
    }

    /** Whether somebody has said how many to name. */
    public boolean saysCandidates() {
        return candidates > 0;
    }

    /** The most candidates to name: 1, or all within a radius, where nobody has said. */
    @Override
    public int candidates() {
        return candidates > 0 ? candidates : hasRadius() ? Integer.MAX_VALUE : 1;
    }

    public boolean hasRadius() {
        return radius.isSet();
    }

    /** The greatest deficit within the radius; infinite if there is none. */
    public double mostDeficit() {
        return radius.deficit();
    }

    /** The least agreement within the radius; 0 if there is none. */
    public double leastAgreement() {
        return radius.agreement();
    }

    /** The greatest number of pixels within the radius; -1 if not even 0 is, or if there is no radius. */
    int pixels(Votes cue) {
        return hasRadius() ? radius.pixels(cue) : -1;
    }

    /** How many to search for: to judge, the winner is enough when a radius tells which are named. */
    int searched() {
        return hasRadius() ? 1 : candidates();
    }

    /** The number of neurons to rank: one more than is searched for, to see a tie. */
    int ranked() {
        return searched() == Integer.MAX_VALUE ? searched() : searched() + 1;
    }

    Criteria criteriaOr(Criteria ofStore) {
        return criteria == null ? ofStore : criteria;
    }

    /** How many threads take part in what has this many chunks. Their numbers are from 0 on. */
    int workers(int chunks) {
        return Math.clamp(chunks, 1, threads);
    }

    /** Returns when the task has run on every chunk. */
    void forEachChunk(int chunks, SharedChunks.Task task) {
        if (workers(chunks) == 1) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                task.run(chunk, 0);
            }
        } else {
            new SharedChunks(chunks, task).run(executor, workers(chunks));
        }
    }
}
