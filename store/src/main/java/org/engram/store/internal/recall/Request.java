package org.engram.store.internal.recall;

import java.util.concurrent.Executor;
import org.engram.store.Criteria;
import org.engram.store.internal.neurons.Subset;

/**
 * How a recall is done and judged. It names at least 1 candidate. Criteria of null mean those of the store, and a subset
 * of null all neurons. At most this many threads share the recall, the calling one included. The executor runs the
 * others and is null for one thread.
 */
public record Request(
        int candidates, Criteria criteria, RecallPath path, Executor executor, int threads, Subset subset) {

    public static final Request DEFAULT = new Request(1, null, RecallPath.AUTO, null, 1, null);

    public Request withCandidates(int k) {
        return new Request(k, criteria, path, executor, threads, subset);
    }

    public Request withCriteria(Criteria wanted) {
        return new Request(candidates, wanted, path, executor, threads, subset);
    }

    public Request withPath(RecallPath wanted) {
        return new Request(candidates, criteria, wanted, executor, threads, subset);
    }

    public Request withThreads(Executor helpers, int wanted) {
        return new Request(candidates, criteria, path, helpers, wanted, subset);
    }

    public Request among(Subset wanted) {
        return new Request(candidates, criteria, path, executor, threads, wanted);
    }

    /** The number of neurons to rank: one more than is named, to see a tie. */
    int ranked() {
        return candidates == Integer.MAX_VALUE ? candidates : candidates + 1;
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
