package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.engram.cluster.fixture.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that are strangers, or missing. */
class FailuresTest {

    private static final String SECRET = "a secret of sixteen or more";

    @TempDir
    Path temp;

    @Test
    void aSecretLetsMembersInAndKeepsOthersOut() throws Exception {
        try (Cluster cluster = new Cluster(temp, 4, 16)) {
            cluster.withSecret(SECRET).startAll(1, 2);
            cluster.get(1).ask("batch 0 300");
            assertEquals("300", cluster.get(2).ask("size"));
            cluster.withSecret("-").start(3);
            cluster.withSecret("another of sixteen or more").start(4);
            for (int other : new int[] {3, 4}) {
                String said = cluster.get(other).answer();
                assertTrue(
                        said.startsWith(
                                "not joined: member was not let in: expected the secret of cluster engram, found "),
                        said);
            }
            assertEquals("[m1, m2]", cluster.get(1).ask("members"));
        }
    }

    @Test
    void aClusterStartsWithoutAMissingMemberOnlyWhenTold() throws Exception {
        try (Cluster cluster = new Cluster(temp, 3, 16)) {
            cluster.startAll(1, 2, 3);
            cluster.get(1).ask("batch 0 300");
            cluster.get(1).ask("change forget 0 50 2 -");
            cluster.killAll();
            cluster.start(1, "-Dtest.join=12");
            cluster.start(2, "-Dtest.join=12");
            String said = cluster.get(1).answer();
            assertTrue(said.startsWith("not joined: cluster cannot start, since members are missing: "), said);
            assertTrue(said.contains("expected the owners of its segments: [m1, m2, m3], found without [m3]"), said);
            cluster.killAll();
            cluster.restoreAll(1, 2);
            cluster.requireSettled(1);
            cluster.requireSettled(2);
            assertEquals("250", cluster.get(2).ask("size"));
            assertEquals("0 there, 0 right", cluster.get(1).ask("holds 0 50 0"));
            assertEquals("250 there, 250 right", cluster.get(2).ask("holds 50 300 0"));
        }
    }
}
