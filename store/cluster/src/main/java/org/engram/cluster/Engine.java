package org.engram.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.infinispan.commons.util.Version;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.cache.StorageType;
import org.infinispan.configuration.global.GlobalConfiguration;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.UncleanShutdownAction;
import org.infinispan.distribution.LocalizedCacheTopology;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.globalstate.GlobalStateManager;
import org.infinispan.globalstate.ScopedPersistentState;
import org.infinispan.globalstate.impl.GlobalStateManagerImpl;
import org.infinispan.globalstate.impl.ScopedPersistentStateImpl;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.partitionhandling.PartitionHandling;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.infinispan.topology.CacheTopology;
import org.infinispan.topology.PersistentUUIDManager;
import org.jgroups.JChannel;

/**
 * Sets up Infinispan. Only this class looks behind its public doors, to read and write the table of owners: Infinispan
 * itself keeps this table on disk only for an orderly stop.
 */
final class Engine {

    static final String CACHE = "patterns";

    private static final long TRANSFER_LIMIT_S = 60;
    /**
     * A frozen member is suspected after at most 11 s. A first owner whose wait for another owner ended before that would
     * not write a change that the other writes as soon as it goes on.
     */
    private static final long REMOTE_LIMIT_S = 30;

    private static final PartitionHandling WHEN_SPLIT = PartitionHandling.DENY_READ_WRITES;

    private static final int KEPT_IN_MEMORY = 1_000;
    private static final Pattern IDENTITY = Pattern.compile("(?m)^uuid=[0-9a-f-]{36}\n");
    private static final String KEPT_IN_PLACE = "global_rebalance=false";

    private Engine() {}

    static GlobalConfiguration global(ClusterOptions options, Path directory, JChannel channel) {
        GlobalConfigurationBuilder global = common(options, channel);
        // A member that was killed keeps its identity; its own lock keeps two from one directory.
        global.globalState()
                .enable()
                .persistentLocation(state(directory).toString())
                .uncleanShutdownAction(UncleanShutdownAction.IGNORE);
        return global.build();
    }

    /** The configuration of a process that has no cache, no files and no part in what the members decide. */
    static GlobalConfiguration guest(ClusterOptions options, JChannel channel) {
        GlobalConfigurationBuilder global = common(options, channel);
        global.zeroCapacityNode(true);
        return global.build();
    }

    private static GlobalConfigurationBuilder common(ClusterOptions options, JChannel channel) {
        GlobalConfigurationBuilder global = GlobalConfigurationBuilder.defaultClusteredBuilder();
        global.transport()
                .addProperty(JGroupsTransport.CHANNEL_CONFIGURATOR, new ChannelSource(channel))
                .clusterName(options.cluster())
                .nodeName(options.name());
        global.serialization().addContextInitializer(new SchemaImpl());
        global.metrics().gauges(false).histograms(false);
        global.jmx().disable();
        return global;
    }

    /** What a guest knows of the cache: who has a majority, in case its engine has to judge that for a while. */
    static Configuration rule() {
        ConfigurationBuilder cache = new ConfigurationBuilder();
        cache.clustering().cacheMode(CacheMode.DIST_SYNC).partitionHandling().whenSplit(WHEN_SPLIT);
        return cache.build();
    }

    static Configuration cache(ClusterOptions options, String member) {
        ConfigurationBuilder cache = new ConfigurationBuilder();
        cache.clustering()
                .cacheMode(CacheMode.DIST_SYNC)
                .remoteTimeout(REMOTE_LIMIT_S, TimeUnit.SECONDS)
                .hash()
                .numOwners(options.owners())
                .numSegments(options.segments());
        // The engine would give up a member whose share takes longer than the limit of one call. See Filling.
        cache.clustering()
                .stateTransfer()
                .timeout(TRANSFER_LIMIT_S, TimeUnit.SECONDS)
                .awaitInitialTransfer(false);
        cache.clustering().partitionHandling().whenSplit(WHEN_SPLIT);
        cache.encoding().mediaType("application/x-java-object");
        cache.memory().storage(StorageType.HEAP).maxCount(KEPT_IN_MEMORY);
        cache.persistence()
                .addStore(SegmentStoreConfiguration.Builder.class)
                .member(member)
                .segmented(true)
                .shared(false)
                .preload(false)
                .purgeOnStartup(false);
        return cache.build();
    }

