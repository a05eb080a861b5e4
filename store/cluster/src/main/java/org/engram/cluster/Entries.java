package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** Patterns and their keys, or why they cannot be had. */
@Proto
@ProtoTypeId(71_046)
record Entries(List<Named> all, String failure) {}
