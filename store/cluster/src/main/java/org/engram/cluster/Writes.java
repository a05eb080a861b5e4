package org.engram.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.infinispan.Cache;
import org.infinispan.commons.CacheException;
import org.infinispan.partitionhandling.AvailabilityException;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a cluster. Each change writes the next generation of its key, unless somebody else did so meanwhile.
 * The engine repeats a call whose owner has died. It may then find its own change done and call it a failure, so the
 * entry that is there afterwards counts. Safe for any number of threads.
 */
final class Writes {

    /** A change begins anew at most this often when others change the same key. */
    private static final int ATTEMPTS = 20;
    /** At most this many changes of a batch are under way at once. */
    private static final int WINDOW = 256;

    private static final long HELD_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    /** How often a first owner is asked before its silence makes a change doubtful. Another may be the first meanwhile. */
    private static final int QUESTIONS = 3;

    private static final long ASK_AGAIN_MS = 500;

    private final Owners owners;
    private final Cache<String, Entry> cache;
    private volatile boolean frozen;

    Writes(Owners owners, Cache<String, Entry> cache) {
        this.owners = owners;
        this.cache = cache;
    }

    void freeze(boolean stop) {
        frozen = stop;
    }

    boolean isFrozen() {
        return frozen;
    }

    /** The entry that is held under a key; null for none.
     * @throws ClusterException where there is none or a grave, but old files that wait may have a pattern */
    @Nullable
    Entry get(String key) {
        Entry held = held(key);
        requireAllIsHere(held);
        return held;
    }

    /** The entry that the engine has under a key; null for none. */
    @Nullable
    Entry held(String key) {
        return reading(key, () -> Optional.ofNullable(cache.get(key))).orElse(null);
    }

    private void requireAllIsHere(@Nullable Entry held) {
        if (held == null || held.isForgotten()) {
            requireAllIsHere();
        }
    }

    private void requireAllIsHere() {
        if (owners.awaitsOldFiles()) {
            throw new ClusterException(Diagnosis.of("key may be in old files that are not offered yet")
                    .found("those of " + String.join(", ", owners.awaited()))
                    .remedy("try again when they are, or look at what keeps them"));
        }
    }

    /**
     * The entry that the first owner has; null for none. The engine judges a change by it. Another owner has more after a
     * change that the first could not write, and less after a change that did not reach it.
     */
    private @Nullable Entry heldByFirst(String key) {
        for (int question = 0; question < QUESTIONS; question++) {
            Address first = owners.firstOwner(key);
            if (first == null) {
                return held(key);
            }
            Entry held = ask(first, new AskHeld(key, false));
            if (held != null) {
                return held.equals(Entry.NOTHING) ? null : held;
            }
            Pause.ms(ASK_AGAIN_MS);
        }
        throw unacknowledged(key, new IllegalStateException("its first owner does not answer"));
    }

    /** The highest generation that makes an owner refuse this entry, as it has another entry on disk; 0 for none. */
    private long taken(String key, Entry entry) {
        return owners.ownersOf(key).stream()
                .map(owner -> ask(owner, new AskHeld(key, true)))
                .filter(held -> held != null && !held.equals(entry) && held.generation() >= entry.generation())
                .mapToLong(held -> held == null ? 0 : held.generation())
                .max()
                .orElse(0);
    }

