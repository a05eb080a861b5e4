package org.engram.cluster;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;

/** What a change must know of the members that own its key, and how it asks them. */
interface Owners {

    /** The lowest generation of a change that begins now. */
    long term();

    /** Null while nobody owns the key. */
    @Nullable
    Address firstOwner(String key);

    List<Address> ownersOf(String key);

    /** Whether what is not here may still come out of old files. */
    boolean awaitsOldFiles();

    /** Whose old files are waited for, in order. */
    Set<String> awaited();

    /** Calls a member. The taker is given null if no answer comes in time. */
    <T> void call(Address to, Function<EmbeddedCacheManager, T> ask, long limitNs, Consumer<@Nullable T> taker);
}
