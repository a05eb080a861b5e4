package org.engram.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.infinispan.remoting.transport.Address;

/**
 * How long members take to answer, and which were late. A late member is asked last of all until it answers again. Safe
 * for any number of threads.
 */
final class Speed {

    private static final long LEAST_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MOST_NS = TimeUnit.SECONDS.toNanos(1);
    /** A late member gets a chance to answer once in this many recalls. */
    private static final int WEIGHT = 8;

    private final AtomicLong usualNs = new AtomicLong(LEAST_NS);
    private final Map<Address, Boolean> late = new ConcurrentHashMap<>();

    void answered(Address member, long nanos) {
        late.remove(member);
        usualNs.updateAndGet(usual -> usual + (nanos - usual) / WEIGHT);
    }

    void isLate(Address member) {
        late.put(member, true);
    }

    /** How long to wait before another owner is asked as well. */
    long patienceNs() {
        return Math.clamp(3 * usualNs.get(), LEAST_NS, MOST_NS);
    }

    /** The same members, those that were late last. */
    List<Address> punctualFirst(List<Address> members) {
        return late.isEmpty()
                ? members
                : members.stream()
                        .sorted(Comparator.comparing(late::containsKey))
                        .toList();
    }
}
