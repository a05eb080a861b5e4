package org.engram.cluster;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** A call was done, unless this says why not. */
@Proto
@ProtoTypeId(71_014)
record Done(String failure) {

    static final Done WELL = new Done("");
    static final Done NOT_JOINED = new Done("member has not joined yet");
}
