package org.engram.cluster;

import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** Makes a frozen member leave the network without a word to the others, so that nothing moves while all stop. */
@Proto
@ProtoTypeId(71_016)
record AskHalt(String from) implements Function<EmbeddedCacheManager, Done> {

    @Override
    public Done apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        if (member != null) {
            member.halt();
        }
        return Done.WELL;
    }
}
