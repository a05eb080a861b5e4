package org.engram.store.internal.recall;

import java.util.concurrent.Executor;
import org.engram.store.Criteria;

/**
 * How a recall is done and judged. It names at least 1 candidate. Criteria of null mean those of the store. At most
 * this many threads share the recall, the calling one included. The executor runs the others and is null for one
 * thread.
 */
public record Request(int candidates, Criteria criteria, RecallPath path, Executor executor, int threads) {

    public static final Request DEFAULT = new Request(1, null, RecallPath.AUTO, null, 1);

    public Request withPath(RecallPath wanted) {
        return new Request(candidates, criteria, wanted, executor, threads);
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
