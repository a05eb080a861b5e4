package org.engram.cluster;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.infinispan.distribution.ch.ConsistentHash;
import org.infinispan.remoting.transport.Address;

/** Segments that have no owner within reach. */
final class LostSegments {

    private LostSegments() {}

    /**
     * The names of the last owners of each, every one of which has everything of its segment; none if a member came later than
     * the table of owners, since it does not know the names of those that died before.
     */
    static List<List<String>> lastOwners(ConsistentHash owners, Collection<Address> present, Address member) {
        if (!owners.getMembers().contains(member)) {
            return List.of();
        }
        return IntStream.range(0, owners.getNumSegments())
                .mapToObj(owners::locateOwnersForSegment)
                .filter(last -> !last.isEmpty() && last.stream().noneMatch(present::contains))
                .map(last -> last.stream().map(String::valueOf).toList())
                .toList();
    }
}
