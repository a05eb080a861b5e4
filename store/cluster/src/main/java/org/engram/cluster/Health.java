package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** How a member sees the cluster.
 * @param owners how many copies of each segment there are to be
 * @param segments how many there are
 * @param copiesShort how many copies are missing, over all segments
 * @param lost segments that no member within reach has
 * @param majority whether a majority is within reach, so that everything may be changed
 * @param settled whether there is a majority, and nothing moves
 * @param unreachable names of the members in the table of owners that are not within reach
 * @param awaited names of the members whose old files may hold what nobody else has; "m1 or m2" where one of them is enough.
 *     Recalls are incomplete until they have offered it
 */
@Proto
@ProtoTypeId(71_042)
public record Health(
        int owners,
        int segments,
        int copiesShort,
        int lost,
        boolean majority,
        boolean settled,
        List<String> unreachable,
        List<String> awaited) {}
