package org.engram.cluster;

import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Asks a member how it sees the cluster. */
@Proto
@ProtoTypeId(71_043)
record AskHealth(String from) implements Function<EmbeddedCacheManager, Health> {

    @Override
    public @Nullable Health apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? null : member.health();
    }
}
