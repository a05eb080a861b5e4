package org.engram.tools.cluster;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.engram.cluster.ClusterGuest;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.console.Failure;
import org.engram.tools.transfer.Target;

/**
 * Stores patterns in a cluster, a batch at a time: one call reads what is held under the keys, and one or two calls
 * write.
 */
final class ToCluster implements Target {

    private static final int BATCH = 256;

    private final Visit visit;
    private final Geometry geometry;
    private Map<String, Pattern> held = Map.of();
    private final Map<String, Pattern> fresh = new LinkedHashMap<>();
    private final Map<String, Pattern> others = new LinkedHashMap<>();

    ToCluster(Visit visit) {
        this.visit = visit;
        this.geometry = visit.ask(ClusterGuest::geometry);
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public boolean hasMasks() {
        return false;
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public void begin(Collection<String> keys) {
        fresh.clear();
        others.clear();
        held = new LinkedHashMap<>(visit.ask(guest -> guest.patterns(new LinkedHashSet<>(keys))));
    }

    @Override
    public boolean holds(String key, Pattern pattern) {
        return pattern.equals(held.get(key));
    }

    @Override
    public boolean put(String key, Pattern pattern) {
        boolean replaced = held.containsKey(key);
        take(replaced ? others : fresh, key, pattern);
        return replaced;
    }

    @Override
    public void memorize(String key, Pattern pattern) {
        if (held.containsKey(key)) {
            throw new EngramException.DuplicateKey(List.of(key), Diagnosis.of("key is in use").found(key));
        }
        take(fresh, key, pattern);
    }

    private void take(Map<String, Pattern> batch, String key, Pattern pattern) {
        if (!pattern.isTwoValued()) {
            throw Failure.usage("pattern has greys: a cluster holds black and white patterns only");
        }
        visit.tell(guest -> guest.requireStorable(key, pattern));
        batch.put(key, pattern);
        held.put(key, pattern);
    }

    @Override
    public void end() {
        visit.tell(guest -> guest.memorizeAll(fresh));
        visit.tell(guest -> guest.putAll(others));
        fresh.clear();
        others.clear();
    }

    /** Does nothing: owners have everything that they acknowledged in their journals. */
    @Override
    public void sync() {}

    @Override
    public long size() {
        return visit.ask(ClusterGuest::size);
    }

    @Override
    public void close() {
        visit.close();
    }
}
