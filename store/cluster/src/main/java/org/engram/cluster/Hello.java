package org.engram.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/**
 * What members tell each other before they start: who they are, what they were set up for, whether the cluster runs,
 * whether they lead and are ready for its start, whether they have aside what nobody else may have, of
 * which lineage they are, which table of owners they remember, and for whose old files they wait.
 */
@Proto
@ProtoTypeId(71_019)
record Hello(
        String name,
        String uuid,
        String setup,
        boolean running,
        boolean leads,
        boolean owes,
        String lineage,
        long life,
        int topology,
        String table,
        List<String> owing) {

    OwnerTable remembered() {
        return OwnerTable.parse(table);
    }

    /** All that are waited for, as some say. */
    static Set<String> owing(Stream<Hello> some) {
        return some.flatMap(one -> one.owing().stream()).collect(Collectors.toCollection(HashSet::new));
    }

    static boolean anyRuns(List<Hello> all) {
        return all.stream().anyMatch(Hello::running);
    }
}
