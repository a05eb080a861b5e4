package org.engram.store;

import java.util.concurrent.Executor;
import org.engram.store.internal.recall.RecallPath;
import org.engram.store.internal.recall.Request;

/**
 * How a recall is done and judged. Immutable, safe for any number of threads; every {@code with} returns a copy.
 *
 * <pre>{@code
 * Recall recall = store.recall(cue, RecallOptions.DEFAULT.withCandidates(5));
 * }</pre>
 */
public final class RecallOptions {

    /** One candidate, the store's criteria, the cheapest path, in the calling thread. */
    public static final RecallOptions DEFAULT = new RecallOptions(Request.DEFAULT);

    private final Request request;

    private RecallOptions(Request request) {
        this.request = request;
    }

    /** Sets how many candidates to name.
     * @param k the most candidates to return, at least 1
     * @return a copy with it
     * @throws IllegalArgumentException if k is below 1 */
    public RecallOptions withCandidates(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k out of range: expected at least 1, found " + k);
        }
        return new RecallOptions(
                new Request(k, request.criteria(), request.path(), request.executor(), request.threads()));
    }

    /** Sets when the winner counts as recognised.
     * @param wanted criteria to use in place of the store's
     * @return a copy with them */
    public RecallOptions withCriteria(Criteria wanted) {
        return new RecallOptions(
                new Request(request.candidates(), wanted, request.path(), request.executor(), request.threads()));
    }

    /** Sets which weights to read; for benchmarks and tests, as the answer is the same.
     *
     * @hidden
     * @param wanted the path
     * @return a copy with it */
    @SuppressWarnings("InvalidBlockTag") // Error Prone does not know that javadoc takes @hidden on methods too
    public RecallOptions withPath(RecallPath wanted) {
        return new RecallOptions(request.withPath(wanted));
    }

    /**
     * Lets several threads share the work, chunk by chunk; the answer is the same. The calling thread does its part, and
     * all of it when the executor gives no thread in time.
     * @param helpers runs the tasks of the other threads
     * @param wanted threads in all, the calling one included, at least 1
     * @return a copy with it
     * @throws IllegalArgumentException if wanted is below 1 */
    public RecallOptions inParallel(Executor helpers, int wanted) {
        if (wanted < 1) {
            throw new IllegalArgumentException("threads out of range: expected at least 1, found " + wanted);
        }
        return new RecallOptions(
                new Request(request.candidates(), request.criteria(), request.path(), helpers, wanted));
    }

    Request request() {
        return request;
    }
}