    private @Nullable Entry ask(Address owner, AskHeld question) {
        CompletableFuture<Entry> answer = new CompletableFuture<>();
        owners.call(owner, question, HELD_LIMIT_NS, answer::complete);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ClusterException.interrupted(e);
        } catch (ExecutionException e) {
            return null;
        }
    }

    /** The entries that are held under some keys. Keys that were never used are left out. */
    Map<String, Entry> getAll(List<String> keys) {
        Set<String> wanted = new LinkedHashSet<>(keys);
        Map<String, Entry> held =
                reading(keys.getFirst(), () -> cache.getAdvancedCache().getAll(wanted));
        if (held.size() < wanted.size() || held.values().stream().anyMatch(Entry::isForgotten)) {
            requireAllIsHere();
        }
        return held;
    }

    /** Does a change, and returns the entry that was held before; null for none. */
    @Nullable
    Entry change(Change change, String key, byte[] bits) {
        requireNotFrozen();
        Entry held = change == Change.MEMORIZE && !owners.awaitsOldFiles() ? null : get(key);
        List<Entry> tried = new ArrayList<>(1);
        long above = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Entry before = held;
            long term = owners.term();
            Entry next = change.of(key, before, bits, Math.max(term, above));
            tried.add(next);
            try {
                if (engine(key, () -> write(key, before, next))) {
                    // A segment that has lost its owners meanwhile is empty, and old files may have the key.
                    requireAllIsHere(before);
                    confirm(key, next, term);
                    return before;
                }
            } catch (ClusterException inDoubt) {
                long taken = taken(key, next);
                if (taken == 0) {
                    throw inDoubt;
                }
                above = taken + 1;
            }
            above = Math.max(above, before == null ? 0 : before.generation() + 1);
            held = heldByFirst(key);
            if (held != null && tried.contains(held)) {
                // A call whose owner has died did it on at least one copy. Now it is done on all.
                requireAllIsHere(before);
                makeLast(key, held, held.equals(next) ? above : Math.max(above, next.generation() + 1), term);
                return before;
            }
            requireAllIsHere(held);
        }
        throw new ClusterException(Diagnosis.of("key is changed by many at once")
                .found("\"%s\"".formatted(key))
                .remedy("try again"));
    }

    /** Does a change on all copies that some have, at or above a generation: later attempts at it may still be under way. */
    private void makeLast(String key, Entry done, long above, long begun) {
        Entry last = above > done.generation() ? done.again(above) : done;
        var _ = engine(key, () -> cache.replace(key, done, last));
        confirm(key, last, begun);
    }

    /**
     * Makes a change again as long as the table of owners changes under it. The engine may have done it under a later
     * table than that of its term. A change of that table that nobody acknowledged would then be higher.
     */
    private void confirm(String key, Entry done, long begun) {
        Entry last = done;
        long term = begun;
        while (term != owners.term()) {
            term = owners.term();
            Entry from = last;
            Entry again = from.again(term);
            if (!engine(key, () -> cache.replace(key, from, again)) && !again.equals(held(key))) {
                // Somebody else has changed it since.
                return;
            }
            last = again;
        }
    }

    /** Writes an old entry if its generation is higher than the one that is there. */
    void offer(String key, Entry old) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Entry held = heldByFirst(key);
            if (!old.supersedes(held == null ? 0 : held.generation()) || engine(key, () -> write(key, held, old))) {
                return;
            }
        }
        throw new ClusterException(Diagnosis.of("key is changed by many at once")
                .found("\"%s\"".formatted(key))
                .remedy("try again"));
    }

    /** Sends an entry that this owner has to all owners. Each takes it if its generation is higher than its own. */
    void spread(String key, Entry entry) {
        offer(key, entry);
        var _ = engine(key, () -> cache.replace(key, entry, entry));
    }

    private boolean write(String key, @Nullable Entry before, Entry next) {
        return before == null ? cache.putIfAbsent(key, next) == null : cache.replace(key, before, next);
    }

    private interface Call<T> {
        T run();
    }

    /** Lets the engine change something. */
    private static <T> T engine(String key, Call<T> call) {
        return engine(key, call, Writes::unacknowledged);
    }

    private static <T> T reading(String key, Call<T> call) {
        return engine(key, call, Writes::unreadable);
    }

    private static <T> T engine(
            String key, Call<T> call, BiFunction<String, RuntimeException, ClusterException> failure) {
        try {
            return call.run();
        } catch (AvailabilityException e) {
            throw new ClusterException(
                    Diagnosis.of("owners of a key are out of reach")
                            .found("\"%s\"".formatted(key))
                            .remedy("try again when the members are back"),
                    e);
        } catch (RuntimeException e) {
            // The engine passes on what a store throws, as it is, where the owner is this member.
            throw failure.apply(key, e);
        }
    }

    private static ClusterException unreadable(String key, Throwable why) {
        return new ClusterException(
                Diagnosis.of("pattern cannot be read now")
                        .found("\"%s\": %s".formatted(key, root(why).getMessage()))
                        .remedy("try again"),
                why);
    }

    private static Throwable root(Throwable why) {
        return why.getCause() == null ? why : root(why.getCause());
    }

    private static ClusterException unacknowledged(String key, Throwable why) {
        return new ClusterException(
                Diagnosis.of("change was not acknowledged, and may be done or not")
                        .found("\"%s\": %s".formatted(key, root(why).getMessage()))
                        .remedy("look at the key, or try again"),
                why);
    }

    private void requireNotFrozen() {
        if (isFrozen()) {
            throw new ClusterException(Diagnosis.of("cluster is being stopped").remedy("start it again to change it"));
        }
    }

    /** Memorizes many patterns by one call to each first owner, which writes them side by side. */
    void memorizeAll(List<Named> all, long limitNs) {
        requireNotFrozen();
        requireAllIsHere();
        Map<Address, List<Named>> byOwner = new LinkedHashMap<>();
        for (Named one : all) {
            byOwner.computeIfAbsent(owners.firstOwner(one.key()), some -> new ArrayList<>())
                    .add(one);
        }
        List<CompletableFuture<Memorized>> calls = new ArrayList<>();
        byOwner.forEach((owner, some) -> {
            CompletableFuture<Memorized> done = new CompletableFuture<>();
            calls.add(done);
            List<String> keys = some.stream().map(Named::key).toList();
            if (owner == null) {
                done.complete(new Memorized(List.of(), keys, "no owner"));
            } else {
                Thread.ofVirtual()
                        .start(() -> owners.call(
                                owner,
                                new AskMemorize(some),
                                limitNs,
                                answer -> done.complete(
                                        answer != null ? answer : new Memorized(List.of(), keys, "no answer"))));
            }
        });
        List<String> used = new ArrayList<>();
        Set<String> failed = new HashSet<>();
        calls.forEach(call -> {
            used.addAll(call.join().used());
            failed.addAll(call.join().failed());
        });
        // Those that failed are written one by one, as single changes are, which deal with calls that fail.
        for (Named one : all) {
            String key = one.key();
            if (!failed.contains(key)) {
                continue;
            }
            requireAllIsHere();
            try {
                change(Change.MEMORIZE, key, one.bits());
            } catch (EngramException.DuplicateKey inUse) {
                Entry held = get(key);
                if (held != null && Arrays.equals(one.bits(), held.bits())) {
                    // It was done on at least one copy. Now it is done on all.
                    change(Change.REPLACE, key, one.bits());
                } else {
                    used.add(key);
                }
            }
        }
        if (!used.isEmpty()) {
            throw new EngramException.DuplicateKey(
                    used,
                    Diagnosis.of("keys are in use, all others are stored")
                            .found("%s of %s, the first is \"%s\"".formatted(used.size(), all.size(), used.getFirst()))
                            .remedy("choose other keys, or replace them"));
        }
    }

    /** The part of a batch of which this member is the first owner. */
    Memorized memorizeHere(List<Named> all) {
        requireNotFrozen();
        List<String> used = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        String why = "";
        for (int from = 0; from < all.size(); from += WINDOW) {
            requireAllIsHere();
            List<Named> some = all.subList(from, Math.min(all.size(), from + WINDOW));
            long term = owners.term();
            List<Entry> first =
                    some.stream().map(one -> Entry.first(one.bits(), term)).toList();
            List<CompletableFuture<Entry>> written = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                written.add(cache.putIfAbsentAsync(some.get(i).key(), first.get(i)));
            }
            for (int i = 0; i < some.size(); i++) {
                Named one = some.get(i);
                try {
                    Entry held = written.get(i).join();
                    if (held == null || held.equals(first.get(i))) {
                        requireAllIsHere();
                        confirm(one.key(), first.get(i), term);
                    } else if (held.isForgotten()) {
                        // Left to whoever asked: that one may have given up, and somebody may have forgotten the key
                        // since.
                        failed.add(one.key());
                    } else {
                        used.add(one.key());
                    }
                } catch (CompletionException | CacheException | ClusterException e) {
                    failed.add(one.key());
                    why = String.valueOf(e.getMessage());
                }
            }
        }
        return new Memorized(used, failed, why);
    }
}
