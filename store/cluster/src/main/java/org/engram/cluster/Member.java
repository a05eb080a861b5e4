package org.engram.cluster;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.infinispan.Cache;
import org.infinispan.distribution.DistributionManager;
import org.infinispan.distribution.LocalizedCacheTopology;
import org.infinispan.distribution.ch.ConsistentHash;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.TopologyChanged;
import org.infinispan.notifications.cachelistener.event.TopologyChangedEvent;
import org.infinispan.partitionhandling.AvailabilityMode;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;

/** A process that has joined: what it has, what it knows of the others, and what they may ask it. Safe for any number of threads. */
final class Member implements Owners {

    /** A stop takes at most half of this. */
    private static final Executor THAWING = CompletableFuture.delayedExecutor(4, TimeUnit.MINUTES);

    private static final Map<Address, Member> BY_ADDRESS = new ConcurrentHashMap<>();

    private final ClusterOptions options;
    private final Path directory;
    private final EmbeddedCacheManager manager;
    private final Cache<String, Entry> cache;
    private final DistributionManager distribution;
    private final Segments segments;
    private final Searcher searcher;
    private final Writes writes;
    private final Speed speed = new Speed();
    private final Joining joining;
    private final ForGuests forGuests;
    private final Object remembering = new Object();
    private boolean left;
    /** How often a stop has begun or was broken off. */
    private int freezes;

    private volatile @Nullable RuntimeException notOffered;
    /** The table that is on disk. */
    private volatile int remembered = -1;

    Member(
            ClusterOptions options,
            Path directory,
            EmbeddedCacheManager manager,
            Cache<String, Entry> cache,
            Segments segments,
            Joining joining) {
        this.options = options;
        this.directory = directory;
        this.manager = manager;
        this.cache = cache;
        this.distribution = cache.getAdvancedCache().getDistributionManager();
        this.segments = segments;
        this.joining = joining;
        this.searcher = new Searcher(segments, this::isReadable, options.geometry());
        this.writes = new Writes(this, cache);
        this.forGuests = new ForGuests(this, segments, this::isReadable, options);
        cache.addListener(new Remembering());
        BY_ADDRESS.put(manager.getAddress(), this);
        // Nothing is written or dropped under a table that is not on disk: an older table would count on owners that
        // have died since, or on segments that were dropped.
        segments.beforeChange(this::rememberIfNew);
        segments.beingFilled(this::isBeingFilled);
        remember();
        joining.beforeHello(this::awaitLost);
    }

    /** Notes why old files could not be offered, for whoever looks at the state; null when they could. */
    void notOffered(@Nullable RuntimeException why) {
        notOffered = why;
    }

    ForGuests asGuestAsks() {
        return forGuests;
    }

    /** The settings; null until this member has joined. */
    @Nullable
    Setup setup() {
        return joining.runs() ? Setup.of(options) : null;
    }

    @Override
    public boolean awaitsOldFiles() {
        return !joining.isWhole();
    }

    @Override
    public Set<String> awaited() {
        return joining.awaited();
    }

    private boolean isReadable(int segment) {
        return joining.runs() && joining.isWhole() && topology().isSegmentReadOwner(segment);
    }

    private boolean isBeingFilled(int segment) {
        LocalizedCacheTopology now = topology();
        return now.isSegmentWriteOwner(segment) && !now.isSegmentReadOwner(segment);
    }

    /** Whether the engine has a table of owners. */
    boolean hasTable() {
        return topology().getTopologyId() >= 0;
    }

    BitSet ownSegments() {
        BitSet own = new BitSet();
        topology().getLocalReadSegments().forEach((int segment) -> own.set(segment));
        return own;
    }

    List<Address> otherOwners(int segment) {
        return topology().getSegmentDistribution(segment).readOwners().stream()
                .filter(owner -> !owner.equals(manager.getAddress()))
                .toList();
    }

