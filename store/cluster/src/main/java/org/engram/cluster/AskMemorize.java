package org.engram.cluster;

import java.util.List;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Makes a member memorize many patterns, because it is the first owner of their segments. */
@Proto
@ProtoTypeId(71_012)
record AskMemorize(List<Named> all) implements Function<EmbeddedCacheManager, Memorized> {

    @Override
    public @Nullable Memorized apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        return member == null ? null : member.writes().memorizeHere(all);
    }
}
