package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** The answer of a member to {@link AskNearest}: a share for each cue. */
@Proto
@ProtoTypeId(71_005)
@SuppressWarnings("ArrayRecordComponent") // never compared
record Nearest(byte[] segments, List<Share> shares) implements Covering {}
