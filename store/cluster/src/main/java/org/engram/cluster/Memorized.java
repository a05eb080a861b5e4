package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** Which keys of a batch were in use, and which could not be written and why. All others are stored. */
@Proto
@ProtoTypeId(71_013)
record Memorized(List<String> used, List<String> failed, String why) {}
