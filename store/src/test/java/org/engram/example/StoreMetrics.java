package org.engram.example;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.engram.store.PatternStore;

/** The metrics of a store for Micrometer. */
record StoreMetrics(PatternStore store) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        ToDoubleFunction<PatternStore> appends = s -> s.stats().appends().number();
        ToLongFunction<PatternStore> recalls = s -> s.stats().recalls().number();
        ToDoubleFunction<PatternStore> time = s -> s.stats().recalls().nanoseconds();
        registry.gauge("engram.neurons", store, s -> s.stats().neurons());
        registry.gauge("engram.bytes", store, s -> s.stats().bytes());
        registry.more().counter("engram.appends", Tags.empty(), store, appends);
        registry.more().timer("engram.recalls", Tags.empty(), store, recalls, time, TimeUnit.NANOSECONDS);
    }
}
