package org.engram.store;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an open store holds, and what was done through this opening of it since. The counts of calls that run meanwhile are
 * from about the same time, not from one moment. Immutable, safe for any number of threads.
 */
public final class StoreStats {

    /** Which weights a recall read. The answer does not depend on it. */
    public enum Path {
        /** One bit a pixel. */
        BITS,
        /** One float a pixel. */
        STRIPES
    }

    /**
     * How often something was done, and how long that took.
     *
     * @param number how often
     * @param nanoseconds how long in all, as the calling threads saw it
     */
    public record Count(long number, long nanoseconds) {

        Count plus(Count other) {
            return new Count(number + other.number, nanoseconds + other.nanoseconds);
        }
    }

    private final int neurons;
    private final int retired;
    private final long bytes;
    private final Count appends;
    private final Count syncs;
    private final Count refreshes;
    private final Map<Path, Map<Verdict, Count>> recalls;

    private StoreStats(int neurons, int retired, long bytes, Calls calls) {
        this.neurons = neurons;
        this.retired = retired;
        this.bytes = bytes;
        this.appends = calls.appends;
        this.syncs = calls.syncs;
        this.refreshes = calls.refreshes;
        this.recalls = calls.recalls;
    }

    /** What was done through an opening.
     * @param appends neurons that were appended
     * @param syncs forces to the medium that {@link PatternStore#sync} was asked for
     * @param refreshes calls of {@link PatternStore#refresh}, and waits that found a change
     * @param recalls cues that were answered */
    record Calls(Count appends, Count syncs, Count refreshes, Map<Path, Map<Verdict, Count>> recalls) {}

    static StoreStats of(int neurons, int retired, long bytes, Calls calls) {
        return new StoreStats(neurons, retired, bytes, calls);
    }

    /** {@return the number of live neurons} */
    public int neurons() {
        return neurons;
    }

    /** {@return the number of neurons that were forgotten or replaced} */
    public int retired() {
        return retired;
    }

    /** {@return the size of the header, of the journal, and of all neurons, in bytes} */
    public long bytes() {
        return bytes;
    }

    /** {@return the neurons that this opening has appended} */
    public Count appends() {
        return appends;
    }

    /** {@return the calls of {@link PatternStore#sync}} */
    public Count syncs() {
        return syncs;
    }

    /** {@return the calls of {@link PatternStore#refresh}, and those of {@link PatternStore#awaitChange} that found a change} */
    public Count refreshes() {
        return refreshes;
    }

    /** {@return the cues that were answered} The time of a batch is shared out evenly among its cues. */
    public Count recalls() {
        return List.of(Path.values()).stream()
                .flatMap(path -> List.of(Verdict.values()).stream().map(verdict -> recalls(path, verdict)))
                .reduce(new Count(0, 0), Count::plus);
    }

    /** {@return the cues that were answered in one way}
     * @param path which weights were read
     * @param verdict what was answered */
    public Count recalls(Path path, Verdict verdict) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(verdict, "verdict");
        return recalls.getOrDefault(path, Map.of()).getOrDefault(verdict, new Count(0, 0));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoreStats that
                && neurons == that.neurons
                && retired == that.retired
                && bytes == that.bytes
                && appends.equals(that.appends)
                && syncs.equals(that.syncs)
                && refreshes.equals(that.refreshes)
                && recalls.equals(that.recalls);
    }

    @Override
    public int hashCode() {
        return Objects.hash(neurons, retired, bytes, appends, syncs, refreshes, recalls);
    }

    @Override
    public String toString() {
        return "%s neurons, %s retired, %s bytes, %s appends, %s recalls"
                .formatted(neurons, retired, bytes, appends.number, recalls().number);
    }
}
