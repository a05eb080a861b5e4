package org.engram.example;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.engram.store.PatternStore;

/** The metrics of a store for Micrometer. */
record StoreMetrics(PatternStore store) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("engram.neurons", store, s -> s.stats().neurons()).register(registry);
        Gauge.builder("engram.bytes", store, s -> s.stats().bytes()).register(registry);
        FunctionCounter.builder(
                        "engram.appends", store, s -> s.stats().appends().number())
                .register(registry);
        FunctionTimer.builder(
                        "engram.recalls",
                        store,
                        s -> s.stats().recalls().number(),
                        s -> s.stats().recalls().nanoseconds(),
                        TimeUnit.NANOSECONDS)
                .register(registry);
    }
}
