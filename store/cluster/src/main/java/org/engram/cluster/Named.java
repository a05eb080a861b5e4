package org.engram.cluster;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** A picture and its key. */
@Proto
@ProtoTypeId(71_011)
@SuppressWarnings("ArrayRecordComponent") // never compared
record Named(String key, byte[] bits) {}
