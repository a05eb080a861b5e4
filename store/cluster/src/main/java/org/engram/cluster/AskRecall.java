package org.engram.cluster;

import java.util.List;
import java.util.function.Function;
import org.engram.store.Criteria;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/** Makes a member ask the whole cluster for a guest. */
@Proto
@ProtoTypeId(71_049)
record AskRecall(
        List<Shown> cues,
        Scope scope,
        float threshold,
        float contrast,
        float disagreement,
        float agreement,
        long limitNs)
        implements Function<EmbeddedCacheManager, Told> {

    static AskRecall of(List<Shown> cues, Scope scope, Criteria criteria, long limitNs) {
        return new AskRecall(
                cues,
                scope,
                criteria.threshold(),
                criteria.contrast(),
                criteria.disagreement(),
                criteria.agreement(),
                limitNs);
    }

    @Override
    public @Nullable Told apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        Criteria criteria = new Criteria(threshold, contrast, disagreement, agreement);
        return member == null ? null : member.asGuestAsks().recall(cues, scope, criteria, limitNs);
    }
}
