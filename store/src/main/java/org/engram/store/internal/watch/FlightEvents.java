package org.engram.store.internal.watch;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The events of JDK Flight Recorder. A runtime without {@code jdk.jfr} cannot load this class. */
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class FlightEvents {

    private FlightEvents() {}

    @Category("Engram")
    @StackTrace(false)
    private abstract static class StoreEvent extends Event {
        @Label("Store")
        @Description("The directory of the store")
        @Nullable
        String store;

        void end(String directory) {
            store = directory;
            commit();
        }
    }

    @Name("org.engram.store.Open")
    @Label("Store Open")
    private static final class Open extends StoreEvent {
        @Label("Writable")
        boolean writable;

        @Label("Neurons")
        int neurons;
    }

    @Name("org.engram.store.Recover")
    @Label("Store Recover")
    private static final class Recover extends StoreEvent {
        @Label("Found")
        @Description("What was found at the end of the files")
        @Nullable
        String found;
    }

    @Name("org.engram.store.Append")
    @Label("Store Append")
    private static final class Append extends StoreEvent {
        @Label("First Neuron")
        int firstNeuron;

        @Label("Neurons")
        @Description("How many neurons were appended")
        int neurons;
    }

    @Name("org.engram.store.Recall")
    @Label("Store Recall")
    private static final class Recall extends StoreEvent {
        @Label("Path")
        @Description("Which weights were read: BITS or STRIPES")
        @Nullable
        String path;

        @Label("Verdict")
        @Nullable
        String verdict;

        @Label("Neuron")
        @Description("The winner, or -1")
        int neuron;

        @Label("Neurons")
        @Description("How many neurons could answer")
        int neurons;
    }

    @Name("org.engram.store.RecallAll")
    @Label("Store Batch Recall")
    private static final class RecallAll extends StoreEvent {
        @Label("Cues")
        int cues;

        @Label("Recognised")
        @Description("How many cues were recognised")
        int recognised;

        @Label("Neurons")
        @Description("How many neurons could answer")
        int neurons;
    }

    @Name("org.engram.store.Sync")
    @Label("Store Sync")
    private static final class Sync extends StoreEvent {}

    @Name("org.engram.store.Refresh")
    @Label("Store Refresh")
    private static final class Refresh extends StoreEvent {
        @Label("Changes")
        int changes;
    }

    @Name("org.engram.store.CompactionDue")
    @Label("Store Compaction Due")
    @Description("Most neurons of a store that was opened or synced are retired")
    private static final class CompactionDue extends StoreEvent {
        @Label("Retired")
        @Description("How many neurons were forgotten or replaced")
        int retired;

        @Label("Neurons")
        @Description("How many neurons there are, retired ones included")
        int neurons;
    }

    /** A begun event, or null when nobody records such events. */
    static @Nullable Object begin(Watched watched) {
        Event event = switch (watched) {
            case OPEN -> new Open();
            case RECOVER -> new Recover();
            case APPEND -> new Append();
            case RECALL -> new Recall();
            case RECALL_ALL -> new RecallAll();
            case SYNC -> new Sync();
            case REFRESH -> new Refresh();
            case COMPACTION_DUE -> new CompactionDue();
        };
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    static void opened(Object event, String store, boolean writable, int neurons) {
        Open open = (Open) event;
        open.writable = writable;
        open.neurons = neurons;
        open.end(store);
    }

    static void recovered(Object event, String store, String found) {
        Recover recover = (Recover) event;
        recover.found = found;
        recover.end(store);
    }

    static void appended(Object event, String store, int firstNeuron, int neurons) {
        Append append = (Append) event;
        append.firstNeuron = firstNeuron;
        append.neurons = neurons;
        append.end(store);
    }

    static void recalled(Object event, String store, String path, String verdict, int neuron, int neurons) {
        Recall recall = (Recall) event;
        recall.path = path;
        recall.verdict = verdict;
        recall.neuron = neuron;
        recall.neurons = neurons;
        recall.end(store);
    }

    static void recalledAll(Object event, String store, int cues, int recognised, int neurons) {
        RecallAll recall = (RecallAll) event;
        recall.cues = cues;
        recall.recognised = recognised;
        recall.neurons = neurons;
        recall.end(store);
    }

    static void synced(Object event, String store) {
        ((Sync) event).end(store);
    }

    static void refreshed(Object event, String store, int changes) {
        Refresh refresh = (Refresh) event;
        refresh.changes = changes;
        refresh.end(store);
    }

    static void compactionDue(Object event, String store, int retired, int neurons) {
        CompactionDue due = (CompactionDue) event;
        due.retired = retired;
        due.neurons = neurons;
        due.end(store);
    }
}
