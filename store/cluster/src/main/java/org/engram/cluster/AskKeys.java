package org.engram.cluster;

import java.util.BitSet;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Asks a member for the keys in some segments: those that it has itself or, with {@code ofAll}, those of all members. */
@Proto
@ProtoTypeId(71_045)
@SuppressWarnings("ArrayRecordComponent") // never compared
record AskKeys(byte[] segments, boolean ofAll) implements Function<EmbeddedCacheManager, Keys> {

    @Override
    public @Nullable Keys apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        if (member == null) {
            return null;
        }
        BitSet wanted = BitSet.valueOf(segments);
        return ofAll ? member.asGuestAsks().keys(wanted) : member.asGuestAsks().keysHere(wanted);
    }
}
