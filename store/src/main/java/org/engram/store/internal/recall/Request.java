package org.engram.store.internal.recall;

import java.util.concurrent.Executor;
import org.engram.store.Criteria;
import org.engram.store.internal.neurons.Subset;

/**
 * How a recall is done and judged. It names up to this many candidates; 0 where nobody has said. Criteria of null mean
 * those of the store, a subset of null all neurons, and a radius of null all distances. At most this many threads share
 * the recall, the calling one included. The executor runs the others and is null for one thread.
 */
public record Request(
        int candidates,
        Criteria criteria,
        RecallPath path,
        Executor executor,
        int threads,
        Subset subset,
        Radius radius) {

    public static final Request DEFAULT = new Request(0, null, RecallPath.AUTO, null, 1, null, null);

    public Request withCandidates(int k) {
        return new Request(k, criteria, path, executor, threads, subset, radius);
    }

    public Request withCriteria(Criteria wanted) {
        return new Request(candidates, wanted, path, executor, threads, subset, radius);
    }

    public Request withPath(RecallPath wanted) {
        return new Request(candidates, criteria, wanted, executor, threads, subset, radius);
    }

    public Request withThreads(Executor helpers, int wanted) {
        return new Request(candidates, criteria, path, helpers, wanted, subset, radius);
    }

    public Request among(Subset wanted) {
        return new Request(candidates, criteria, path, executor, threads, wanted, radius);
    }

    public Request withinDeficit(double most) {
        return new Request(candidates, criteria, path, executor, threads, subset, Radius.ofDeficit(most, radius));
    }

    public Request withinAgreement(double least) {
        return new Request(candidates, criteria, path, executor, threads, subset, Radius.ofAgreement(least, radius));
    }

    Request withoutRadius() {
        return new Request(candidates, criteria, path, executor, threads, subset, null);
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
        return radius != null;
    }

    /** The greatest deficit within the radius; infinite if there is none. */
    public double mostDeficit() {
        return hasRadius() ? radius.deficit() : Double.POSITIVE_INFINITY;
    }

    /** The least agreement within the radius; 0 if there is none. */
    public double leastAgreement() {
        return hasRadius() ? radius.agreement() : 0;
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

    /** Returns when the task has run on every chunk. */
    void forEachChunk(int chunks, SharedChunks.Task task) {
        if (threads == 1 || chunks < 2) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                task.run(chunk, 0);
            }
        } else {
            new SharedChunks(chunks, task).run(executor, Math.min(threads, chunks));
        }
    }
}
