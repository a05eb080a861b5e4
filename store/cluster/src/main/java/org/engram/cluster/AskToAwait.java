package org.engram.cluster;

import java.util.List;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** Asks a member that runs to wait for what one that is about to join has aside. */
@Proto
@ProtoTypeId(71_057)
record AskToAwait(String name) implements Function<EmbeddedCacheManager, Done> {

    @Override
    public Done apply(EmbeddedCacheManager there) {
        Joining joining = Joining.of(there);
        if (joining == null) {
            return Done.NOT_JOINED;
        }
        joining.await(List.of(List.of(name)));
        return Done.WELL;
    }
}
