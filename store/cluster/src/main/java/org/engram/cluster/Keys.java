package org.engram.cluster;

import java.util.BitSet;
import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** The keys of the patterns in some segments, in no order. */
@Proto
@ProtoTypeId(71_044)
@SuppressWarnings("ArrayRecordComponent") // never compared
record Keys(byte[] segments, List<String> keys) implements Covering {

    static Keys of(BitSet segments, List<String> keys) {
        return new Keys(segments.toByteArray(), keys);
    }
}
