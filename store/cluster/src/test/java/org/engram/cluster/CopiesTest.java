package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.engram.cluster.fixture.Cluster;
import org.engram.cluster.fixture.Symbols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies that differ, because all members died in the middle of a change. */
class CopiesTest {

    private static final int REPLACED = 30;
    private static final int STORED = 40;
    private static final int OFFSET = 1_000;

    @TempDir
    Path temp;

    /** Changes each key on one of its copies alone: on the first that is found, or on the second. */
    private static void changeOneCopy(Cluster cluster) {
        Set<String> found = new HashSet<>();
        for (int member = 1; member <= 3; member++) {
            for (Path one : Aside.segmentsIn(Aside.segments(cluster.directoryOf(member)))) {
                try (Segment segment = new Segment(one, Symbols.G)) {
                    for (String key : segment.keys().toList()) {
                        int number = Symbols.number(key);
                        boolean isFirst = found.add(key);
                        if (isFirst == (number % 2 == 0)) {
                            Entry held = segment.get(key);
                            segment.put(
                                    key,
                                    number < REPLACED
                                            ? held.next(Bits.of(Symbols.pattern(number + OFFSET)), 0)
                                            : held.forgotten(0));
                        }
                    }
                }
            }
        }
    }

    @Test
    void whatOneCopyAloneHasIsOnAllAfterTheDeathOfAll() {
        try (Cluster cluster = new Cluster(temp, 3, 16)) {
            cluster.startAll(1, 2, 3);
            cluster.get(1).ask("batch 0 " + STORED);
            cluster.killAll();
            changeOneCopy(cluster);
            cluster.startAll(1, 2, 3);
            for (int member = 1; member <= 3; member++) {
                assertEquals(
                        "%s there, %s right".formatted(REPLACED, REPLACED),
                        cluster.get(member).ask("holds 0 %s %s".formatted(REPLACED, OFFSET)),
                        "m" + member);
                assertEquals(
                        "0 there, 0 right",
                        cluster.get(member).ask("holds %s %s 0".formatted(REPLACED, STORED)),
                        "m" + member);
            }
        }
    }
}
