package org.engram.cluster;

import java.util.Comparator;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** A pattern that is near to a cue: on how many voters it disagrees, and its own bits. */
@Proto
@ProtoTypeId(71_003)
@SuppressWarnings("ArrayRecordComponent") // never compared
record Hit(String key, int deficit, byte[] bits) {

    /** The order of a recall. Ties are ordered by key, since neurons have no numbers in a cluster. */
    static final Comparator<Hit> NEAREST_FIRST =
            Comparator.comparingInt(Hit::deficit).thenComparing(Hit::key);
}
