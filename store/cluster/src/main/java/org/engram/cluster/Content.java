package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** Which names a segment of another owner has. There are none when both have the same, which a sum of hashes tells. */
@Proto
@ProtoTypeId(71_021)
record Content(boolean same, List<String> names) {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    /** A sum that does not depend on the order of the names. */
    static long sum(List<String> names) {
        long sum = 0;
        for (String name : names) {
            long hash = OFFSET;
            for (int i = 0; i < name.length(); i++) {
                hash = (hash ^ name.charAt(i)) * PRIME;
            }
            sum += hash;
        }
        return sum;
    }
}
