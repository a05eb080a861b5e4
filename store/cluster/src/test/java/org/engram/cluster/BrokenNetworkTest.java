package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.engram.cluster.fixture.Campaign;
import org.engram.cluster.fixture.Cluster;
import org.engram.cluster.fixture.Planted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that breaks in two while both parts change the same keys, and comes together again. */
class BrokenNetworkTest {

    private static final int STORED = 200;

    @TempDir
    Path temp;

    private Path acknowledged(int member) {
        return temp.resolve("acknowledged-" + member);
    }

    private static void cut(Cluster cluster, int member, String others) {
        cluster.get(member).ask("split " + others);
    }

    /** Changes the same keys through a member of each part at once, from the moment of the cut on. */
    private void changeInBoth(Cluster cluster, int one, int other, int from) {
        for (int member : List.of(one, other)) {
            cluster.get(member)
                    .send("once replace %s %s 32 %s %s"
                            .formatted(from, from + STORED / 2, acknowledged(member), 1_000 * member));
        }
        for (int member : List.of(one, other)) {
            System.out.println("m" + member + ": " + cluster.get(member).answer());
        }
    }

    private void requirePartial(Cluster cluster, int member) throws Exception {
        Path file = temp.resolve("minority");
        cluster.get(member).ask("recall 5 %s %s".formatted(STORED, file));
        assertTrue(
                Files.readAllLines(file).stream()
                        .allMatch(line -> line.startsWith("UNKNOWN ") && line.contains(" PARTIAL ")),
                () -> file + " through m" + member);
    }

    /** Brings both parts together, and shows that all copies are equal, and those of what was acknowledged as its part had them. */
    private void heal(Cluster cluster, int... asked) throws Exception {
        for (int member = 1; member <= 4; member++) {
            cut(cluster, member, "-");
        }
        for (int member = 1; member <= 4; member++) {
            cluster.requireSettled(member);
        }
        for (int member = 1; member <= 4; member++) {
            for (int part : asked) {
                int count = Files.readAllLines(acknowledged(part)).size();
                assertEquals(
                        count + " of " + count,
                        cluster.get(member).ask("kept %s %s".formatted(acknowledged(part), 1_000 * part)),
                        "acknowledged by m%s, looked at through m%s".formatted(part, member));
            }
        }
        String content = cluster.get(1).ask("content " + STORED);
        for (int member = 2; member <= 4; member++) {
            assertEquals(content, cluster.get(member).ask("content " + STORED), "m1 and m" + member);
        }
    }

    @Test
    void ofTwoPartsThatChangeTheSameNoneLosesWhatItAcknowledged() throws Exception {
        Path switched = Planted.mistake(
                temp, "Network", "return channel;", "return org.engram.cluster.fixture.Splitting.put(channel);");
        try (Cluster cluster = new Cluster(temp, 4, 16).withMistake(switched)) {
            cluster.startAll(1, 2, 3, 4);
            cluster.get(1).ask("batch 0 " + STORED);

            if (Campaign.ALL_SPLITS) {
                oneAndThree(cluster);
            }
            twoAndTwo(cluster);
        }
    }

    /** The one acknowledges nothing, as none of its keys has all owners there; the three go on. */
    private void oneAndThree(Cluster cluster) throws Exception {
        cut(cluster, 1, "m2,m3,m4");
        for (int member = 2; member <= 4; member++) {
            cut(cluster, member, "m1");
        }
        changeInBoth(cluster, 1, 2, 0);
        assertEquals(List.of(), Files.readAllLines(acknowledged(1)));
        assertTrue(Files.readAllLines(acknowledged(2)).size() > STORED / 4);
        requirePartial(cluster, 1);
        heal(cluster, 2);
    }

    /** Each goes on with the keys whose owners it has, and no key is in both. */
    private void twoAndTwo(Cluster cluster) throws Exception {
        for (int member = 1; member <= 4; member++) {
            cut(cluster, member, member <= 2 ? "m3,m4" : "m1,m2");
        }
        changeInBoth(cluster, 1, 3, STORED / 2);
        Set<String> both = new HashSet<>(Files.readAllLines(acknowledged(1)));
        both.retainAll(Files.readAllLines(acknowledged(3)));
        assertEquals(Set.of(), both);
        requirePartial(cluster, 1);
        requirePartial(cluster, 3);
        heal(cluster, 1, 3);
    }
}
