package org.engram.cluster;

import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** Makes an owner force the segment of a key to the medium. */
@Proto
@ProtoTypeId(71_056)
record AskSync(String key) implements Function<EmbeddedCacheManager, Done> {

    @Override
    public Done apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? Done.NOT_JOINED : member.sync(key);
    }
}
