package org.engram.cluster;

import java.util.List;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Asks another owner which names it has in a segment, unless their sum is this one. */
@Proto
@ProtoTypeId(71_022)
record AskContent(int segment, long sum) implements Function<EmbeddedCacheManager, Content> {

    @Override
    public @Nullable Content apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        if (member == null) {
            return null;
        }
        List<String> names = member.names(segment);
        return Content.sum(names) == sum ? Content.SAME : new Content(false, names);
    }
}
