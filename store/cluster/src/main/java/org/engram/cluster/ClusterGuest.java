package org.engram.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Diagnosis;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.RecallOptions;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachemanagerlistener.annotation.ViewChanged;
import org.infinispan.notifications.cachemanagerlistener.event.ViewChangedEvent;
import org.infinispan.remoting.transport.Address;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;

/**
 * A way into a running cluster from outside: members ask and change the cluster in its place. A guest owns no segment,
 * keeps no files, moves nothing when it comes or goes, and counts for no majority. It never begins a cluster, and it
 * leaves when no member is within reach any more. It learns geometry, segments and criteria from the cluster. Safe for
 * any number of threads.
 *
 * <p>Methods that ask for patterns or change them throw a {@link ClusterException} when no member answers.
 */
public final class ClusterGuest implements AutoCloseable {

    private static final long CALL_LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int LOOK_AROUND_MS = 300;
    private static final long START_LIMIT_NS = TimeUnit.SECONDS.toNanos(8);
    private static final int LEAST_ATTEMPTS = 4;
    private static final long LOOK_LIMIT_NS = TimeUnit.SECONDS.toNanos(3);
    /** One call lists this many segments. */
    private static final int LISTED = 32;

    private final ClusterOptions options;
    private final DefaultCacheManager manager;
    private final Setup setup;

    private ClusterGuest(ClusterOptions options, DefaultCacheManager manager, Setup setup) {
        this.options = options;
        this.manager = manager;
        this.setup = setup;
    }

    /** Connects to a running cluster, and returns when a member has answered.
     * @param options hosts, where members are, and the port of those that name none; name of the cluster, secret and limits;
     *     nothing else counts. It may take half a minute longer than the limit
     * @return the guest
     * @throws ClusterException if no cluster runs there within {@link ClusterOptions#joinLimit}, or if it has another
     *     secret */
    public static ClusterGuest connect(ClusterOptions options) {
        long deadline = System.nanoTime() + options.joinLimit().toNanos();
        Optional<ClusterGuest> guest = attempt(options, deadline);
        for (int again = 1; guest.isEmpty() && (again < LEAST_ATTEMPTS || System.nanoTime() < deadline); again++) {
            guest = attempt(options, deadline);
        }
        return guest.orElseThrow(() -> new ClusterException(Diagnosis.of("no cluster lets this process in")
                .expected("an answer of the members at " + String.join(", ", options.hosts()), "none")
                .remedy("look whether their cluster is called %s; if one came or went just now, try again"
                        .formatted(options.cluster()))));
    }

