package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
