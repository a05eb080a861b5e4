package org.engram.cluster;

import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.jspecify.annotations.Nullable;

/**
 * Asks an owner of a key what it holds under that key: what the engine has, or what is on its disk. {@link Entry#NOTHING}
 * stands for nothing: no answer says less.
 */
@Proto
@ProtoTypeId(71_055)
record AskHeld(String key, boolean onDisk) implements Function<EmbeddedCacheManager, Entry> {

    @Override
    public @Nullable Entry apply(EmbeddedCacheManager there) {
        Member member = Member.of(there);
        if (member == null) {
            return null;
        }
        Entry held = onDisk ? member.stored(key) : member.writes().held(key);
        return held == null ? Entry.NOTHING : held;
    }
}
