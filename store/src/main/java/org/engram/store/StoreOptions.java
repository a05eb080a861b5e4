package org.engram.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.Part;

/**
 * What a store is created with. {@link OpenOptions} say how one opening behaves.
 *
 * <pre>{@code
 * StoreOptions options = StoreOptions.DEFAULT.withGeometry(new Geometry(28, 28));
 * }</pre>
 *
 * @param layout what is kept of every neuron
 * @param geometry the shape of every pattern
 * @param rule how patterns are learned
 * @param criteria when an answer counts as recognised, until {@link PatternStore#setCriteria} records others
 * @param masks whether patterns may have unknown pixels, which never vote; such a store takes black and white patterns
 *     only
 */
public record StoreOptions(Layout layout, Geometry geometry, LearningRule rule, Criteria criteria, boolean masks) {

    /** Layout FULL, 116 x 116, the paper's learning rule, the default criteria. */
    public static final StoreOptions DEFAULT =
            new StoreOptions(Layout.FULL, Geometry.PAPER, LearningRule.PAPER, Criteria.DEFAULT);

    /** Refuses null. */
    public StoreOptions {
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(geometry, "geometry");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(criteria, "criteria");
    }

    /** Options for a store without masks.
     * @param layout what is kept of every neuron
     * @param geometry the shape of every pattern
     * @param rule how patterns are learned
     * @param criteria when an answer counts as recognised */
    public StoreOptions(Layout layout, Geometry geometry, LearningRule rule, Criteria criteria) {
        this(layout, geometry, rule, criteria, false);
    }

    /**
     * {@return a copy for a store that keeps which pixels of a pattern are known} It takes one bit more for each pixel. It
     * holds black and white patterns only, and takes no real-valued cue.
     */
    public StoreOptions withMasks() {
        return new StoreOptions(layout, geometry, rule, criteria, true);
    }

    /** {@return a copy with another layout}
     * @param wanted what is kept of every neuron */
    public StoreOptions withLayout(Layout wanted) {
        return new StoreOptions(wanted, geometry, rule, criteria, masks);
    }

    /** {@return a copy with another geometry}
     * @param wanted the shape of every pattern */
    public StoreOptions withGeometry(Geometry wanted) {
        return new StoreOptions(layout, wanted, rule, criteria, masks);
    }

    /** {@return a copy with another rule}
     * @param wanted how patterns are learned */
    public StoreOptions withRule(LearningRule wanted) {
        return new StoreOptions(layout, geometry, wanted, criteria, masks);
    }

    /** {@return a copy with other criteria}
     * @param wanted the criteria of every recall that brings none of its own */
    public StoreOptions withCriteria(Criteria wanted) {
        return new StoreOptions(layout, geometry, rule, wanted, masks);
    }

    /** {@return the size of a neuron without its key, in bytes, in all files except the journal} */
    public long bytesPerNeuron() {
        return Part.bytesPerNeuron(layout, masks, geometry);
    }

    Header header(UUID uuid, Instant created) {
        return new Header(layout, geometry, rule, criteria, masks, uuid, created);
    }

    /** Refuses a store with another layout, geometry or rule; criteria may differ. */
    void requireDescribes(Path directory, Header found) {
        List<String> wanted = new ArrayList<>();
        List<String> there = new ArrayList<>();
        compare("geometry ", geometry, found.geometry(), wanted, there);
        compare("layout ", layout, found.layout(), wanted, there);
        compare("masks ", masks, found.masks(), wanted, there);
        compare("", rule, found.rule(), wanted, there);
        if (!wanted.isEmpty()) {
            throw new EngramException.DifferentStore(Diagnosis.of("store is there and differs from the options")
                    .in(directory)
                    .expected(String.join(", ", wanted), String.join(", ", there))
                    .remedy("change the options, or choose another path"));
        }
    }

    private static void compare(String name, Object mine, Object theirs, List<String> wanted, List<String> there) {
        if (!mine.equals(theirs)) {
            wanted.add(name + mine);
            there.add(name + theirs);
        }
    }
}
