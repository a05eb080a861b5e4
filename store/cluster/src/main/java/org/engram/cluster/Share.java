package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/**
 * The answer of some segments to one cue: the nearest patterns in them, nearest first.
 *
 * @param hits as many as are wanted and one more, or all
 * @param unsent the least deficit that any other pattern in these segments may have if it is a rival of the winner of all;
 *     {@link #NONE} when there is none
 * @param sketches how near the sketches in these segments are, as {@link org.engram.store.Network#sketches} counts
 */
@Proto
@ProtoTypeId(71_004)
@SuppressWarnings("ArrayRecordComponent") // never compared
record Share(List<Hit> hits, int unsent, int[] sketches) {

    static final int NONE = Integer.MAX_VALUE;
}
