package org.engram.cluster;

import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** The result of a contest in some segments: {@link org.engram.store.Contest#least} and whether there is a twin. */
@Proto
@ProtoTypeId(71_008)
record Standing(double least, boolean twin) {}
