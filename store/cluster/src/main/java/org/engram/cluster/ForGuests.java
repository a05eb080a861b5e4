package org.engram.cluster;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.engram.store.Criteria;
import org.engram.store.EngramException;
import org.engram.store.Neuron;

/**
 * Does the work of a member for a {@link ClusterGuest}: asks and changes the cluster in the guest's place. Safe for any
 * number of threads.
 */
final class ForGuests {

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);

    private final Member member;
    private final Segments segments;
    private final IntPredicate readable;
    private final ClusterOptions options;

    ForGuests(Member member, Segments segments, IntPredicate readable, ClusterOptions options) {
        this.member = member;
        this.segments = segments;
        this.readable = readable;
        this.options = options;
    }

    Told recall(List<Shown> cues, Scope scope, Criteria criteria, long limitNs) {
        Asking asking = new Asking(member, options.segments(), scope, System.nanoTime() + limitNs);
        return Told.of(asking.recall(
                cues.stream().map(cue -> cue.cue(options.geometry())).toList(), criteria));
    }

    /** The keys of all members. The answer leaves out segments that nobody spoke for. */
    Keys keys(BitSet wanted) {
        Coverage<Keys> coverage = new FanOut<Keys>(
                        member, wanted, some -> new AskKeys(some.toByteArray(), false), System.nanoTime() + LIMIT_NS)
                .ask();
        BitSet spoken = (BitSet) wanted.clone();
        spoken.andNot(coverage.open());
        return Keys.of(
                spoken,
                coverage.answers().stream().flatMap(one -> one.keys().stream()).toList());
    }

    /** The keys of this member. A segment counts if it was here, open and readable, before and after. */
    Keys keysHere(BitSet wanted) {
        BitSet spoken = new BitSet();
        List<String> keys = new ArrayList<>();
        wanted.stream().filter(readable).forEach(number -> {
            Segment segment = segments.get(number);
            if (segment == null || !segment.isSound()) {
                return;
            }
            try {
                List<String> here =
                        segment.reading(store -> store.stream().map(Neuron::key).toList());
                if (segment == segments.get(number) && readable.test(number)) {
                    spoken.set(number);
                    keys.addAll(here);
                }
            } catch (EngramException.Closed moved) {
                // its new owner is asked
            }
        });
        return Keys.of(spoken, keys);
    }

    Entries entries(List<String> keys) {
        try {
            List<Named> found = new ArrayList<>();
            member.writes().getAll(keys).forEach((key, entry) -> {
                if (!entry.isForgotten()) {
                    found.add(new Named(key, entry.bits()));
                }
            });
            return new Entries(found, "");
        } catch (ClusterException e) {
            return new Entries(List.of(), String.valueOf(e.getMessage()));
        }
    }

    Done store(List<Named> all, boolean replace) {
        try {
            if (replace) {
                all.forEach(one -> member.writes().change(Change.PUT, one.key(), one.bits()));
            } else {
                member.writes().memorizeAll(all, LIMIT_NS);
            }
            return Done.WELL;
        } catch (ClusterException | EngramException e) {
            return new Done(String.valueOf(e.getMessage()));
        }
    }
}