    /** The id that a member keeps over its restarts. */
    static String lastingId(EmbeddedCacheManager manager) {
        UUID id = ids(manager).getPersistentUuid(manager.getAddress());
        return String.valueOf(id);
    }

    private static PersistentUUIDManager ids(EmbeddedCacheManager manager) {
        return GlobalComponentRegistry.of(manager).getComponent(PersistentUUIDManager.class);
    }

    static boolean isSettled(LocalizedCacheTopology topology) {
        return topology.getPhase() == CacheTopology.Phase.NO_REBALANCE && topology.getTopologyId() >= 0;
    }

    /** The owners now, as the engine would write them down. */
    static OwnerTable table(EmbeddedCacheManager manager, LocalizedCacheTopology topology, String lineage, long life) {
        ScopedPersistentStateImpl state = new ScopedPersistentStateImpl(CACHE);
        PersistentUUIDManager ids = ids(manager);
        topology.getCurrentCH().toScopedState(state, ids.addressToPersistentUUID());
        Map<String, String> owners = new TreeMap<>();
        state.forEach(owners::put);
        Map<String, String> members = new TreeMap<>();
        topology.getCurrentCH()
                .getMembers()
                .forEach(member -> members.put(String.valueOf(ids.getPersistentUuid(member)), member.toString()));
        return new OwnerTable(lineage, life, topology.getTopologyId(), members, owners);
    }

    /**
     * Makes the engine start from a table, once all members of the table are there; without one it starts anew, or from
     * what the others have.
     */
    static void startFrom(EmbeddedCacheManager manager, OwnerTable table) {
        GlobalStateManager states = GlobalComponentRegistry.of(manager).getComponent(GlobalStateManager.class);
        if (table.isNone()) {
            states.deleteScopedState(CACHE);
            return;
        }
        ScopedPersistentStateImpl state = new ScopedPersistentStateImpl(CACHE);
        state.setProperty(GlobalStateManagerImpl.VERSION, Version.getVersion());
        state.setProperty(GlobalStateManagerImpl.TIMESTAMP, "1970-01-01T00:00:00Z");
        state.setProperty(GlobalStateManagerImpl.VERSION_MAJOR, Version.getMajor());
        table.owners().forEach(state::setProperty);
        states.writeScopedState(state);
    }

    /** Keeps the engine from moving anything, while all stop; or lets it move again. */
    static void keepInPlace(EmbeddedCacheManager manager, boolean still) throws Exception {
        GlobalComponentRegistry.of(manager).getLocalTopologyManager().setRebalancingEnabled(!still);
    }

    /** Whether nothing is moved now. */
    static boolean isKeptInPlace(EmbeddedCacheManager manager) {
        try {
            return !GlobalComponentRegistry.of(manager)
                    .getLocalTopologyManager()
                    .isRebalancingEnabled();
        } catch (Exception e) {
            return false;
        }
    }

    /**
     * The engine does not write its identity in one step, and refuses to start from half of it. A member that was killed
     * meanwhile finds its identity in the table of owners. Without a table nobody counts on it, and it gets another.
     */
    static void mendState(Path directory, String name) {
        Path file = state(directory).resolve(ScopedPersistentState.GLOBAL_SCOPE + ".state");
        try {
            if (!Files.exists(file) || IDENTITY.matcher(Files.readString(file)).find()) {
                return;
            }
            Optional<String> id = OwnerTable.read(directory).idOf(name);
            if (id.isPresent()) {
                WholeFile.write(
                        file,
                        "@version=%s\nversion-major=%s\n@timestamp=1970-01-01T00\\:00\\:00Z\nuuid=%s\n"
                                .formatted(Version.getVersion(), Version.getMajor(), id.get()));
            } else {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets a starting engine move segments again. An engine writes {@link #keepInPlace} down when it stops, and would
     * start with it. Then no lost copy would be made anew, and members that came after the first would let no guest in.
     */
    static void letMove(Path directory) {
        Path file = state(directory).resolve(ScopedPersistentState.GLOBAL_SCOPE + ".state");
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.contains(KEPT_IN_PLACE)) {
                List<String> others = lines.stream()
                        .filter(line -> !line.equals(KEPT_IN_PLACE))
                        .toList();
                WholeFile.write(file, String.join("\n", others) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path state(Path directory) {
        return directory.resolve("state");
    }
}
