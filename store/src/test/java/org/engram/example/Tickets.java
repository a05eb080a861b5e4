package org.engram.example;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.engram.store.Candidate;
import org.engram.store.Cue;
import org.engram.store.Layout;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.RecallOptions;
import org.engram.store.StoreOptions;

/** Admits each ticket once, and to its own event, by what can still be read of its QR symbol. */
final class Tickets implements AutoCloseable {

    private final PatternStore store;
    private final Map<String, RecallOptions> events = new ConcurrentHashMap<>();

    Tickets(Path directory) {
        store = PatternStore.openOrCreate(directory, StoreOptions.DEFAULT.withLayout(Layout.PACKED));
    }

    /** Issues a symbol for each seat: all, or none if one is already issued. */
    void issue(String event, Map<String, Pattern> symbols) {
        store.memorizeAll(symbols.entrySet().stream()
                .map(seat -> Map.entry(event + "/" + seat.getKey(), seat.getValue()))
                .toList());
    }

    /** The seat, for whoever shows its ticket first. */
    Optional<String> admit(String event, Pattern scan, Mask legible) {
        RecallOptions thisEvent =
                events.computeIfAbsent(event, name -> RecallOptions.DEFAULT.amongKeysStartingWith(name + "/"));
        Optional<Candidate> ticket =
                store.recall(Cue.bipolar(scan, legible), thisEvent).recognised();
        return ticket.filter(known -> store.forgetIfPresent(known.key()).isPresent())
                .map(known -> known.key().substring(event.length() + 1));
    }

    @Override
    public void close() {
        store.close();
    }
}
