package org.engram.store;

import java.util.concurrent.Executor;

/**
 * How a recall is done and judged. Immutable, safe for any number of threads; every {@code with} returns a copy.
 *
 * <pre>{@code
 * Recall recall = store.recall(cue, RecallOptions.DEFAULT.withCandidates(5));
 * }</pre>
 */
public final class RecallOptions {

    /** One candidate, the store's criteria, the cheapest path, in the calling thread. */
    public static final RecallOptions DEFAULT = new RecallOptions(1, null, RecallPath.AUTO, null, 1);

    private final int candidates;
    private final Criteria criteria;
    private final RecallPath path;
    private final Executor executor;
    private final int threads;

    private RecallOptions(int candidates, Criteria criteria, RecallPath path, Executor executor, int threads) {
        this.candidates = candidates;
        this.criteria = criteria;
        this.path = path;
        this.executor = executor;
        this.threads = threads;
    }

    /**
     * Sets how many candidates to name.
     *
     * @param k at most so many, at least 1
     * @return a copy with it
     * @throws IllegalArgumentException if k is below 1
     */
    public RecallOptions withCandidates(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k out of range: expected at least 1, found " + k);
        }
        return new RecallOptions(k, criteria, path, executor, threads);
    }

    /**
     * Sets when the winner counts as recognised.
     *
     * @param wanted criteria to use in place of the store's
     * @return a copy with them
     */
    public RecallOptions withCriteria(Criteria wanted) {
        return new RecallOptions(candidates, wanted, path, executor, threads);
    }

    /**
     * Sets which weights to read.
     *
     * @param wanted the path
     * @return a copy with it
     */
    public RecallOptions withPath(RecallPath wanted) {
        return new RecallOptions(candidates, criteria, wanted, executor, threads);
    }

    /**
     * Lets several threads share the work, chunk by chunk; the answer is the same. The calling thread does its part, and
     * all of it when the executor gives no thread in time.
     *
     * @param helpers runs the tasks of the other threads
     * @param wanted threads in all, the calling one included, at least 1
     * @return a copy with it
     * @throws IllegalArgumentException if wanted is below 1
     */
    public RecallOptions inParallel(Executor helpers, int wanted) {
        if (wanted < 1) {
            throw new IllegalArgumentException("threads out of range: expected at least 1, found " + wanted);
        }
        return new RecallOptions(candidates, criteria, path, helpers, wanted);
    }

    int candidates() {
        return candidates;
    }

    /** One more than are named, to tell a tie. */
    int ranked() {
        return candidates == Integer.MAX_VALUE ? candidates : candidates + 1;
    }

    Criteria criteriaOr(Criteria ofStore) {
        return criteria == null ? ofStore : criteria;
    }

    RecallPath path() {
        return path;
    }

    /** How many threads may share a recall. */
    int threads() {
        return threads;
    }

    /** Runs a task on every chunk and returns when all are done. */
    void forEachChunk(int chunks, ChunkTask task) {
        if (threads == 1 || chunks < 2) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                task.run(chunk, 0);
            }
        } else {
            new SharedChunks(chunks, task).run(executor, Math.min(threads, chunks));
        }
    }
}
