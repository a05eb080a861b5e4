package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.engram.cluster.fixture.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that start again after the death of all, in any order. */
class RestartTest {

    private static final long MEET_MS = 2_000;

    @TempDir
    Path temp;

    /** Starts a process that cannot join yet, and gives it time to find those that wait like it. */
    private static void startToWait(Cluster cluster, int number) throws Exception {
        Path lock = cluster.directoryOf(number).resolve("state").resolve("___global.lck");
        Files.deleteIfExists(lock);
        cluster.start(number);
        while (!Files.exists(lock)) {
            Thread.sleep(10);
        }
        Thread.sleep(MEET_MS);
    }

    @Test
    void aNewMachineThatLeadsLetsTheOthersGoOnFromTheirTable() throws Exception {
        try (Cluster cluster = new Cluster(temp, 4, 16)) {
            cluster.startAll(1, 2, 3);
            cluster.get(1).ask("batch 0 100");
            cluster.killAll();
            // One was killed in the middle of writing down who it is.
            Files.write(cluster.directoryOf(3).resolve("state").resolve("___global.state"), new byte[0]);
            for (int member : new int[] {1, 4, 2}) {
                startToWait(cluster, member);
            }
            cluster.get(1).kill();
            cluster.start(1);
            cluster.start(3);
            for (int member = 1; member <= 4; member++) {
                cluster.requireJoined(member);
            }
            for (int member = 1; member <= 4; member++) {
                cluster.requireSettled(member);
                assertEquals("100 there, 100 right", cluster.get(member).ask("holds 0 100 0"));
            }
        }
    }

    @Test
    void aClusterThatWasBegunByMistakeTakesNoneOfAnother() throws Exception {
        try (Cluster cluster = new Cluster(temp, 3, 16)) {
            cluster.startAll(1, 2);
            cluster.get(1).ask("batch 0 100");
            cluster.killAll();
            cluster.startAll(3); // nobody else is there, so it begins a cluster of its own
            cluster.start(1);
            String said = cluster.get(1).answer();
            assertTrue(said.startsWith("not joined: directory is of another cluster than that of m3: "), said);
            assertTrue(said.endsWith("start this one"), said);
            cluster.get(3).kill();
            cluster.startAll(1, 2);
            assertEquals("100 there, 100 right", cluster.get(2).ask("holds 0 100 0"));
            cluster.start(3);
            assertTrue(cluster.get(3).answer().startsWith("not joined: directory is of another cluster than that of "));
        }
    }
}