    /** A guest; empty when the engine does not start, which can happen while a member comes or goes. */
    private static Optional<ClusterGuest> attempt(ClusterOptions options, long deadline) {
        ClusterOptions placed = Door.open(options, deadline).withName(Guests.newName());
        JChannel channel = Network.channel(placed);
        DefaultCacheManager manager = new DefaultCacheManager(Engine.guest(placed, channel), false);
        CompletableFuture<Void> started = CompletableFuture.runAsync(
                () -> start(manager),
                work -> Thread.ofPlatform().daemon().name("engram-guest").start(work));
        try {
            started.get(START_LIMIT_NS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            channel.close();
            return Optional.empty();
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw ClusterException.interrupted(e);
        } catch (ExecutionException e) {
            channel.close();
            throw Failures.ofStart(new IllegalStateException(e.getCause()), placed);
        }
        try {
            Network.awaitLetIn("guest", channel, placed, LOOK_AROUND_MS);
            Setup running = awaitRunning(placed, manager, deadline);
            if (running == null) {
                manager.stop();
                return Optional.empty();
            }
            ClusterGuest guest = new ClusterGuest(placed, manager, running);
            manager.addListener(guest.new Leaving());
            return Optional.of(guest);
        } catch (RuntimeException | Error e) {
            manager.stop();
            throw e;
        }
    }

    private static void start(DefaultCacheManager manager) {
        try {
            manager.start();
            manager.defineConfiguration(Engine.CACHE, Engine.rule());
        } catch (RuntimeException | Error e) {
            manager.stop();
            throw e;
        }
    }

    /** What a member says that runs; null if this process is in the way of those that do not. */
    private static @Nullable Setup awaitRunning(ClusterOptions options, DefaultCacheManager manager, long deadline) {
        do {
            if (isInTheWay(manager, options)) {
                return null;
            }
            List<Setup> answers =
                    Calls.all(manager, Guests.membersOf(manager), new AskSetup(options.name()), LOOK_LIMIT_NS);
            if (!answers.isEmpty()) {
                return answers.getFirst();
            }
            Pause.ms(Door.AGAIN_MS);
        } while (System.nanoTime() < deadline);
        List<String> waiting = names(reachable(manager));
        throw new ClusterException(Diagnosis.of("no cluster runs yet")
                .expected(
                        "a member that has joined",
                        waiting.isEmpty() ? "none" : String.join(", ", waiting) + ", still joining")
                .remedy("look at what they wait for, and try again"));
    }

    /** Leaves when no member is within reach, or those that are wait to start and this process leads them. */
    @Listener
    final class Leaving {

        @ViewChanged
        public void changed(ViewChangedEvent event) {
            Thread.ofPlatform().daemon().name("engram-leave").start(() -> {
                EmbeddedCacheManager now = event.getCacheManager();
                if (Guests.membersOf(now).isEmpty() || isInTheWay(now, options)) {
                    close();
                }
            });
        }
    }

    /** Whether this process leads members that all wait to start: nobody else can lead them then. */
    private static boolean isInTheWay(EmbeddedCacheManager manager, ClusterOptions options) {
        if (!manager.isCoordinator()) {
            return false;
        }
        List<Address> members = Guests.membersOf(manager);
        List<Hello> all = Calls.all(manager, members, new AskHello(options.name()), LOOK_LIMIT_NS);
        return all.size() == members.size() && !Hello.anyRuns(all);
    }

    /** {@return the shape of every pattern} */
    public Geometry geometry() {
        return setup.geometry();
    }

    /** {@return how many segments the store has} */
    public int segments() {
        return setup.segments();
    }

    /** {@return when an answer counts as recognised, as the member that answered first has it} */
    public Criteria criteria() {
        return setup.criteria();
    }

    /** {@return the names of the members that are within reach, in order} */
    public List<String> members() {
        return names(reachable());
    }

    private static List<String> names(List<Address> members) {
        return members.stream().map(String::valueOf).sorted().toList();
    }

    /** {@return the state of each member that answers within 3 s, in the order of their names} */
    public List<MemberState> states() {
        return Calls.all(manager, reachable(), new AskState(options.name()), LOOK_LIMIT_NS).stream()
                .sorted(Comparator.comparing(MemberState::name))
                .toList();
    }

    /** {@return how a member sees the cluster} */
    public Health health() {
        return ask(new AskHealth(options.name()), LOOK_LIMIT_NS);
    }

    /** {@return how many patterns those members hold that answer within 3 s, each counted once} */
    public long size() {
        return states().stream().mapToLong(MemberState::live).sum();
    }

    /** {@return an answer for every cue, in their order, as {@link ClusteredStore#recallAll} gives it}
     * @param cues black and white, of the cluster's geometry
     * @param wanted how many candidates, by which criteria, within which radius or keys; not among numbers
     * @throws org.engram.store.EngramException.WrongGeometry for a cue of another geometry */
    public List<ClusteredRecall> recallAll(List<Cue> cues, RecallOptions wanted) {
        cues.forEach(cue -> ClusteredStore.requireFits(cue, geometry()));
        long limit = options.recallLimit().toNanos();
        List<Shown> shown = cues.stream().map(Shown::of).toList();
        Criteria criteria = wanted.criteria().orElse(criteria());
        return ask(AskRecall.of(shown, Scope.of(wanted), criteria, limit), limit + LOOK_LIMIT_NS)
                .recalls();
    }

    /** {@return the keys of all patterns, in order}
     * @throws ClusterException if a segment has no owner within reach */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (int from = 0; from < segments(); from += LISTED) {
            BitSet wanted = new BitSet();
            wanted.set(from, Math.min(segments(), from + LISTED));
            Keys some = ask(new AskKeys(wanted.toByteArray(), true), CALL_LIMIT_NS);
            wanted.andNot(some.covered());
            if (!wanted.isEmpty()) {
                throw new ClusterException(Diagnosis.of("not all keys can be listed")
                        .expected(
                                "an owner that speaks for each segment", "none for %s".formatted(wanted.cardinality()))
                        .remedy("look at the state of the cluster, and try again"));
            }
            keys.addAll(some.keys());
        }
        keys.sort(Comparator.naturalOrder());
        return keys;
    }

