package org.engram.store.internal.recall;

import java.util.concurrent.Executor;
import org.engram.store.Criteria;

/**
 * How a recall is to be done and judged.
 *
 * @param candidates how many neurons to name, at least 1
 * @param criteria to use in place of the store's; null for those
 * @param path which weights to read
 * @param executor runs the tasks of other threads; null when there is one thread
 * @param threads how many threads may share a recall, the calling one included
 */
public record Request(int candidates, Criteria criteria, RecallPath path, Executor executor, int threads) {

    public static final Request DEFAULT = new Request(1, null, RecallPath.AUTO, null, 1);

    public Request withPath(RecallPath wanted) {
        return new Request(candidates, criteria, wanted, executor, threads);
    }

    /** One more than are named, to tell a tie. */
    int ranked() {
        return candidates == Integer.MAX_VALUE ? candidates : candidates + 1;
    }

    Criteria criteriaOr(Criteria ofStore) {
        return criteria == null ? ofStore : criteria;
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
