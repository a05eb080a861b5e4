package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.engram.cluster.fixture.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that are frozen, and come back. */
class FrozenTest {

    @TempDir
    Path temp;

    private static long partial(Path answers) throws Exception {
        return Files.readAllLines(answers).stream()
                .filter(line -> line.contains(" PARTIAL "))
                .count();
    }

    @Test
    void aFrozenMemberIsAnsweredForAndAMinorityNeverKnows() throws Exception {
        try (Cluster cluster = new Cluster(temp, 3, 16).withSecret("a secret of sixteen or more")) {
            cluster.startAll(1, 2, 3);
            cluster.get(1).ask("batch 0 300");

            // The other owner answers for it, late once, and nothing is lost.
            cluster.get(1).ask("recall 20 300 " + temp.resolve("before"));
            cluster.get(3).signal("STOP");
            System.out.println(cluster.get(1).ask("recall 20 300 " + temp.resolve("frozen")));
            assertEquals(Files.readAllLines(temp.resolve("before")), Files.readAllLines(temp.resolve("frozen")));

            // Changes of its keys wait until it is suspected, and it has them when it is back.
            Path acknowledged = temp.resolve("acknowledged");
            System.out.println(cluster.get(1).ask("change memorize 300 340 4 " + acknowledged));
            assertEquals(40, Files.readAllLines(acknowledged).size());
            cluster.get(1).ask("recall 20 300 " + temp.resolve("before"));

            // Without a majority an answer says how much has spoken, and never knows.
            cluster.get(2).signal("STOP");
            String said = "";
            for (int i = 0; i < 150 && partial(temp.resolve("frozen")) < 5; i++) {
                Thread.sleep(200);
                said = cluster.get(1).ask("recall 5 300 " + temp.resolve("frozen"));
            }
            System.out.println(said);
            assertEquals(5, partial(temp.resolve("frozen")));
            assertTrue(
                    Files.readAllLines(temp.resolve("frozen")).stream().allMatch(line -> line.startsWith("UNKNOWN ")));
            cluster.get(2).signal("CONT");
            cluster.get(3).signal("CONT");
            cluster.requireSettled(1);
            cluster.get(1).ask("recall 20 300 " + temp.resolve("after"));
            assertEquals(Files.readAllLines(temp.resolve("before")), Files.readAllLines(temp.resolve("after")));
            for (int member = 1; member <= 3; member++) {
                assertEquals("40 of 40", cluster.get(member).ask("kept " + acknowledged + " 0"));
            }
        }
    }
}
