package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.engram.cluster.fixture.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only members that died have in their files: until one has come back and offered it, nobody takes it for lost. */
class AwaitedTest {

    private static final long MEET_MS = 2_000;

    @TempDir
    Path temp;

    private boolean isPartial(Cluster cluster, int member) throws Exception {
        Path answers = temp.resolve("answers");
        cluster.get(member).ask("recall 1 100 " + answers);
        return Files.readAllLines(answers).getFirst().contains(" PARTIAL ");
    }

    @Test
    void whatOnlyTheDeadHadIsAwaitedUntilOneHasOfferedIt() throws Exception {
        try (Cluster cluster = new Cluster(temp, 4, 16)) {
            cluster.startAll(1, 2, 3, 4);
            cluster.get(1).ask("batch 0 100");
            cluster.get(3).kill();
            cluster.get(4).kill();
            Broken broken = broken(cluster, 3, 4);
            cluster.start(3);
            cluster.requireJoined(3);
            Thread.sleep(MEET_MS); // it has offered all that can be read
            requireAwaiting(cluster);
            cluster.get(3).kill();
            Thread.sleep(MEET_MS);
            requireAwaiting(cluster);
            broken.mend(cluster.directoryOf(3));
            cluster.start(3);
            cluster.requireJoined(3);
            cluster.start(4); // if it died last, it is awaited, too
            cluster.requireJoined(4);
            requireEverything(cluster, 4);
        }
    }

    @Test
    void twoOfThreeThatComeBackLaterBringEverythingBack() throws Exception {
        try (Cluster cluster = new Cluster(temp, 3, 16)) {
            cluster.startAll(1, 2, 3);
            cluster.get(1).ask("batch 0 100");
            cluster.get(2).kill();
            cluster.get(3).kill();
            Thread.sleep(2 * MEET_MS); // by then the one that is left has forgotten their addresses
            assertTrue(isPartial(cluster, 1));
            cluster.start(2);
            cluster.requireJoined(2);
            assertTrue(isPartial(cluster, 2));
            cluster.start(3);
            cluster.requireJoined(3);
            requireEverything(cluster, 3);
        }
    }

    private void requireEverything(Cluster cluster, int members) throws Exception {
        for (int member = 1; member <= members; member++) {
            cluster.requireSettled(member);
            assertFalse(isPartial(cluster, member), "m" + member);
            assertEquals("100 there, 100 right", cluster.get(member).ask("holds 0 100 0"));
        }
    }

    /** Recalls are incomplete, and no key that may be in old files can be stored as a new one. */
    private void requireAwaiting(Cluster cluster) throws Exception {
        assertTrue(isPartial(cluster, 1));
        String doubt = "";
        for (int key = 0; key < 100; key++) {
            String said = cluster.get(2).ask("try memorize %s %s".formatted(key, key + 1000));
            assertNotEquals("done", said);
            doubt = said.startsWith("doubt ") ? said : doubt;
        }
        assertTrue(
                doubt.matches("doubt key may be in old files that are not offered yet: those of m3.*; try again .*"),
                doubt);
    }

    /** Breaks a segment that another member has, too. */
    private static Broken broken(Cluster cluster, int member, int other) throws Exception {
        Path segments = Aside.segments(cluster.directoryOf(member));
        Path ofOther = Aside.segments(cluster.directoryOf(other));
        Path both = Aside.segmentsIn(segments).stream()
                .filter(one -> Files.exists(ofOther.resolve(one.getFileName())))
                .findFirst()
                .orElseThrow();
        return new Broken(segments, both);
    }

    /** A segment of a member that cannot be read until it is mended, and so cannot be offered. */
    private static final class Broken {

        private final Path header;
        private final byte[] sound;

        Broken(Path segments, Path segment) throws Exception {
            Path one = segment.resolve("patterns").resolve("header");
            header = segments.relativize(one);
            sound = Files.readAllBytes(one);
            Files.write(one, new byte[128]);
        }

        /** Mends it where it waits aside. */
        void mend(Path directory) throws Exception {
            Files.write(Aside.waiting(directory).getFirst().resolve(header), sound);
        }
    }

    @Test
    void duringARestoreRecallsAreIncompleteAsLongAsAnybodyHasSomethingAside() throws Exception {
        try (Cluster cluster = new Cluster(temp, 3, 16)) {
            cluster.startAll(1, 2);
            cluster.get(1).ask("batch 0 100");
            cluster.killAll();
            Broken broken = broken(cluster, 2, 1);
            cluster.restoreAll(1, 2);
            cluster.start(3);
            cluster.requireJoined(3);
            Thread.sleep(MEET_MS); // the first has offered all that it has
            assertTrue(isPartial(cluster, 1));
            broken.mend(cluster.directoryOf(2));
            requireEverything(cluster, 3);
        }
    }
}
