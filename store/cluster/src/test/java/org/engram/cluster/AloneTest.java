package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of a member, without any other. */
class AloneTest {

    private static final Geometry G = new Geometry(20, 20);

    @TempDir
    Path temp;

    private static Pattern pattern(int seed) {
        Random random = new Random(seed);
        BitSet white = new BitSet();
        for (int j = 0; j < G.pixels(); j++) {
            white.set(j, random.nextBoolean());
        }
        return Pattern.twoValued(G, white);
    }

    private static Entry entry(int generation, int seed) {
        return new Entry(generation, Bits.of(pattern(seed)));
    }

    @Test
    void aSegmentKeepsTheHighestGenerationInWhateverOrderTheyCome() {
        List<Entry> entries = List.of(entry(1, 1), entry(2, 2), Entry.grave(3), entry(4, 4), Entry.grave(5));
        Random random = new Random(1);
        for (int history = 0; history < 40; history++) {
            Path directory = temp.resolve("s" + history);
            long highest = 0;
            Segment segment = new Segment(directory, G);
            for (int step = 0; step < 8; step++) {
                Entry one = entries.get(random.nextInt(entries.size()));
                assertEquals(one.generation() > highest, segment.put("k", one));
                highest = Math.max(highest, one.generation());
                if (random.nextInt(3) == 0) {
                    segment.close();
                    segment = new Segment(directory, G);
                }
                assertEquals(entries.get((int) highest - 1), segment.get("k"));
                assertEquals(entries.get((int) highest - 1).isForgotten() ? 0 : 1, segment.live());
                assertEquals(List.of("k"), segment.keys().toList());
            }
            segment.close();
        }
    }

    @Test
    void aTableOfOwnersIsReadAsItWasWritten() throws Exception {
        OwnerTable table = new OwnerTable(
                3,
                17,
                Map.of("id-1", "m1", "id-2", "m2"),
                Map.of("segmentOwner.0.0", "id-1", "segmentOwner.0.1", "id-2"));
        table.write(temp);
        assertEquals(table, OwnerTable.read(temp));
        assertTrue(table.isOwner("id-1", 0));
        assertFalse(table.isOwner("id-1", 1));
        assertEquals(List.of("m2"), table.missing(Set.of("id-1")));
        String text = Files.readString(temp.resolve("owners"));
        for (int length = 0; length < text.length(); length++) {
            assertTrue(OwnerTable.parse(text.substring(0, length)).isNone(), "cut at " + length);
        }
    }

    @Test
    void theNewestOfSeveralTablesCounts() {
        OwnerTable old = new OwnerTable(1, 90, Map.of("a", "m1"), Map.of());
        OwnerTable later = new OwnerTable(2, 5, Map.of("a", "m1"), Map.of());
        OwnerTable newest = new OwnerTable(2, 6, Map.of("a", "m1"), Map.of());
        assertEquals(newest, OwnerTable.newest(List.of(old, newest, OwnerTable.NONE, later)));
        assertTrue(OwnerTable.newest(List.of()).isNone());
    }

    @Test
    void aMemberThatWouldTalkInTheClearIsRefused() {
        ClusterOptions outside = ClusterOptions.DEFAULT.at("0.0.0.0", 7800);
        ClusterException refused = assertThrows(
                ClusterException.class, () -> ClusteredStore.join(temp, outside).close());
        assertEquals(
                "member would talk over the network in the clear: " + temp
                        + ": expected a secret of the cluster, found none, to listen at 0.0.0.0; give all members the same"
                        + " secret, or listen at 127.0.0.1",
                refused.getMessage());
        assertEquals(List.of(), List.of(temp.toFile().list()));
    }

    @Test
    void aShortSecretIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ClusterOptions.DEFAULT.withSecret("short"));
    }

    @Test
    void whatASecretIsIsNotPrinted() {
        assertFalse(
                ClusterOptions.DEFAULT.withSecret("0123456789abcdef").toString().contains("0123456789abcdef"));
    }
}
