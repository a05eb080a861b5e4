package org.engram.cluster;

import java.util.List;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** Makes a member store patterns for a guest, whoever owns their segments: under new keys, or under any keys. */
@Proto
@ProtoTypeId(71_048)
record AskStore(List<Named> all, boolean replace) implements Function<EmbeddedCacheManager, Done> {

    @Override
    public Done apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? Done.NOT_JOINED : member.asGuestAsks().store(all, replace);
    }
}
