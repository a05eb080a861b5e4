package org.engram.cluster;

import java.util.List;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Makes a member store patterns for a guest, whoever owns their segments: under new keys, or under any keys. */
@Proto
@ProtoTypeId(71_048)
record AskStore(List<Named> all, boolean replace) implements Function<EmbeddedCacheManager, Done> {

    @Override
    public @Nullable Done apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? null : member.asGuestAsks().store(all, replace);
    }
}
