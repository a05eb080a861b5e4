package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.engram.cluster.fixture.Campaign;
import org.engram.cluster.fixture.Cluster;
import org.engram.cluster.fixture.Symbols;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three processes answer as one store does, while one of them dies and comes back, and after all have died. */
class EqualityTest {

    private static final int STORED = Campaign.STORED;
    private static final int WRITTEN = Campaign.WRITTEN;
    private static final int ASKED = Campaign.ASKED;

    @TempDir
    Path temp;

    private List<String> ofOneStore(int from, int to) {
        Path directory = temp.resolve("one-" + from + "-" + to);
        try (PatternStore store = PatternStore.create(directory, StoreOptions.DEFAULT.withLayout(Layout.PACKED))) {
            for (int i = from; i < to; i++) {
                store.memorize(Symbols.key(i), Symbols.pattern(i));
            }
            List<String> lines = new ArrayList<>();
            for (int n = 0; n < ASKED; n++) {
                lines.add(Symbols.line(store, Symbols.nth(n, to)));
            }
            return lines;
        }
    }

    private void assertEqual(List<String> expected, Cluster cluster, int member, int stored) throws Exception {
        Path file = temp.resolve("answers");
        String said = cluster.get(member).ask("recall %s %s %s".formatted(ASKED, stored, file));
        System.out.println("member " + member + ": " + said);
        assertEquals(expected, Files.readAllLines(file), "through member " + member + ": " + said);
    }

    @Test
    void threeProcessesAnswerAsOneStoreDoesWhateverDies() throws Exception {
        try (Cluster cluster = new Cluster(temp, 3, 32)) {
            cluster.startAll(1, 2, 3);
            System.out.println("batch " + cluster.get(1).ask("batch 0 " + STORED));
            assertEquals(String.valueOf(STORED), cluster.get(2).ask("size"));
            List<String> expected = ofOneStore(0, STORED);
            for (int member = 1; member <= 3; member++) {
                assertEqual(expected, cluster, member, STORED);
            }

            // One dies while there are writes and recalls; nothing that was acknowledged is lost.
            Path acknowledged = temp.resolve("acknowledged");
            cluster.get(1).send("change memorize %s %s 4 %s".formatted(STORED, STORED + WRITTEN, acknowledged));
            cluster.get(2).send("recall %s %s %s".formatted(ASKED, STORED, temp.resolve("during")));
            while (!Files.exists(acknowledged)
                    || Files.readAllLines(acknowledged).size() < 200) {
                Thread.sleep(20);
            }
            cluster.get(3).kill();
            System.out.println("writes " + cluster.get(1).answer());
            System.out.println("recalls " + cluster.get(2).answer());
            cluster.requireSettled(1);
            assertEquals(
                    "%s there, %s right".formatted(WRITTEN, WRITTEN),
                    cluster.get(2).ask("holds %s %s 0".formatted(STORED, STORED + WRITTEN)));

            // Some are forgotten while it is away, and others replaced; its old files bring nothing back.
            System.out.println("forget " + cluster.get(1).ask("change forget 0 300 4 -"));
            System.out.println("replace " + cluster.get(2).ask("change replace 300 400 4 - 5000"));
            System.out.println("replace " + cluster.get(2).ask("change replace 300 400 4 - 0"));
            cluster.start(3);
            cluster.requireJoined(3);
            cluster.requireSettled(3);
            assertEquals("0 there, 0 right", cluster.get(3).ask("holds 0 300 0"));
            int left = STORED + WRITTEN - 300;
            assertEquals(
                    "%s there, %s right".formatted(left, left),
                    cluster.get(3).ask("holds 300 %s 0".formatted(STORED + WRITTEN)));
            List<String> later = ofOneStore(300, STORED + WRITTEN);
            assertEqual(later, cluster, 3, STORED + WRITTEN);

            // All die at once, and start from the table that they remember.
            cluster.killAll();
            cluster.startAll(1, 2, 3);
            assertEquals(String.valueOf(left), cluster.get(2).ask("size"));
            assertEqual(later, cluster, 1, STORED + WRITTEN);

            // All stop in order, and start again.
            assertEquals("shut down", cluster.get(2).ask("shutdown"));
            assertEquals("true", cluster.get(1).ask("closed"));
            assertEquals("true", cluster.get(3).ask("closed"));
            cluster.killAll();
            cluster.startAll(1, 2, 3);
            assertEquals(String.valueOf(left), cluster.get(3).ask("size"));
            assertEqual(later, cluster, 2, STORED + WRITTEN);
        }
    }
}
