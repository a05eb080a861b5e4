package org.engram.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Keys;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.neurons.Storable;
import org.engram.store.internal.neurons.StoreWriter;
import org.engram.store.internal.recall.Request;
import org.engram.store.internal.recall.Votes;
import org.engram.store.internal.watch.Watched;
import org.jspecify.annotations.Nullable;

/** Changes the files of a store for a {@link PatternStore}: one change after the other, each of them whole. */
final class Changes {

    /** A reader that waits looks again after this time, then after longer and longer times up to the longest. */
    private static final long SHORTEST_WAIT_NS = 100_000;

    private static final long LONGEST_WAIT_NS = 10_000_000;

    private final OpenStore open;
    private final InFlight inFlight;
    private final Object changing = new Object();

    /** How many changes all calls of {@link #refresh} took in. Written while {@link #changing} is held. */
    private volatile long takenIn;

    Changes(OpenStore open, InFlight inFlight) {
        this.open = open;
        this.inFlight = inFlight;
    }

    int memorize(String key, Pattern pattern) {
        return change(writer -> {
            requireStorable(key, pattern);
            requireNew(key);
            return append(writer, key, pattern, JournalEntry.NONE);
        });
    }

    int memorizeAll(Collection<? extends Map.Entry<String, Pattern>> entries) {
        List<Storable> all = new ArrayList<>();
        for (Map.Entry<String, Pattern> entry : entries) {
            // Each is read once, since an entry of a map that changes meanwhile gives another value the next time.
            String key = entry.getKey();
            Pattern pattern = entry.getValue();
            requireStorable(key, pattern);
            all.add(new Storable(key, pattern.picture()));
        }
        requireDistinct(all);
        return change(writer -> {
            all.forEach(one -> requireNew(one.key()));
            if (all.isEmpty()) {
                return open.files.neurons();
            }
            Watch.Call call = open.watch.begin(Watched.APPEND);
            int first = writer.memorizeAll(all);
            open.watch.appended(call, first, all.size());
            return first;
        });
    }

    Insertion insertUnlessSimilar(String key, Pattern pattern, Request near) {
        return change(writer -> {
            requireStorable(key, pattern);
            return Insertion.unless(open.recall(open.votes(Cue.bipolar(pattern)), near), () -> {
                requireNew(key);
                return append(writer, key, pattern, JournalEntry.NONE);
            });
        });
    }

    private int append(StoreWriter writer, String key, Pattern pattern, int retires) {
        Watch.Call call = open.watch.begin(Watched.APPEND);
        int neuron = writer.memorize(key, pattern.picture(), retires);
        open.watch.appended(call, neuron, 1);
        return neuron;
    }

    private static void requireDistinct(List<Storable> all) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Integer earlier = places.putIfAbsent(all.get(i).key(), i);
            if (earlier != null) {
                String key = all.get(i).key();
                throw new EngramException.DuplicateKey(
                        List.of(key),
                        Diagnosis.of("key is twice in the batch")
                                .found("%s is entry %s and entry %s".formatted(Keys.quoted(key), earlier, i))
                                .remedy("choose another key for one, nothing was stored"));
            }
        }
    }

    private void requireNew(String key) {
        int namesake = open.table().find(key);
        if (namesake >= 0) {
            throw new EngramException.DuplicateKey(
                    List.of(key),
                    Diagnosis.of("key is in use")
                            .found("%s names neuron %s".formatted(Keys.quoted(key), namesake))
                            .remedy("choose another key, or replace it"));
        }
    }

    Put put(String key, Pattern pattern) {
        return change(writer -> {
            requireStorable(key, pattern);
            int replaced = open.table().find(key);
            int neuron = append(writer, key, pattern, replaced);
            return new Put(neuron, replaced != JournalEntry.NONE);
        });
    }

    int replace(String key, Pattern pattern) {
        return change(writer -> {
            requireStorable(key, pattern);
            return append(writer, key, pattern, open.table().requireKnown(key));
        });
    }

    int forget(String key) {
        return change(writer -> {
            int neuron = open.table().requireKnown(key);
            writer.forget(key, neuron);
            return neuron;
        });
    }

    OptionalInt forgetIfPresent(String key) {
        return change(writer -> {
            int neuron = open.table().find(key);
            if (neuron < 0) {
                return OptionalInt.empty();
            }
            writer.forget(key, neuron);
            return OptionalInt.of(neuron);
        });
    }

    void setCriteria(Criteria criteria) {
        Objects.requireNonNull(criteria, "criteria");
        change(writer -> {
            writer.judge(criteria);
            return null;
        });
    }

    void sync() {
        change(writer -> {
            Watch.Call call = open.watch.begin(Watched.SYNC);
            open.sync(writer);
            open.watch.synced(call);
            return null;
        });
    }

    int refresh() {
        return refresh(true);
    }

    /** A look that finds nothing is told only where a host asked for it. */
    private int refresh(boolean tellAll) {
        return inFlight.within(() -> {
            synchronized (changing) {
                if (open.writer != null) {
                    return 0;
                }
                Watch.Call call = open.watch.begin(Watched.REFRESH);
                int changes = open.files.takeIn();
                takenIn += changes;
                if (tellAll || changes > 0) {
                    open.watch.refreshed(call, changes);
                }
                return changes;
            }
        });
    }

    boolean awaitChange(Duration timeout) throws InterruptedException {
        IdleStrategy idle = new BackoffIdleStrategy(1, 1, SHORTEST_WAIT_NS, LONGEST_WAIT_NS);
        long began = System.nanoTime();
        long nanoseconds = TimeUnit.NANOSECONDS.convert(timeout);
        // Another thread may take in the change that this one waits for.
        long before = takenIn;
        refresh(false);
        while (takenIn == before && open.writer == null && System.nanoTime() - began < nanoseconds) {
            idle.idle();
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for a change");
            }
            refresh(false);
        }
        return takenIn != before;
    }

    private <T extends @Nullable Object> T change(Function<StoreWriter, T> call) {
        return inFlight.within(() -> {
            StoreWriter writer = open.writer;
            if (writer == null) {
                throw new EngramException.ReadOnly(Diagnosis.of("store was opened read-only")
                        .in(open.directory)
                        .remedy("open it for writing to change it"));
            }
            synchronized (changing) {
                writer.requireUsable();
                return call.apply(writer);
            }
        });
    }

    private void requireStorable(String key, Pattern pattern) {
        Keys.requireValid(key);
        open.requireFits("pattern", pattern.geometry());
        if (pattern.picture() instanceof Picture.RealValued(float[] values)) {
            Votes.requireInRange("pattern", pattern.geometry(), values);
        }
    }
}
