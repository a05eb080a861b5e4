package org.engram.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/**
 * What a member says of segments that have lost all their owners, to one that is about to join.
 * @param any whether there are any
 * @param before names of members of which one has to be there before
 */
@Proto
@ProtoTypeId(71_059)
record Lost(boolean any, List<String> before) {

    static final Lost NOTHING = new Lost(false, List.of());

    /**
     * The engine takes a lost segment for one that is there, and makes it anew, as soon as an owner by the last table in which
     * nothing moved is there again. That owner may have died before others, which went on without it. So one of those that
     * were owners last has to be there, too.
     */
    static <A> Lost of(
            int segments,
            IntFunction<List<A>> last,
            IntFunction<List<A>> settled,
            Collection<A> present,
            String joiner) {
        Set<String> there = names(present);
        boolean any = false;
        Set<String> before = new TreeSet<>();
        for (int segment = 0; segment < segments; segment++) {
            List<A> owners = last.apply(segment);
            if (owners.stream().anyMatch(present::contains)) {
                continue;
            }
            any = true;
            Set<String> known = names(settled.apply(segment));
            Set<String> lastOwners = names(owners);
            if (isAny(known, there, joiner) && !isAny(lastOwners, there, joiner)) {
                before.addAll(lastOwners);
            }
        }
        return new Lost(any, List.copyOf(before));
    }

    private static boolean isAny(Set<String> wanted, Set<String> there, String joiner) {
        return wanted.contains(joiner) || wanted.stream().anyMatch(there::contains);
    }

    private static Set<String> names(Collection<?> addresses) {
        return addresses.stream().map(String::valueOf).collect(Collectors.toSet());
    }
}
