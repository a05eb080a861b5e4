package org.engram.cluster;

import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** Asks a member which segments have lost all their owners, for one that is about to join. */
@Proto
@ProtoTypeId(71_058)
record AskLost(String joiner) implements Function<EmbeddedCacheManager, Lost> {

    @Override
    public Lost apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? Lost.NOTHING : member.lost(joiner);
    }
}
