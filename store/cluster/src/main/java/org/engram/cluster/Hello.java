package org.engram.cluster;

import java.util.List;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/**
 * What members tell each other before they start: who they are, what they were set up for, whether the cluster runs,
 * whether they lead and are ready for its start, whether a restore waits for what they have, of
 * which lineage they are, and which table of owners they remember.
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
        String table) {

    OwnerTable remembered() {
        return OwnerTable.parse(table);
    }

    static boolean anyRuns(List<Hello> all) {
        return all.stream().anyMatch(Hello::running);
    }
}
