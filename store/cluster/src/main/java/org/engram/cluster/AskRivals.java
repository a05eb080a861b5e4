package org.engram.cluster;

import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Asks a member how winners stand against the rivals in some of its segments. */
@Proto
@ProtoTypeId(71_010)
@SuppressWarnings("ArrayRecordComponent") // never compared
record AskRivals(byte[] segments, List<Champion> champions, Scope scope)
        implements Function<EmbeddedCacheManager, Standings> {

    @Override
    public @Nullable Standings apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? null : member.searcher().rivals(BitSet.valueOf(segments), champions, scope);
    }
}
