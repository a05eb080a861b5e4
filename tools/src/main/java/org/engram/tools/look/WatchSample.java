package org.engram.tools.look;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.engram.store.Writer;

/**
 * A store at one moment. {@code memorized} counts the neurons since the sample before, and {@code totalMemorized} those
 * since the watch began. Both rates are NaN in the first sample. The bytes are those of all files. The writer is the
 * process that writes, if there is one.
 */
record WatchSample(
        Instant time,
        int live,
        int retired,
        int memorized,
        double perSecond,
        int totalMemorized,
        double averagePerSecond,
        long bytes,
        Optional<Writer> writer) {

    String second() {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String rate(double perSecond) {
        return Double.isNaN(perSecond) ? "" : "%,.1f".formatted(perSecond);
    }

    static final class Series {

        private final WatchedStore store;
        private long begin;
        private int memorizedAtBegin;
        private WatchSample last;
        private long lastNanos;

        Series(WatchedStore store) {
            this.store = store;
        }

        WatchSample next() {
            store.refresh();
            long now = System.nanoTime();
            int memorized = store.memorized();
            if (last == null) {
                begin = now;
                memorizedAtBegin = memorized;
            }
            int total = memorized - memorizedAtBegin;
            int came = last == null ? 0 : total - last.totalMemorized();
            WatchSample sample = new WatchSample(
                    Instant.now().truncatedTo(ChronoUnit.MILLIS),
                    store.live(),
                    memorized - store.live(),
                    came,
                    last == null ? Double.NaN : rate(came, now - lastNanos),
                    total,
                    last == null ? Double.NaN : rate(total, now - begin),
                    store.bytes(),
                    store.writer());
            last = sample;
            lastNanos = now;
            return sample;
        }

        private static double rate(int neurons, long nanos) {
            return neurons / (Math.max(1, nanos) / 1e9);
        }
    }
}
