package org.engram.cluster;

import java.util.BitSet;
import org.engram.store.Coding;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** A black and white cue as it travels. */
@Proto
@ProtoTypeId(71_001)
@SuppressWarnings("ArrayRecordComponent") // never compared
record Shown(boolean unipolar, byte[] white, byte[] visible) {

    static Shown of(Cue cue) {
        return new Shown(
                cue.coding() == Coding.UNIPOLAR,
                cue.shown().toBitSet().toByteArray(),
                cue.visible().toBitSet().toByteArray());
    }

    Cue cue(Geometry geometry) {
        return Cue.of(
                Pattern.twoValued(geometry, BitSet.valueOf(white)),
                Mask.of(geometry, BitSet.valueOf(visible)),
                unipolar ? Coding.UNIPOLAR : Coding.BIPOLAR);
    }
}