    /** {@return the patterns of some keys, in the order of the keys; without those that name nothing}
     * @param keys at most some hundred, which one call can take */
    public Map<String, Pattern> patterns(Collection<String> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Entries found = ask(new AskEntries(List.copyOf(keys)), CALL_LIMIT_NS);
        requireDone(found.failure());
        Map<String, byte[]> bits = new LinkedHashMap<>();
        found.all().forEach(one -> bits.put(one.key(), one.bits()));
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        for (String key : keys) {
            byte[] one = bits.get(key);
            if (one != null) {
                patterns.put(key, Bits.pattern(geometry(), one));
            }
        }
        return patterns;
    }

    /** Stores some patterns under new keys, as {@link ClusteredStore#memorizeAll} does.
     * @param entries keys and patterns
     * @throws ClusterException if keys are in use, all others being stored; or if it was not acknowledged */
    public void memorizeAll(Map<String, Pattern> entries) {
        store(entries, false);
    }

    /** Stores some patterns under keys that are new or in use.
     * @param entries keys and patterns
     * @throws ClusterException if it was not acknowledged */
    public void putAll(Map<String, Pattern> entries) {
        store(entries, true);
    }

    /** Fails where a cluster cannot take a pattern under a key.
     * @param key to be 1 to 4,000 bytes of UTF-8
     * @param pattern to be black and white, of the cluster's geometry
     * @throws org.engram.store.EngramException.InvalidKey for another key
     * @throws org.engram.store.EngramException.WrongGeometry for another geometry */
    public void requireStorable(String key, Pattern pattern) {
        ClusteredStore.valid(key);
        ClusteredStore.bits(pattern, geometry());
    }

    private void store(Map<String, Pattern> entries, boolean replace) {
        List<Named> all = new ArrayList<>();
        entries.forEach((key, pattern) ->
                all.add(new Named(ClusteredStore.valid(key), ClusteredStore.bits(pattern, geometry()))));
        if (!all.isEmpty()) {
            requireDone(change(new AskStore(all, replace)).failure());
        }
    }

    /** Stops all members in order, as {@link ClusteredStore#shutdownCluster} does, and returns when they are gone.
     * @param limit how long to wait for that
     * @throws ClusterException if one cannot, and none stops; or if not all are gone in time */
    public void shutdownCluster(Duration limit) {
        Stopping.stopAll(manager);
        long deadline = System.nanoTime() + limit.toNanos();
        while (!reachable().isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new ClusterException(Diagnosis.of("members are stopping, but are not all gone")
                        .found(String.join(", ", members()))
                        .remedy("look at their processes; their files are durable"));
            }
            Pause.ms(Door.AGAIN_MS);
        }
    }

    private List<Address> reachable() {
        return reachable(manager);
    }

    private static List<Address> reachable(DefaultCacheManager manager) {
        return manager.getStatus().allowInvocations() ? Guests.membersOf(manager) : List.of();
    }

    private static void requireDone(String failure) {
        if (!failure.isEmpty()) {
            throw new ClusterException(Diagnosis.of(failure));
        }
    }

    /**
     * Asks the first member that has joined, and no other. One that does not answer may still do it, even after others have
     * changed the same since.
     */
    private Done change(AskStore question) {
        List<Address> members = reachable();
        if (members.isEmpty()) {
            throw nobodyAnswers();
        }
        List<Done> answers = List.of(Done.NOT_JOINED);
        for (Address member : members) {
            if (answers.contains(Done.NOT_JOINED)) {
                answers = Calls.all(manager, List.of(member), question, CALL_LIMIT_NS);
            }
        }
        if (answers.isEmpty()) {
            throw new ClusterException(Diagnosis.of("changes were not acknowledged, and may be done or not")
                    .expected("an answer of a member", "none")
                    .remedy("try again"));
        }
        return answers.getFirst();
    }

    /** Asks the first member, and the next one only if that does not answer. A frozen member does not. */
    private <T> T ask(Function<EmbeddedCacheManager, T> question, long limitNs) {
        for (Address member : reachable()) {
            List<T> answers = Calls.all(manager, List.of(member), question, limitNs);
            if (!answers.isEmpty()) {
                return answers.getFirst();
            }
        }
        throw nobodyAnswers();
    }

    private ClusterException nobodyAnswers() {
        return new ClusterException(Diagnosis.of("no member answers")
                .expected("one of " + String.join(", ", options.hosts()), "none within reach")
                .remedy("look whether they run, and try again"));
    }

    /** Leaves. Closing again does nothing. */
    @Override
    public void close() {
        manager.stop();
    }
}
