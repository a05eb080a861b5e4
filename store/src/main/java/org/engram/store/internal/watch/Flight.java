package org.engram.store.internal.watch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A call that JDK Flight Recorder may be recording. If nobody records, or the runtime has no {@code jdk.jfr}, it is
 * null, and costs a look at a field. A caller that has one ends it with one of the other methods.
 */
public final class Flight {

    /** Whether the runtime has {@code jdk.jfr}. Without it, no class of events may be touched. */
    private static final boolean IS_THERE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private final Object event;
    private final String store;

    private Flight(Object event, Path store) {
        this.event = event;
        this.store = store.toString();
    }

    /** Begins a call, or gives null. */
    public static @Nullable Flight begin(Watched watched, Path store) {
        if (!IS_THERE) {
            return null;
        }
        Object event = FlightEvents.begin(watched);
        return event == null ? null : new Flight(event, store);
    }

    public void opened(boolean writable, int neurons) {
        FlightEvents.opened(event, store, writable, neurons);
    }

    public void recovered(String found) {
        FlightEvents.recovered(event, store, found);
    }

    public void appended(int firstNeuron, int neurons) {
        FlightEvents.appended(event, store, firstNeuron, neurons);
    }

    public void recalled(String path, String verdict, int neuron, int neurons) {
        FlightEvents.recalled(event, store, path, verdict, neuron, neurons);
    }

    public void recalledAll(int cues, int recognised, int neurons) {
        FlightEvents.recalledAll(event, store, cues, recognised, neurons);
    }

    public void synced() {
        FlightEvents.synced(event, store);
    }

    public void refreshed(int changes) {
        FlightEvents.refreshed(event, store, changes);
    }

    public void compactionDue(int retired, int neurons) {
        FlightEvents.compactionDue(event, store, retired, neurons);
    }
}
