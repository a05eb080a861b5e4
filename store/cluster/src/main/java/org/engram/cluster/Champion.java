package org.engram.cluster;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** The winner of a cue so far. Members look for its rivals; where its ties are known, only among contenders. */
@Proto
@ProtoTypeId(71_007)
@SuppressWarnings("ArrayRecordComponent") // never compared
record Champion(Shown cue, Hit winner, int[] sketches, boolean tiesAreKnown) {}