    List<String> names(int segment) {
        Segment one = segments.get(segment);
        return one == null ? List.of() : one.names();
    }

    /** Gives an entry of this owner to the other owners. */
    void spread(String key) {
        Entry entry = stored(key);
        if (entry != null) {
            writes.spread(key, entry);
        }
    }

    static @Nullable Member of(EmbeddedCacheManager there) {
        return BY_ADDRESS.get(there.getAddress());
    }

    void forget() {
        BY_ADDRESS.remove(manager.getAddress());
    }

    Address address() {
        return manager.getAddress();
    }

    Searcher searcher() {
        return searcher;
    }

    Writes writes() {
        return writes;
    }

    Speed speed() {
        return speed;
    }

    LocalizedCacheTopology topology() {
        return distribution.getCacheTopology();
    }

    boolean isWhole() {
        return cache.getAdvancedCache().getAvailability() == AvailabilityMode.AVAILABLE;
    }

    boolean isSettled() {
        return isWhole()
                && Engine.isSettled(topology())
                && !topology().getMembers().isEmpty();
    }

    /** Writes down who owns what whenever that has settled. */
    @Listener(sync = true)
    final class Remembering {

        @TopologyChanged
        public void changed(TopologyChangedEvent<String, Entry> event) {
            // The engine may make a segment anew, and empty, that has lost its owners.
            awaitLost(event.getReadConsistentHashAtStart());
            if (event.isPre()) {
                return;
            }
            try {
                remember();
            } catch (RuntimeException refused) {
                // Without the table nothing is written or dropped here. The engine need not stop for that.
                segments.failed(refused);
            }
        }
    }

    /** Waits for the last owners of lost segments. While all stop, owners leave in order. */
    private void awaitLost(@Nullable ConsistentHash owners) {
        if (owners != null && !left && !writes.isFrozen()) {
            joining.await(LostSegments.lastOwners(owners, manager.getMembers(), address()));
        }
    }

    private void awaitLost() {
        if (hasTable()) {
            awaitLost(topology().getReadConsistentHash());
        }
    }

    private void rememberIfNew() {
        if (topology().getTopologyId() != remembered) {
            remember();
        }
    }

    private void remember() {
        synchronized (remembering) {
            LocalizedCacheTopology topology = topology();
            // Owners that may be read always have everything. Owners that segments move to do not.
            if (!left && !writes.isFrozen() && isWhole() && topology.getTopologyId() >= 0) {
                Engine.table(manager, topology, joining.lineage(), joining.life())
                        .write(directory);
                remembered = topology.getTopologyId();
            }
        }
    }

    /**
     * The owners that may be asked for a segment, the first owner first. In a part of a cluster without a majority, a
     * segment counts only if all its owners are there: otherwise others may have changed it.
     */
    List<Address> reachableOwners(int segment) {
        List<Address> owners = topology().getSegmentDistribution(segment).readOwners();
        List<Address> present = manager.getMembers();
        List<Address> reachable = owners.stream().filter(present::contains).toList();
        return reachable.size() < owners.size() && !isWhole() ? List.of() : speed.punctualFirst(reachable);
    }

    /** Whether waiting is useless: there is no majority, and nobody may be asked for any of these segments. */
    boolean isOutOfReach(BitSet wanted) {
        return !isWhole()
                && wanted.stream().allMatch(segment -> reachableOwners(segment).isEmpty());
    }

    @Override
    public long term() {
        return Term.of(joining.life(), topology().getTopologyId());
    }

    /** Makes the segment of a key durable here. */
    Done sync(String key) {
        Segment segment = segments.get(topology().getDistribution(key).segmentId());
        if (segment != null) {
            segment.sync();
        }
        return Done.WELL;
    }

    @Override
    public @Nullable Address firstOwner(String key) {
        return topology().getDistribution(key).primary();
    }

    @Override
    public List<Address> ownersOf(String key) {
        return topology().getDistribution(key).readOwners();
    }

