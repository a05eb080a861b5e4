package org.engram.cluster;

import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Asks a member for the nearest patterns in some of its segments. */
@Proto
@ProtoTypeId(71_006)
@SuppressWarnings("ArrayRecordComponent") // never compared
record AskNearest(byte[] segments, List<Shown> cues, Scope scope) implements Function<EmbeddedCacheManager, Nearest> {

    @Override
    public @Nullable Nearest apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? null : member.searcher().nearest(BitSet.valueOf(segments), cues, scope);
    }
}
