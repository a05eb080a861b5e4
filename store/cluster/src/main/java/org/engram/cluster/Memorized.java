package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** The keys of a batch that were in use, and those that could not be written, with the reason. All others are stored. */
@Proto
@ProtoTypeId(71_013)
record Memorized(List<String> used, List<String> failed, String why) {}
