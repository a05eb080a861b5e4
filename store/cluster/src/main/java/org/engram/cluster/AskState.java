package org.engram.cluster;

import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Asks a member how it is. */
@Proto
@ProtoTypeId(71_017)
record AskState(String from) implements Function<EmbeddedCacheManager, MemberState> {

    @Override
    public @Nullable MemberState apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? null : member.state();
    }
}
