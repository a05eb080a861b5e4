package org.engram.cluster;

import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Asks a member that has joined what the cluster was set up for. */
@Proto
@ProtoTypeId(71_041)
record AskSetup(String from) implements Function<EmbeddedCacheManager, Setup> {

    @Override
    public @Nullable Setup apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? null : member.setup();
    }
}
