package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.Checksums;
import org.engram.store.fixture.DamagedDirectory;
import org.engram.store.fixture.IndexedStore;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Quiet;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.IndexHeader;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to the files of an index, the store shows what its journal tells. */
@ExtendWith(Quiet.class)
class IndexDamageTest {

    private static final int STEP = Campaign.EXHAUSTIVE ? 1 : 97;
    private static final int ONE_WRITTEN_IN = 20;

    @TempDir
    Path temp;

    private int checked;

    /** The files of a store with an index of three segments, and what it shows. */
    private record Sound(Map<String, byte[]> files, List<String> segments, Map<String, Object> shown) {
        Map<String, byte[]> with(String name, byte[] bytes) {
            Map<String, byte[]> damaged = new TreeMap<>(files);
            damaged.put(name, bytes);
            return damaged;
        }
    }

    private Sound sound(IndexedStore.Kind kind, long seed) throws IOException {
        Path directory = temp.resolve(kind + " " + seed);
        IndexedStore store = new IndexedStore(directory, kind, seed);
        store.live(100, 1000).live(1, 1).live(8, 1000).live(1, 1).live(1, 1).live(6, 1000);
        Map<String, byte[]> files = StoreBytes.of(directory);
        List<String> segments = IndexedStore.segments(directory);
        if (segments.size() != 3) {
            // a batch among the last changes makes a segment long enough to take in others
            return sound(kind, seed + 100);
        }
        Map<String, Object> shown =
                IndexedStore.shown(IndexedStore.withoutIndex(directory, temp.resolve("alone " + seed)));
        assertEquals(shown, IndexedStore.shown(directory));
        return new Sound(files, segments, shown);
    }

    private static StoreReport verify(Path directory) {
        return StoreCare.verify(directory, (done, total) -> {});
    }

    /** A reader shows the same and writes nothing; a verification tells what is wrong; a writer goes on. */
    private void check(DamagedDirectory directory, Map<String, byte[]> files, Sound sound, StoreReport.Index state)
            throws IOException {
        directory.put(files);
        assertEquals(sound.shown, IndexedStore.shown(directory.path()));
        StoreReport report = verify(directory.path());
        assertEquals(state, report.index(), () -> Sentences.of(report.notes()).toString());
        assertEquals(List.of(), Sentences.of(report.problems()));
        if (state == StoreReport.Index.DAMAGED || state == StoreReport.Index.STALE) {
            String line = Sentences.of(report.notes()).getFirst();
            assertTrue(line.startsWith("index is %s: %s/index-".formatted(name(state), directory.path())), line);
            assertTrue(line.endsWith("remove all files index-*, and a writer makes them anew"), line);
        }
        StoreBytes.assertSame(files, StoreBytes.of(directory.path()));
        if (checked++ % ONE_WRITTEN_IN == 0) {
            try (PatternStore writer = Doors.open(directory.path(), IndexedStore.access(1))) {
                assertEquals(sound.shown, IndexedStore.shown(writer));
                writer.setCriteria(new Criteria(0.1f, 0.2f, 0.3f, 0.4f));
            }
            assertEquals(StoreReport.Index.VALID, verify(directory.path()).index());
            assertNotEquals(0, IndexedStore.indexed(directory.path()));
            directory.clear();
        }
    }

    private static String name(StoreReport.Index state) {
        return state == StoreReport.Index.STALE ? "stale" : "damaged";
    }

    @ParameterizedTest
    @EnumSource
    void anyByteOfAnySegment(IndexedStore.Kind kind) throws IOException {
        Sound sound = sound(kind, 1);
        try (DamagedDirectory directory = new DamagedDirectory(temp.resolve("damaged"))) {
            for (String name : sound.segments) {
                byte[] bytes = sound.files.get(name);
                for (int at = 0; at < bytes.length; at += STEP) {
                    byte[] damaged = bytes.clone();
                    damaged[at] ^= (byte) (1 << at % 8);
                    check(directory, sound.with(name, damaged), sound, StoreReport.Index.DAMAGED);
                }
            }
        }
    }

    @Test
    void anyLengthOfAnySegment() throws IOException {
        Sound sound = sound(IndexedStore.Kind.TIED, 2);
        try (DamagedDirectory directory = new DamagedDirectory(temp.resolve("damaged"))) {
            for (String name : sound.segments) {
                byte[] bytes = sound.files.get(name);
                for (int length = 0; length < bytes.length + 2 * STEP; length += STEP) {
                    if (length != bytes.length) {
                        byte[] damaged = Arrays.copyOf(bytes, length);
                        check(directory, sound.with(name, damaged), sound, StoreReport.Index.DAMAGED);
                    }
                }
            }
        }
    }

