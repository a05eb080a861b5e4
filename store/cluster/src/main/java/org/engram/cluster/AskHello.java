package org.engram.cluster;

import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Asks a process that has found this one who it is. */
@Proto
@ProtoTypeId(71_020)
record AskHello(String from) implements Function<EmbeddedCacheManager, Hello> {

    @Override
    public @Nullable Hello apply(EmbeddedCacheManager there) {
        Joining joining = Joining.of(there);
        return joining == null ? null : joining.hello();
    }
}
