package org.engram.cluster;

import java.util.List;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Asks a member for the patterns of some keys, wherever they are; those that are not stored are left out. */
@Proto
@ProtoTypeId(71_047)
record AskEntries(List<String> keys) implements Function<EmbeddedCacheManager, Entries> {

    @Override
    public @Nullable Entries apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? null : member.asGuestAsks().entries(keys);
    }
}