    @Test
    void anySegmentMissingOrOfAnotherPlaceOrAnotherStore() throws IOException {
        Sound sound = sound(IndexedStore.Kind.PACKED, 3);
        Sound stranger = sound(IndexedStore.Kind.PACKED, 4);
        try (DamagedDirectory directory = new DamagedDirectory(temp.resolve("damaged"))) {
            for (int i = 0; i < sound.segments.size(); i++) {
                String name = sound.segments.get(i);
                Map<String, byte[]> missing = new TreeMap<>(sound.files);
                missing.remove(name);
                boolean first = name.equals("index-0");
                check(directory, missing, sound, first ? StoreReport.Index.ABSENT : StoreReport.Index.VALID);
                for (Sound other : List.of(sound, stranger)) {
                    for (String moved : other.segments) {
                        if (!moved.equals(name) || other.equals(stranger)) {
                            check(directory, sound.with(name, other.files.get(moved)), sound, StoreReport.Index.STALE);
                        }
                    }
                }
            }
        }
    }

    /** A journal that was put back to an earlier time, and went on in another way, under the index of the later one. */
    @Test
    void anIndexOfALaterTimeOfTheSameStoreIsNotUsed() throws IOException {
        Path directory = temp.resolve("store");
        IndexedStore store = new IndexedStore(directory, IndexedStore.Kind.PACKED, 5).live(20, 1000);
        Map<String, byte[]> early = StoreBytes.of(directory);
        store.live(60, 1);
        Map<String, byte[]> late = StoreBytes.of(directory);
        StoreBytes.restore(directory, early);
        for (int more = 0; more < 200; more += 5) {
            for (String name : IndexedStore.segments(directory)) {
                Files.delete(directory.resolve(name));
            }
            Files.write(directory.resolve("index-0"), late.get("index-0"));
            assertEquals(StoreReport.Index.STALE, verify(directory).index());
            assertEquals(0, IndexedStore.indexed(directory));
            try (PatternStore writer = Doors.open(directory, IndexedStore.access(1000))) {
                for (int i = 0; i < 5; i++) {
                    writer.memorize("other " + (more + i), Patterns.random(writer.geometry(), more + i));
                }
            }
        }
        Map<String, Object> expected = IndexedStore.shown(IndexedStore.withoutIndex(directory, temp.resolve("alone")));
        assertEquals(expected, IndexedStore.shown(directory));
    }

    /** Its SYNC stands at the same place, of the same number; only its time, and so its checksum, is another. */
    @Test
    void anIndexOfAnotherHistoryOfTheSameLengthIsNotUsed() throws Exception {
        Path directory = temp.resolve("store");
        PatternStore.create(directory, IndexedStore.Kind.PACKED.options).close();
        Map<String, byte[]> empty = StoreBytes.of(directory);
        putSome(directory, "one ", 1);
        byte[] index = Files.readAllBytes(directory.resolve("index-0"));
        StoreBytes.restore(directory, empty);
        Thread.sleep(2);
        putSome(directory, "two ", 1000);
        assertEquals(
                Files.size(directory.resolve("journal")),
                IndexHeader.decode(Arrays.copyOf(index, IndexHeader.LENGTH))
                        .orElseThrow()
                        .until());
        Files.write(directory.resolve("index-0"), index);
        assertEquals(StoreReport.Index.STALE, verify(directory).index());
        try (PatternStore reader = PatternStore.openReadOnly(directory)) {
            assertEquals(0, Doors.view(reader).indexed());
            assertEquals(3, reader.neuronOf("two 3").orElseThrow());
        }
    }

    private static void putSome(Path directory, String prefix, int indexAfter) {
        try (PatternStore store = Doors.open(directory, IndexedStore.access(indexAfter))) {
            for (int i = 0; i < 9; i++) {
                store.put(prefix + i, Patterns.random(store.geometry(), i));
            }
        }
    }

