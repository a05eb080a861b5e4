package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.engram.cluster.fixture.Symbols;
import org.engram.store.EngramException;
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
                if (one.generation() < highest) {
                    Segment there = segment;
                    assertThrows(GenerationTaken.class, () -> there.put("k", one));
                } else {
                    assertEquals(one.generation() > highest, segment.put("k", one));
                    highest = one.generation();
                }
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
    void aSegmentRefusesAnotherEntryOfTheGenerationThatItHas() {
        try (Segment segment = new Segment(temp.resolve("taken"), G)) {
            assertTrue(segment.put("k", entry(5, 1)));
            assertFalse(segment.put("k", entry(5, 1)));
            for (Entry other : List.of(entry(5, 2), Entry.grave(5))) {
                GenerationTaken taken = assertThrows(GenerationTaken.class, () -> segment.put("k", other));
                assertEquals("generation 5 of \"k\" is another change that was not acknowledged", taken.getMessage());
            }
            assertEquals(entry(5, 1), segment.get("k"));
        }
    }

    @Test
    void aForgetThatFailsHalfwayIsEndedBeforeAnybodyLooks() throws Exception {
        Path directory = temp.resolve("halfway");
        try (Segment segment = new Segment(directory, G)) {
            segment.put("k", entry(5, 1));
            segment.put("gone", Entry.grave(1));
            // The grave is written, and the pattern cannot be forgotten.
            Path moved = temp.resolve("moved");
            Files.move(directory.resolve("patterns"), moved);
            Thread.sleep(20); // a writer looks at its files again after 10 ms
            assertThrows(EngramException.Superseded.class, () -> segment.put("k", Entry.grave(6)));
            assertThrows(EngramException.class, () -> segment.get("k"));
            assertThrows(EngramException.class, segment::names);
            Files.move(moved, directory.resolve("patterns"));
        } catch (EngramException closing) {
            // the last change failed
        }
        try (Segment segment = new Segment(directory, G)) {
            assertEquals(Entry.grave(6), segment.get("k"));
            assertEquals(0, segment.live());
        }
    }

    @Test
    void aSegmentThatCannotBeOpenedLeavesNothingOpen() throws Exception {
        Path directory = temp.resolve("half");
        try (Segment segment = new Segment(directory, G)) {
            segment.put("k", Entry.grave(1));
        }
        Path header = directory.resolve("graves").resolve("header");
        byte[] sound = Files.readAllBytes(header);
        Files.write(header, new byte[128]);
        assertThrows(EngramException.class, () -> new Segment(directory, G));
        Files.write(header, sound);
        try (Segment segment = new Segment(directory, G)) {
            assertEquals(Entry.grave(1), segment.get("k"));
        }
    }

    @Test
    void theSumOfNamesTellsOfTwoThatChanged() {
        long term = Term.of(1, 9);
        for (int key = 0; key < 1_000; key++) {
            String one = Symbols.key(key);
            String other = Symbols.key(key + 1);
            assertNotEquals(
                    Content.sum(List.of(Name.of(one, term), Name.of(other, term))),
                    Content.sum(List.of(Name.of(one, term + 1), Name.of(other, term + 1))),
                    one);
        }
    }

    @Test
    void aChangeIsAboveWhatItFoundAndNotBelowItsTerm() {
        byte[] bits = Bits.of(pattern(1));
        long term = Term.of(2, 17);
        Entry first = Change.MEMORIZE.of("k", null, bits, term);
        assertEquals(new Entry(term, bits), first);
        assertEquals(Entry.grave(term + 1), Change.FORGET.of("k", first, bits, term));
        assertEquals(new Entry(term + 1, bits), Change.REPLACE.of("k", first, bits, Term.of(1, 99)));
        long later = Term.of(2, 18);
        assertEquals(new Entry(later, bits), Change.PUT.of("k", Entry.grave(term + 8_000_000), bits, later));
        assertEquals(new Entry(Term.of(3, 0), bits), first.again(Term.of(3, 0)));
        assertEquals(Entry.FIRST, Entry.first(bits, 0).generation());
        assertTrue(Term.of(3, 0) > Term.of(2, 16_000_000));
    }

    @Test
    void afterACrashInTheMiddleOfAChangeTheHigherGenerationStays() {
        Pattern old = pattern(1);
        for (long grave : new long[] {4, 6}) {
            Path directory = temp.resolve("grave-" + grave);
            try (Dated patterns = new Dated(directory.resolve("patterns"), G);
                    Dated graves = new Dated(directory.resolve("graves"), new Geometry(1, 1))) {
                patterns.put("k", old, 5);
                graves.put("k", Pattern.twoValued(graves.store().geometry(), new BitSet()), grave);
            }
            // This one was never written, so the next neuron takes its place.
            try (Generations generations = new Generations(directory.resolve("patterns.generations"))) {
                generations.set(1, 1_000);
            }
            Entry stays = grave > 5 ? Entry.grave(6) : new Entry(5, Bits.of(old));
            try (Segment segment = new Segment(directory, G)) {
                assertEquals(stays, segment.get("k"));
                assertEquals(1, segment.live() + segment.graves());
                assertTrue(segment.put("next", new Entry(7, Bits.of(old))));
                assertEquals(Set.of(Name.of("k", stays.generation()), Name.of("next", 7)), Set.copyOf(segment.names()));
            }
            try (Segment segment = new Segment(directory, G)) {
                assertEquals(stays, segment.get("k"));
                assertEquals(7, segment.get("next").generation());
                assertEquals(2, segment.live() + segment.graves());
            }
        }
    }

    @Test
    void aTableOfOwnersIsReadAsItWasWritten() throws Exception {
        OwnerTable table = new OwnerTable(
                "kana",
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
        OwnerTable old = new OwnerTable("kana", 1, 90, Map.of("a", "m1"), Map.of());
        OwnerTable later = new OwnerTable("kana", 2, 5, Map.of("a", "m1"), Map.of());
        OwnerTable newest = new OwnerTable("kana", 2, 6, Map.of("a", "m1"), Map.of());
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
