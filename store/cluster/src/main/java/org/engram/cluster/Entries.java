package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** Patterns and their keys, or the reason why there are none. */
@Proto
@ProtoTypeId(71_046)
record Entries(List<Named> all, String failure) {}
