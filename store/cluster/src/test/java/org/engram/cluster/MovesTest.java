package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.engram.cluster.fixture.Campaign;
import org.engram.cluster.fixture.Cluster;
import org.engram.cluster.fixture.Planted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes while segments move to a member that joins. */
class MovesTest {

    @TempDir
    Path temp;

    /** How many of those that were forgotten, and of those that were replaced, are as they were before. */
    private String undone(Cluster cluster, int stored, int turns) throws Exception {
        cluster.startAll(1, 2);
        cluster.get(1).ask("batch 0 " + stored);
        int each = stored / 2 / turns;
        for (int turn = 0; turn < turns; turn++) {
            cluster.startUntilSegmentsCome(3);
            int forget = turn * each;
            int replace = stored / 2 + turn * each;
            cluster.get(1).send("change forget %s %s 2 -".formatted(forget, forget + each));
            cluster.get(2).send("change replace %s %s 2 - 100000".formatted(replace, replace + each));
            cluster.requireJoined(3);
            cluster.get(1).answer();
            cluster.get(2).answer();
            cluster.requireSettled(3);
            // Through every member, then with each gone, so that each copy is looked at.
            if (turn < turns - 1) {
                cluster.get(3).ask("close");
                cluster.get(3).kill();
                cluster.requireSettled(1);
            }
        }
        StringBuilder found = new StringBuilder();
        for (int member = 1; member <= 3; member++) {
            found.append(cluster.get(member).ask("holds 0 %s 0".formatted(each * turns)))
                    .append("; ")
                    .append(cluster.get(member)
                            .ask("holds %s %s 100000".formatted(stored / 2, stored / 2 + each * turns)))
                    .append('\n');
        }
        cluster.get(1).kill();
        cluster.requireSettled(2);
        found.append(cluster.get(2).ask("holds 0 %s 0".formatted(each * turns)))
                .append("; ")
                .append(cluster.get(2).ask("holds %s %s 100000".formatted(stored / 2, stored / 2 + each * turns)))
                .append('\n');
        return found.toString();
    }

    @Test
    void nothingIsUndoneWhileAMemberJoins() throws Exception {
        int stored = Campaign.MOVED;
        int half = stored / 2;
        try (Cluster cluster = new Cluster(temp, 3, 32)) {
            String asItShould = "0 there, 0 right; %s there, %s right\n".formatted(half, half);
            assertEquals(asItShould.repeat(4), undone(cluster, stored, Campaign.JOINS));
        }
    }

    @Test
    void withoutGenerationsChangesAreUndoneWhileAMemberJoins() throws Exception {
        assumeTrue(Campaign.TRIES > 0, "among processes this is for nightly builds");
        Path mistake = Planted.mistake(temp, "Entry", "return generation > held;", "return generation >= 0;");
        int stored = 3_000;
        String asItShould = "0 there, 0 right; 1500 there, 1500 right\n";
        // It depends on the moment, so there are some tries.
        for (int attempt = 0; attempt < Campaign.TRIES; attempt++) {
            Path directory = Files.createDirectories(temp.resolve("try-" + attempt));
            try (Cluster cluster = new Cluster(directory, 3, 32).withMistake(mistake)) {
                String found = undone(cluster, stored, 1);
                System.out.println(found);
                if (!found.equals(asItShould.repeat(4))) {
                    return;
                }
            }
        }
        throw new AssertionError("the mistake was not noticed");
    }
}