    /** What this member has on disk under a key; null for none. */
    @Nullable
    Entry stored(String key) {
        Segment segment = segments.get(topology().getDistribution(key).segmentId());
        return segment == null ? null : segment.get(key);
    }

    @Override
    public <T> void call(Address to, Function<EmbeddedCacheManager, T> ask, long limitNs, Consumer<@Nullable T> taker) {
        Calls.one(manager, to, ask, limitNs, taker);
    }

    <T> List<T> callAll(Function<EmbeddedCacheManager, T> call, long limitNs) {
        return callOf(Guests.membersOf(manager), call, limitNs);
    }

    <T> List<T> callOf(List<Address> members, Function<EmbeddedCacheManager, T> call, long limitNs) {
        return Calls.all(manager, members, call, limitNs);
    }

    /** Stops writing the table down: while this member leaves, the table belongs to those that stay. */
    void stopRemembering() {
        synchronized (remembering) {
            left = true;
        }
    }

    Done freeze(boolean stop) {
        if (stop && !Engine.isSettled(topology())) {
            // A segment that went away now would still be here by the table that is on disk.
            return new Done("%s: segments are moving, wait until the state is healthy".formatted(options.name()));
        }
        try {
            int now;
            synchronized (remembering) {
                writes.freeze(stop);
                now = ++freezes;
            }
            if (stop) {
                THAWING.execute(() -> thaw(now));
            }
            segments.all().forEach(Segment::sync);
            return Done.WELL;
        } catch (RuntimeException e) {
            return new Done("%s: %s".formatted(options.name(), e.getMessage()));
        }
    }

    /** Whoever asked for a stop may have died before it came to an end: then all go on. */
    private void thaw(int freeze) {
        synchronized (remembering) {
            if (left || freeze != freezes || !writes.isFrozen()) {
                return;
            }
            writes.freeze(false);
        }
        try {
            Engine.keepInPlace(manager, false);
        } catch (Exception e) {
            segments.failed(new IllegalStateException(e));
        }
    }

    private volatile Runnable onHalt = () -> {};

    void onHalt(Runnable todo) {
        onHalt = todo;
    }

    void halt() {
        Thread.ofPlatform().name("engram-halt").start(() -> onHalt.run());
    }

    Health health() {
        awaitLost();
        LocalizedCacheTopology now = topology();
        List<Address> present = manager.getMembers();
        int copiesShort = 0;
        int lost = 0;
        for (int segment = 0; segment < options.segments(); segment++) {
            int copies = (int) now.getSegmentDistribution(segment).readOwners().stream()
                    .filter(present::contains)
                    .count();
            copiesShort += Math.max(0, options.owners() - copies);
            lost += copies == 0 ? 1 : 0;
        }
        List<String> unreachable = now.getMembers().stream()
                .filter(one -> !present.contains(one))
                .map(String::valueOf)
                .sorted()
                .toList();
        return new Health(
                options.owners(),
                options.segments(),
                copiesShort,
                lost,
                isWhole(),
                isSettled(),
                unreachable,
                List.copyOf(awaited()));
    }

    MemberState state() {
        LocalizedCacheTopology now = topology();
        BitSet primary = new BitSet();
        now.getLocalPrimarySegments().forEach((int segment) -> primary.set(segment));
        long live = 0;
        long graves = 0;
        for (int segment = primary.nextSetBit(0); segment >= 0; segment = primary.nextSetBit(segment + 1)) {
            Segment one = segments.get(segment);
            live += one == null ? 0 : one.live();
            graves += one == null ? 0 : one.graves();
        }
        RuntimeException failure = notOffered != null ? notOffered : segments.lastFailure();
        return new MemberState(
                options.name(),
                primary.cardinality(),
                now.getLocalReadSegments().size(),
                live,
                graves,
                Segments.bytes(Aside.segments(directory)),
                Aside.waiting(directory).size(),
                failure == null ? "" : String.valueOf(failure.getMessage()));
    }
}