    /** Each points to a whole record, of another neuron. */
    @Test
    void offsetsThatAreSwappedUnderChecksumsThatMatchShowNothingWrong() throws IOException {
        Sound sound = sound(IndexedStore.Kind.PACKED, 11);
        byte[] forged = sound.files.get("index-0").clone();
        ByteBuffer buffer = ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN);
        int offsets = (int) IndexHeader.decode(Arrays.copyOf(forged, IndexHeader.LENGTH))
                .orElseThrow()
                .offsetsAt();
        for (int i = 0; i < 20; i += 2) {
            long first = buffer.getLong(offsets + 8 * i);
            buffer.putLong(offsets + 8 * i, buffer.getLong(offsets + 8 * i + 8));
            buffer.putLong(offsets + 8 * i + 8, first);
        }
        Checksums.fixSegment(forged);
        try (DamagedDirectory directory = new DamagedDirectory(temp.resolve("forged"))) {
            directory.put(sound.with("index-0", forged));
            assertEquals(sound.shown, IndexedStore.shown(directory.path()));
            assertEquals(StoreReport.Index.DAMAGED, verify(directory.path()).index());
        }
    }

    /** What was told of all neurons cannot be taken back. */
    @Test
    void anIndexThatToldSomethingElseThanTheJournalIsAnError() throws IOException {
        Sound sound = sound(IndexedStore.Kind.PACKED, 12);
        byte[] forged = sound.files.get(sound.segments.getLast()).clone();
        ByteBuffer buffer = ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN);
        IndexHeader header =
                IndexHeader.decode(Arrays.copyOf(forged, IndexHeader.LENGTH)).orElseThrow();
        long lives = buffer.getLong((int) header.livesAt());
        buffer.putLong((int) header.livesAt(), ~lives);
        buffer.putInt(72, header.live() + 64 - 2 * Long.bitCount(lives));
        Checksums.fixSegment(forged);
        try (DamagedDirectory directory = new DamagedDirectory(temp.resolve("forged"))) {
            Map<String, byte[]> files = sound.with(sound.segments.getLast(), forged);
            files.put("index-0", withOffset(sound.files.get("index-0"), 8));
            directory.put(files);
            try (PatternStore reader = PatternStore.openReadOnly(directory.path())) {
                String line = assertThrows(EngramException.Corrupt.class, () -> reader.neuron(0))
                        .getMessage();
                assertEquals(
                        ("index is damaged: %s/index-0: expected what the journal tells, found something else, under checksums"
                                        + " that match; remove all files index-*, they are made anew, and open the store again")
                                .formatted(directory.path()),
                        line);
            }
        }
    }

    /** With the record of its first neuron at another place. */
    private static byte[] withOffset(byte[] segment, long offset) {
        byte[] forged = segment.clone();
        IndexHeader header =
                IndexHeader.decode(Arrays.copyOf(forged, IndexHeader.LENGTH)).orElseThrow();
        ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putLong((int) header.offsetsAt(), offset);
        Checksums.fixSegment(forged);
        return forged;
    }

    /** What the index tells of a neuron is read from its record; where that is damaged the whole journal is looked at. */
    @Test
    void aJournalThatIsDamagedBehindTheIndexIsToldWhenItIsRead() throws IOException {
        Path directory = temp.resolve("store");
        IndexedStore store = new IndexedStore(directory, IndexedStore.Kind.PACKED, 6).live(60, 1);
        Map<String, byte[]> files = StoreBytes.of(directory);
        for (Map.Entry<Integer, String> live : store.script().live().entrySet()) {
            byte[] key = live.getValue().getBytes(StandardCharsets.UTF_8);
            byte[] journal = files.get(StoreDirectory.JOURNAL).clone();
            journal[lastIndexOf(key, journal)] ^= 1;
            Files.write(directory.resolve(StoreDirectory.JOURNAL), journal);
            try (PatternStore reader = PatternStore.openReadOnly(directory)) {
                assertTrue(Doors.view(reader).indexed() > 0);
                assertEquals(store.script().live().size(), reader.size());
                for (Runnable question : List.<Runnable>of(
                        () -> reader.neuronOf(live.getValue()),
                        () -> reader.neuron(live.getKey()),
                        () -> reader.recall(Cue.bipolar(store.script().pattern(live.getKey()))))) {
                    EngramException e = assertThrows(EngramException.Corrupt.class, question::run);
                    assertTrue(e.getMessage().startsWith("journal is damaged: " + directory), e::getMessage);
                }
            }
            assertEquals(1, verify(directory).problems().size());
        }
    }

    /** Where the key stands in the last record that has it. */
    private static int lastIndexOf(byte[] key, byte[] journal) {
        int found = -1;
        int length;
        ByteBuffer bytes = ByteBuffer.wrap(journal).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < journal.length; at += length) {
            length = bytes.getInt(at);
            int end = at + 64 + bytes.getShort(at + 10);
            found = Arrays.equals(journal, at + 64, end, key, 0, key.length) ? at + 64 : found;
        }
        return found;
    }

    /** Under checksums that match again: no answer about one neuron is wrong, and nothing but a clear error comes out. */
    @ParameterizedTest
    @EnumSource
    void aForgedSegmentIsToldOrShowsNoWrongKey(IndexedStore.Kind kind) throws IOException {
        Sound sound = sound(kind, 7);
        SplittableRandom random = new SplittableRandom(7);
        Path path = temp.resolve("forged");
        try (DamagedDirectory directory = new DamagedDirectory(path)) {
            for (int i = 0; i < (Campaign.EXHAUSTIVE ? 20_000 : 100); i++) {
                String name = sound.segments.get(random.nextInt(sound.segments.size()));
                byte[] forged = sound.files.get(name).clone();
                int at = random.nextInt(16, forged.length);
                forged[at] = (byte) (random.nextBoolean() ? random.nextInt() : forged[at] ^ (1 << random.nextInt(8)));
                Checksums.fixSegment(forged);
                directory.put(sound.with(name, forged));
                checkForged(path, sound);
            }
        }
    }

    private static void checkForged(Path path, Sound sound) {
        try (PatternStore reader = PatternStore.openReadOnly(path)) {
            @SuppressWarnings("unchecked")
            List<Neuron> all = (List<Neuron>) sound.shown.get("all");
            for (Neuron neuron : all) {
                tell(() -> {
                    int found = reader.neuronOf(neuron.key()).orElse(-1);
                    assertTrue(found < 0 || all.get(found).key().equals(neuron.key()), () -> neuron + ": " + found);
                });
                tell(() -> assertEquals(
                        neuron.key(), reader.neuron(neuron.neuron()).key()));
                tell(() -> reader.pattern(neuron.neuron()));
            }
            tell(() -> reader.recall(Cue.bipolar(Patterns.random(reader.geometry(), 1))));
            tell(() -> reader.recall(Cue.unipolar(Patterns.realValued(reader.geometry(), 2))));
            tell(reader::neurons);
        } catch (EngramException e) {
            assertTrue(e.getMessage().contains(path.toString()), e::getMessage);
        }
        StoreReport report = verify(path);
        assertEquals(List.of(), Sentences.of(report.problems()));
    }

    private static void tell(Runnable question) {
        try {
            question.run();
        } catch (EngramException e) {
            assertTrue(!e.getMessage().isBlank());
        }
    }

    /** Neither a directory nor a link to nothing under the name of a segment keeps a store from opening. */
    @Test
    void whatIsNoFileUnderTheNameOfASegment() throws IOException {
        Sound sound = sound(IndexedStore.Kind.PACKED, 8);
        Path directory = temp.resolve("damaged");
        Files.createDirectories(directory);
        StoreBytes.restore(directory, sound.files);
        for (String name : sound.segments) {
            Path file = directory.resolve(name);
            Files.delete(file);
            Files.createDirectory(file);
            assertEquals(sound.shown, IndexedStore.shown(directory));
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("nothing"));
            assertEquals(sound.shown, IndexedStore.shown(directory));
            Files.delete(file);
            Files.write(file, sound.files.get(name));
        }
        assertEquals(StoreReport.Index.VALID, verify(directory).index());
    }

    /** The remains of a killed writer are nothing to readers, and go with the next segment. */
    @Test
    void remainsOfAKilledWriterGoWithTheNextSegment() throws IOException {
        Path directory = temp.resolve("store");
        IndexedStore store = new IndexedStore(directory, IndexedStore.Kind.PACKED, 9).live(30, 1);
        Files.write(directory.resolve("index-0.tmp"), new byte[] {1});
        Files.write(directory.resolve("index-88888"), new byte[] {2});
        Map<String, Object> expected = IndexedStore.shown(IndexedStore.withoutIndex(directory, temp.resolve("alone")));
        assertEquals(expected, IndexedStore.shown(directory));
        assertEquals(StoreReport.Index.VALID, verify(directory).index());
        store.live(10, 1);
        assertEquals(StoreReport.Index.VALID, verify(directory).index());
        for (String name : IndexedStore.segments(directory)) {
            assertTrue(!name.equals("index-0.tmp") && !name.equals("index-88888"), name);
        }
        assertEquals(store.script().live(), liveIn(directory));
    }

    private static Map<Integer, String> liveIn(Path directory) {
        try (PatternStore reader = PatternStore.openReadOnly(directory)) {
            return ChangeScript.liveIn(reader);
        }
    }
}
