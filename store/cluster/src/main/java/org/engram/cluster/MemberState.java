package org.engram.cluster;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** The state of a member.
 * @param name its name
 * @param primary segments that it is the first owner of
 * @param owned segments that it has
 * @param live patterns in the segments that it is the first owner of
 * @param graves forgotten keys in these
 * @param bytes of the segments that it has; what waits aside is not counted
 * @param aside directories of old files that wait to be offered again
 * @param failure why its old files could not be offered, or its last change not be written; "" for neither. It stays until the
 *     next offer or change succeeds
 */
@Proto
@ProtoTypeId(71_018)
public record MemberState(
        String name, int primary, int owned, long live, long graves, long bytes, int aside, String failure) {}
