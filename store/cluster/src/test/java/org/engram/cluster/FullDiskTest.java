package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.engram.cluster.fixture.Cluster;
import org.engram.cluster.fixture.Symbols;
import org.engram.store.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member to which the system refuses every write, as on a full disk, until there is room again. */
class FullDiskTest {

    @TempDir
    Path temp;

    private void requireComplete(Cluster cluster, int member) throws Exception {
        Path file = temp.resolve("answers");
        cluster.get(member).ask("recall 20 300 " + file);
        for (int n = 0; n < 20; n++) {
            String line = Files.readAllLines(file).get(n);
            String where = "cue %s through m%s: %s".formatted(n, member, line);
            assertTrue(!line.contains(" PARTIAL "), where);
            if (n % 5 == 0) {
                String key = Symbols.key(Math.floorMod(n * 7919, 300));
                assertTrue(line.startsWith("RECOGNISED ") && line.contains(" " + key + "="), where);
            }
        }
    }

    private static void requireKept(Cluster cluster, int member, Path acknowledged) throws Exception {
        int count = Files.readAllLines(acknowledged).size();
        assertEquals(count + " of " + count, cluster.get(member).ask("kept " + acknowledged + " 0"));
        assertEquals("300 there, 300 right", cluster.get(member).ask("holds 0 300 0"));
    }

    @Test
    void aMemberWithoutRoomRefusesAndIsNotCountedOn() throws Exception {
        Path acknowledged = temp.resolve("acknowledged");
        try (Cluster cluster = new Cluster(temp, 3, 16)) {
            cluster.startAll(1, 2, 3);
            cluster.get(1).ask("batch 0 300");
            assumeTrue(cluster.get(3).limitFiles("1"), "prlimit is not there");
            String said = cluster.get(1).ask("once put 300 400 4 " + acknowledged);
            int count = Files.readAllLines(acknowledged).size();
            assertTrue(count > 0 && count < 100, said + ", acknowledged " + count);
            String states = cluster.get(1).ask("states");
            assertTrue(states.contains("failure=cannot write " + cluster.directoryOf(3)), states);
            for (int member = 1; member <= 3; member++) {
                requireKept(cluster, member, acknowledged);
            }
            requireComplete(cluster, 1);

            // Its segments of m1 cannot come to m3, which therefore does not speak for them.
            cluster.get(1).kill();
            Thread.sleep(3_000);
            requireKept(cluster, 2, acknowledged);
            requireComplete(cluster, 2);
            requireKept(cluster, 3, acknowledged);
        }
    }

    @Test
    void aChangeThatFollowsRefusedOnesIsOnAllCopies() throws Exception {
        Path acknowledged = temp.resolve("acknowledged");
        try (Cluster cluster = new Cluster(temp, 3, 16)) {
            cluster.startAll(1, 2, 3);
            cluster.get(1).ask("batch 0 100");
            assumeTrue(cluster.get(3).limitFiles("1"), "prlimit is not there");
            cluster.get(1).ask("once put 0 100 1 - 1000");
            cluster.get(1).ask("once put 0 100 1 - 3000");
            assertTrue(cluster.get(3).limitFiles("unlimited"));
            // It knows nothing of what the others have written for it.
            String said = cluster.get(3).ask("change put 0 100 1 " + acknowledged + " 2000");
            assertEquals(100, Files.readAllLines(acknowledged).size(), said);
            cluster.killAll();
            for (int member = 1; member <= 3; member++) {
                for (Path one : Aside.segmentsIn(Aside.segments(cluster.directoryOf(member)))) {
                    try (Segment segment = new Segment(one, Symbols.G)) {
                        segment.keys().forEach(key -> {
                            Pattern expected = Symbols.pattern(Symbols.number(key) + 2_000);
                            Pattern found =
                                    Bits.pattern(Symbols.G, segment.get(key).bits());
                            assertEquals(expected, found, key + " in " + one);
                        });
                    }
                }
            }
        }
    }
}
