package org.engram.store;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import org.engram.store.internal.neurons.Subset;
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

    /** Sets how many candidates to name. Unless it is set, that is 1, or all that are within a radius.
     * @param k the most candidates to return, at least 1
     * @return a copy with it
     * @throws IllegalArgumentException if k is below 1 */
    public RecallOptions withCandidates(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k out of range: expected at least 1, found " + k);
        }
        return new RecallOptions(request.withCandidates(k));
    }

    /** Sets when the winner counts as recognised.
     * @param wanted criteria to use in place of the store's
     * @return a copy with them */
    public RecallOptions withCriteria(Criteria wanted) {
        return new RecallOptions(request.withCriteria(wanted));
    }

    /** Sets a radius. All neurons within it are named, or the first k of them after {@link #withCandidates}, all ties
     * included, in the order of a {@link Recall}. A neuron beyond it is not named, but can still be a rival. If the
     * winner is beyond it, no criterion applies and the verdict is UNKNOWN, whatever is named. In a store with masks, a
     * neuron that shares too few pixels with the cue to compete, see {@link Judgement}, is within no radius.
     * @param pixels the greatest {@link Candidate#deficit} to name, 0 or more
     * @return a copy with it
     * @throws IllegalArgumentException if it is below 0 or no number */
    public RecallOptions withinDeficit(double pixels) {
        if (!(pixels >= 0)) {
            throw new IllegalArgumentException("deficit out of range: expected at least 0, found " + pixels);
        }
        return new RecallOptions(request.withinDeficit(pixels));
    }

    /** Sets a radius, as {@link #withinDeficit} does; with both set, both count.
     * @param least the least {@link Candidate#agreement} to name, 0 to 1
     * @return a copy with it
     * @throws IllegalArgumentException if it is out of range */
    public RecallOptions withinAgreement(double least) {
        if (!(least >= 0 && least <= 1)) {
            throw new IllegalArgumentException("agreement out of range: expected 0 to 1, found " + least);
        }
        return new RecallOptions(request.withinAgreement(least));
    }

    /** Sets which neurons may answer: those whose keys start with a prefix. All others are as if they were not stored: they
     * are neither named, nor rivals or twins of the winner, nor counted as company. It takes the place of any other
     * subset. The first recall with these options looks at every key; later ones only at what is new. So keep the options.
     * @param prefix the beginning of a key, or a whole one; "" for all
     * @return a copy with it
     * @throws EngramException.InvalidKey if no key can start so, because it is too long or no Unicode text */
    public RecallOptions amongKeysStartingWith(String prefix) {
        return new RecallOptions(request.among(Subset.ofKeysStartingWith(prefix)));
    }

    /** Sets which neurons may answer: those that live under some keys, as {@link #amongKeysStartingWith} does it.
     * @param keys copied; those that the store does not know count for nothing
     * @return a copy with it */
    public RecallOptions amongKeys(Collection<String> keys) {
        return new RecallOptions(request.among(Subset.ofKeys(keys)));
    }

    /** Sets which neurons may answer: those whose numbers pass a test, as {@link #amongKeysStartingWith} does it.
     * @param numbers tests the number of a neuron, live or retired. It is called once or several times, by any thread
     *     that recalls, and must always give the same answer
     * @return a copy with it */
    public RecallOptions among(IntPredicate numbers) {
        return new RecallOptions(request.among(Subset.of(numbers)));
    }

    /** Sets which weights to read. It serves benchmarks and tests; the answer is the same. */
    RecallOptions withPath(RecallPath wanted) {
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
        return new RecallOptions(request.withThreads(Objects.requireNonNull(helpers, "helpers"), wanted));
    }

    /** How many candidates are to be named.
     * @return what {@link #withCandidates} set; empty without it */
    public OptionalInt candidates() {
        return request.saysCandidates() ? OptionalInt.of(request.candidates()) : OptionalInt.empty();
    }

    /** When the winner counts as recognised.
     * @return what {@link #withCriteria} set; empty for the store's */
    public Optional<Criteria> criteria() {
        return Optional.ofNullable(request.criteria());
    }

    /** The greatest deficit to name.
     * @return what {@link #withinDeficit} set; empty when any deficit will do */
    public OptionalDouble mostDeficit() {
        double most = request.mostDeficit();
        return most < Double.POSITIVE_INFINITY ? OptionalDouble.of(most) : OptionalDouble.empty();
    }

    /** The least agreement to name.
     * @return what {@link #withinAgreement} set; empty when any agreement will do */
    public OptionalDouble leastAgreement() {
        double least = request.leastAgreement();
        return least > 0 ? OptionalDouble.of(least) : OptionalDouble.empty();
    }

    /** Whether there is a radius, so that {@link #mostDeficit} or {@link #leastAgreement} was set.
     * @return true after {@link #withinDeficit} and {@link #withinAgreement} */
    public boolean hasRadius() {
        return request.hasRadius();
    }

    /** Whether only some neurons may answer.
     * @return true after {@link #among}, {@link #amongKeys} and {@link #amongKeysStartingWith} */
    public boolean isAmongSome() {
        return request.subset() != null;
    }

    /** The prefix of the keys of all neurons that may answer.
     * @return what {@link #amongKeysStartingWith} set; empty when nothing or another subset was set */
    public Optional<String> keyPrefix() {
        return Optional.ofNullable(request.subset()).map(Subset::prefix);
    }

    /** The keys of all neurons that may answer.
     * @return what {@link #amongKeys} set; empty when nothing or another subset was set */
    public Optional<Set<String>> keys() {
        return Optional.ofNullable(request.subset()).map(Subset::keys);
    }

    void requireRadius() {
        if (!request.hasRadius()) {
            throw new IllegalArgumentException(
                    "options have no radius: withinDeficit or withinAgreement tells what is similar");
        }
    }

    Request request() {
        return request;
    }

    /** {@return whether the other means the same} Two subsets are the same when one was copied with the options, and two
     * executors when they are equal.
     * @param other any object */
    @Override
    public boolean equals(Object other) {
        return other instanceof RecallOptions that && request.equals(that.request);
    }

    @Override
    public int hashCode() {
        return request.hashCode();
    }

    @Override
    public String toString() {
        return "RecallOptions[candidates %s, %s, %s, threads %s]"
                .formatted(
                        request.candidates(),
                        request.criteria() == null ? "criteria of the store" : request.criteria(),
                        request.subset() == null ? "among all neurons" : "among a subset",
                        request.threads());
    }
}
