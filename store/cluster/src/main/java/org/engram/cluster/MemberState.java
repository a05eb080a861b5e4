package org.engram.cluster;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** The state of a member.
 * @param name its name
 * @param primary segments that it is the first owner of
 * @param owned segments that it has
 * @param live patterns in the segments that it is the first owner of
 * @param graves forgotten keys in these
 * @param bytes of all its files
 * @param aside directories of old files that wait to be offered again
 * @param failure why its last change could not be written; "" when it was
 */
@Proto
@ProtoTypeId(71_018)
public record MemberState(
        String name, int primary, int owned, long live, long graves, long bytes, int aside, String failure) {}
