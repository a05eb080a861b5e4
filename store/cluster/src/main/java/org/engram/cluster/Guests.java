package org.engram.cluster;

import java.util.List;
import java.util.UUID;
import org.engram.store.Diagnosis;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;

/**
 * Tells which processes within reach are members, and which are {@link ClusterGuest}s. Guests have a name that no
 * member may have.
 */
final class Guests {

    private static final String PREFIX = "guest-";
    private static final int DIGITS = 8;

    private Guests() {}

    static String newName() {
        return PREFIX + UUID.randomUUID().toString().substring(0, DIGITS);
    }

    static void requireMember(ClusterOptions options) {
        if (options.name().startsWith(PREFIX)) {
            throw new ClusterException(Diagnosis.of("name is not that of a member")
                    .expected("another than " + PREFIX + "...", options.name())
                    .remedy("choose another"));
        }
    }

    /** The members within reach that a process of a cluster sees. */
    static List<Address> membersOf(EmbeddedCacheManager manager) {
        List<Address> all = manager.getMembers();
        return all == null
                ? List.of()
                : all.stream()
                        .filter(one -> !String.valueOf(one).startsWith(PREFIX))
                        .toList();
    }

    /** The same without the process itself. */
    static List<Address> othersOf(EmbeddedCacheManager manager) {
        return membersOf(manager).stream()
                .filter(one -> !one.equals(manager.getAddress()))
                .toList();
    }
}
