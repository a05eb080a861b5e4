package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/**
 * What some segments say to one cue: the nearest in them, nearest first.
 *
 * @param hits as many as are wanted and one more, or all
 * @param unsent the least deficit that anything else in these segments may have; {@link #NONE} when there is nothing else
 * @param sketches how near the sketches there are, as {@link org.engram.store.Network#sketches} counts
 * @param live how many patterns may answer there, {@link org.engram.store.Criteria#COMPANY} or more for that many or more
 */
@Proto
@ProtoTypeId(71_004)
@SuppressWarnings("ArrayRecordComponent") // never compared
record Share(List<Hit> hits, int unsent, int[] sketches, int live) {

    static final int NONE = Integer.MAX_VALUE;
}
