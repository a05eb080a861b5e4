package org.engram.store;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.engram.store.internal.watch.Counter;
import org.engram.store.internal.watch.Flight;
import org.engram.store.internal.watch.Watched;
import org.jspecify.annotations.Nullable;

/** Counts what is done through one opening of a store, and tells whoever records. Safe for any number of threads. */
final class Watch {

    private final Path directory;
    private final Counter appends = new Counter();
    private final Counter syncs = new Counter();
    private final Counter refreshes = new Counter();
    private final Map<StoreStats.Path, Map<Verdict, Counter>> recalls = new EnumMap<>(StoreStats.Path.class);

    Watch(Path directory) {
        this.directory = directory;
        for (StoreStats.Path path : StoreStats.Path.values()) {
            Map<Verdict, Counter> ofPath = new EnumMap<>(Verdict.class);
            for (Verdict verdict : Verdict.values()) {
                ofPath.put(verdict, new Counter());
            }
            recalls.put(path, ofPath);
        }
    }

    /** A call that began now. Flight is null where nobody records. */
    record Call(long began, @Nullable Flight flight) {
        long took() {
            return System.nanoTime() - began;
        }
    }

    private Counter counter(StoreStats.Path path, Verdict verdict) {
        return Objects.requireNonNull(Objects.requireNonNull(recalls.get(path)).get(verdict));
    }

    Call begin(Watched watched) {
        return new Call(System.nanoTime(), Flight.begin(watched, directory));
    }

    void recovered(Call call, Diagnosis found) {
        if (call.flight != null) {
            call.flight.recovered(found.toString());
        }
    }

    void compactionDue(int retired, int neurons) {
        Flight flight = Flight.begin(Watched.COMPACTION_DUE, directory);
        if (flight != null) {
            flight.compactionDue(retired, neurons);
        }
    }

    void appended(Call call, int firstNeuron, int neurons) {
        appends.add(neurons, call.took());
        if (call.flight != null) {
            call.flight.appended(firstNeuron, neurons);
        }
    }

    void recalled(Call call, StoreStats.Path path, Recall recall, int neurons) {
        counter(path, recall.verdict()).add(1, call.took());
        if (call.flight != null) {
            call.flight.recalled(path.name(), recall.verdict().name(), recall.neuron(), neurons);
        }
    }

    void recalledAll(Call call, List<StoreStats.Path> paths, List<Recall> answers, int neurons) {
        long each = answers.isEmpty() ? 0 : call.took() / answers.size();
        for (int i = 0; i < answers.size(); i++) {
            counter(paths.get(i), answers.get(i).verdict()).add(1, each);
        }
        if (call.flight != null) {
            long recognised = answers.stream().filter(Recall::isRecognised).count();
            call.flight.recalledAll(answers.size(), (int) recognised, neurons);
        }
    }

    void synced(Call call) {
        syncs.add(1, call.took());
        if (call.flight != null) {
            call.flight.synced();
        }
    }

    void refreshed(Call call, int changes) {
        refreshes.add(1, call.took());
        if (call.flight != null) {
            call.flight.refreshed(changes);
        }
    }

    StoreStats.Calls calls() {
        Map<StoreStats.Path, Map<Verdict, StoreStats.Count>> counts = new EnumMap<>(StoreStats.Path.class);
        recalls.forEach((path, ofPath) -> {
            Map<Verdict, StoreStats.Count> answered = new EnumMap<>(Verdict.class);
            ofPath.forEach((verdict, counter) -> answered.put(verdict, count(counter)));
            counts.put(path, answered);
        });
        return new StoreStats.Calls(count(appends), count(syncs), count(refreshes), counts);
    }

    private static StoreStats.Count count(Counter counter) {
        return new StoreStats.Count(counter.number(), counter.nanoseconds());
    }
}
