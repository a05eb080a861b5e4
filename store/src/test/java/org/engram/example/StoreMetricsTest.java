package org.engram.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.engram.store.Cue;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The binding of a store's metrics, as a host would write it. */
class StoreMetricsTest {

    @Test
    void aRegistryShowsWhatTheStoreCounts(@TempDir Path temp) {
        try (PatternStore store =
                PatternStore.create(temp.resolve("store"), StoreOptions.DEFAULT.withGeometry(Patterns.SMALL))) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            new StoreMetrics(store).bindTo(registry);
            store.memorize("a", Patterns.random(Patterns.SMALL, 1));
            store.memorize("b", Patterns.random(Patterns.SMALL, 2));
            store.recall(Cue.bipolar(Patterns.random(Patterns.SMALL, 1)));
            assertEquals(2, registry.get("engram.neurons").gauge().value());
            assertEquals(
                    (double) store.stats().bytes(),
                    registry.get("engram.bytes").gauge().value());
            assertEquals(2, registry.get("engram.appends").functionCounter().count());
            assertEquals(1, registry.get("engram.recalls").functionTimer().count());
            assertTrue(registry.get("engram.recalls").functionTimer().totalTime(TimeUnit.NANOSECONDS) > 0);
        }
    }
}
