package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** The answer of a member to {@link AskRivals}: a standing for each champion. */
@Proto
@ProtoTypeId(71_009)
@SuppressWarnings("ArrayRecordComponent") // never compared
record Standings(byte[] segments, List<Standing> standings) implements Covering {}
