package org.engram.store;

import java.time.Clock;
import java.util.UUID;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.Part;

/**
 * What a new store shall be. Immutable; every {@code with} returns a copy.
 *
 * <pre>{@code
 * StoreOptions options = StoreOptions.DEFAULT.withGeometry(new Geometry(28, 28));
 * }</pre>
 */
public final class StoreOptions {

    /** Layout FULL, 116 x 116, the paper's learning rule, the default criteria, process safe. */
    public static final StoreOptions DEFAULT = new StoreOptions(
            Layout.FULL,
            Geometry.PAPER,
            LearningRule.PAPER,
            Criteria.DEFAULT,
            Durability.PROCESS_SAFE,
            null,
            Clock.systemUTC());

    private final Layout layout;
    private final Geometry geometry;
    private final LearningRule rule;
    private final Criteria criteria;
    private final Durability durability;
    private final UUID uuid;
    private final Clock clock;

    private StoreOptions(
            Layout layout,
            Geometry geometry,
            LearningRule rule,
            Criteria criteria,
            Durability durability,
            UUID uuid,
            Clock clock) {
        this.layout = layout;
        this.geometry = geometry;
        this.rule = rule;
        this.criteria = criteria;
        this.durability = durability;
        this.uuid = uuid;
        this.clock = clock;
    }

    /**
     * Sets what is kept of every neuron.
     *
     * @param wanted the layout, for the life of the store
     * @return a copy with it
     */
    public StoreOptions withLayout(Layout wanted) {
        return new StoreOptions(wanted, geometry, rule, criteria, durability, uuid, clock);
    }

    /**
     * Sets the shape of every pattern.
     *
     * @param wanted the geometry, for the life of the store
     * @return a copy with it
     */
    public StoreOptions withGeometry(Geometry wanted) {
        return new StoreOptions(layout, wanted, rule, criteria, durability, uuid, clock);
    }

    /**
     * Sets how patterns are learned.
     *
     * @param wanted the rule, for the life of the store
     * @return a copy with it
     */
    public StoreOptions withRule(LearningRule wanted) {
        return new StoreOptions(layout, geometry, wanted, criteria, durability, uuid, clock);
    }

    /**
     * Sets when an answer counts as recognised.
     *
     * @param wanted the criteria of every recall that brings none of its own
     * @return a copy with them
     */
    public StoreOptions withCriteria(Criteria wanted) {
        return new StoreOptions(layout, geometry, rule, wanted, durability, uuid, clock);
    }

    /**
     * Sets what an append waits for.
     *
     * @param wanted the durability until the new store is closed
     * @return a copy with it
     */
    public StoreOptions withDurability(Durability wanted) {
        return new StoreOptions(layout, geometry, rule, criteria, wanted, uuid, clock);
    }

    /** For tests that compare bytes. */
    StoreOptions withIdentity(UUID wanted, Clock time) {
        return new StoreOptions(layout, geometry, rule, criteria, durability, wanted, time);
    }

    Header header() {
        return new Header(layout, geometry, rule, criteria, uuid == null ? UUID.randomUUID() : uuid, clock.instant());
    }

    /**
     * The size of a neuron without its key.
     *
     * @return bytes in all files except the journal
     */
    public long bytesPerNeuron() {
        return Part.bytesPerNeuron(layout, geometry);
    }

    Durability durability() {
        return durability;
    }

    Clock clock() {
        return clock;
    }
}
