package org.engram.cluster;

import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/**
 * Makes a member refuse changes from now on and make its files durable, as the first step of an orderly stop; or makes
 * it go on.
 */
@Proto
@ProtoTypeId(71_015)
record AskFreeze(boolean stop) implements Function<EmbeddedCacheManager, Done> {

    @Override
    public Done apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? Done.NOT_JOINED : member.freeze(stop);
    }
}
