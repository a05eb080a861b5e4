package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** Which names a segment of another owner has. There are none when both have the same, which a sum of hashes tells. */
@Proto
@ProtoTypeId(71_021)
record Content(boolean same, List<String> names) {

    static final Content SAME = new Content(true, List.of());

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final long MIX = 0xff51afd7ed558ccdL;
    private static final long MIX_AGAIN = 0xc4ceb9fe1a85ec53L;
    private static final int HALF = 33;

    /** A sum that does not depend on the order of the names. */
    static long sum(List<String> names) {
        long sum = 0;
        for (String name : names) {
            long hash = OFFSET;
            for (int i = 0; i < name.length(); i++) {
                hash = (hash ^ name.charAt(i)) * PRIME;
            }
            sum += mixed(hash);
        }
        return sum;
    }

    /**
     * The last letter moves this hash by a multiple of one number, up or down. So of two generations that both grow by 1
     * the sum would not tell, half of the time, unless each hash is mixed first.
     */
    private static long mixed(long hash) {
        long once = (hash ^ (hash >>> HALF)) * MIX;
        long twice = (once ^ (once >>> HALF)) * MIX_AGAIN;
        return twice ^ (twice >>> HALF);
    }
}
