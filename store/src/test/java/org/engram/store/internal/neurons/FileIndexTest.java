package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.engram.store.fixture.Entries;
import org.engram.store.fixture.OpenFiles;
import org.engram.store.fixture.Quiet;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.IndexHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an index of two segments answers, and what is noticed of a wrong one. */
@ExtendWith(Quiet.class)
class FileIndexTest {

    @TempDir
    Path temp;

    private TwoSegments store;

    @BeforeEach
    void makeTwoSegments() throws IOException {
        store = new TwoSegments(temp.resolve("store"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private FileIndex open() {
        return assertInstanceOf(FileIndex.class, FileIndex.open(store.directory, store.header, store.journal));
    }

    private static int find(Indexed index, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return index.find(bytes, bytes.length);
    }

    private static void assertAnswers(Indexed index, HeapIndex journal) {
        for (int n = 0; n < TwoSegments.ALL; n++) {
            String key = TwoSegments.key(n);
            assertEquals(key, index.key(n));
            assertEquals(TwoSegments.RETIRED.contains(n) ? Indexed.MISSING : n, find(index, key), key);
            assertEquals(journal.timeMs(n), index.timeMs(n), key);
            assertEquals(journal.signedGain(n), index.signedGain(n), key);
            assertEquals(TwoSegments.REAL_VALUED.contains(n), index.signedGain(n) < 0, key);
            assertTrue(index.keyStartsWith(n, key.substring(0, 3).getBytes(StandardCharsets.UTF_8)));
            assertFalse(index.keyStartsWith(n, new byte[] {'q'}));
        }
        assertEquals(Indexed.MISSING, find(index, "k022"));
        assertEquals(Indexed.MISSING, find(index, "k0010"));
        for (int i = 0; i < 4; i++) {
            assertEquals(TwoSegments.REAL_VALUED.get(i), index.notTwoValuedAt(i));
        }
    }

    private HeapIndex journal(FileIndex index) {
        return HeapIndex.read(store.journal, store.header, index.state().sync());
    }

    @Test
    void itAnswersAsTheJournalDoes() {
        try (FileIndex index = open()) {
            HeapIndex journal = journal(index);
            assertTrue(journal.state().tells(index.state()));
            assertAnswers(index, journal);
            assertAnswers(journal, journal);
            assertTrue(index.isBelieved());
            assertSame(index.onHeap(), index.onHeap());
            assertSame(journal, journal.onHeap());
        }
    }

    @Test
    void ofAStoreWithoutAnIndexItKnowsNothing() throws IOException {
        Files.delete(store.directory.resolve("index-0"));
        Indexed none = FileIndex.open(store.directory, store.header, store.journal);
        assertEquals(0, none.state().neurons());
        assertEquals(0, none.state().position());
        assertEquals(store.header.criteria(), none.state().criteria());
        assertEquals(Indexed.MISSING, find(none, "k001"));
        assertTrue(none.isBelieved());
        assertSame(none, none.onHeap());
        assertThrows(IndexOutOfBoundsException.class, () -> none.key(0));
        assertThrows(IndexOutOfBoundsException.class, () -> none.keyStartsWith(0, new byte[0]));
        assertThrows(IndexOutOfBoundsException.class, () -> none.timeMs(0));
        assertThrows(IndexOutOfBoundsException.class, () -> none.signedGain(0));
        assertThrows(IndexOutOfBoundsException.class, () -> none.notTwoValuedAt(0));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsNotBelievedOrIsClosedIsNeitherOpenNorMapped() throws IOException {
        Map<String, byte[]> whole = StoreBytes.of(store.directory.path());
        int lives = (int) store.header(store.second).livesAt();
        for (Damage damage : List.<Damage>of(
                () -> {},
                () -> StoreBytes.cut(store.directory.resolve(store.second), 100),
                () -> StoreBytes.flip(store.directory.resolve(store.second), 191),
                () -> StoreBytes.flip(store.directory.resolve("index-0"), 100),
                () -> store.forge(store.second, bytes -> bytes.putLong(56, 26)),
                () -> store.forge("index-0", bytes -> bytes.putLong(16, 1)),
                () -> store.forge(store.second, bytes -> bytes.putLong(lives, -1)))) {
            damage.happens();
            Indexed index = FileIndex.open(store.directory, store.header, store.journal);
            if (index instanceof FileIndex files) {
                assertTrue(held("index-0") > 0, "an index that is open is mapped, or this test sees nothing");
                files.close();
            }
            assertEquals(0, held("index-0"));
            assertEquals(0, held(store.second));
            assertEquals(List.of(), OpenFiles.mappings(store.journal.path().toRealPath()));
            StoreBytes.restore(store.directory.path(), whole);
        }
    }

    private interface Damage {
        void happens() throws IOException;
    }

    private long held(String name) throws IOException {
        Path path = store.directory.path().toRealPath().resolve(name);
        return OpenFiles.count(path) + OpenFiles.mappings(path).size();
    }

    /** Under a checksum that was compared already: only the record itself can tell. */
    @Test
    void anIndexThatGoesWrongWhileItIsOpenIsBelievedNoMore() throws IOException {
        for (Consumer<FileIndex> question : List.<Consumer<FileIndex>>of(
                index -> assertEquals("k001", index.key(1)),
                index -> assertEquals(1, find(index, "k001")),
                index -> assertTrue(index.timeMs(1) > 0))) {
            try (FileIndex index = open()) {
                HeapIndex journal = journal(index);
                long at = store.header("index-0").offsetsAt() + 8;
                long right = overwrite(at, 8);
                assertTrue(index.isBelieved());
                question.accept(index);
                assertFalse(index.isBelieved());
                assertAnswers(index, journal);
                overwrite(at, Long.reverseBytes(right));
            }
        }
    }

    /** Puts a number into the first segment, the lowest byte first, and returns what was there, the highest first. */
    private long overwrite(long at, long value) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(store.directory.resolve("index-0").toFile(), "rw")) {
            file.seek(at);
            long before = file.readLong();
            file.seek(at);
            file.writeLong(Long.reverseBytes(value));
            return before;
        }
    }

    private String damage(Consumer<MappedIndex> question) {
        try (IndexChain chain = store.chain();
                MappedIndex index = new MappedIndex(chain, store.header, store.journal)) {
            return assertThrows(IndexDamaged.class, () -> question.accept(index))
                    .getMessage();
        }
    }

    @Test
    void asManyGainsAreBelowNoughtAsTheHeadersCount() throws IOException {
        int gains = (int) store.header("index-0").gainsAt();
        store.forge("index-0", bytes -> bytes.putFloat(gains, -bytes.getFloat(gains)));
        assertEquals("more gains below 0 than the 4 that it counts", damage(index -> index.notTwoValuedAt(0)));
        store.forge("index-0", bytes -> bytes.putFloat(gains, -bytes.getFloat(gains)));
        store.forge("index-0", bytes -> bytes.putFloat(gains + 12, -bytes.getFloat(gains + 12)));
        assertEquals("3 gains below 0 for 4", damage(index -> index.notTwoValuedAt(0)));
        try (FileIndex index = open()) {
            assertEquals(3, index.notTwoValuedAt(0));
            assertFalse(index.isBelieved());
        }
    }

    @Test
    void aKeyLeadsToANeuronOfItsOwnSegmentAlone() throws IOException {
        for (String name : List.of("index-0", store.second)) {
            IndexHeader header = store.header(name);
            int stranger = name.equals("index-0") ? TwoSegments.FIRST : TwoSegments.FIRST - 1;
            String[] key = {""};
            store.forge(name, bytes -> {
                long first = bytes.getLong((int) header.keysAt());
                key[0] = TwoSegments.key(IndexHeader.neuronOf(first));
                bytes.putLong((int) header.keysAt(), IndexHeader.leastKeyLike(first) | stranger);
            });
            byte[] bytes = key[0].getBytes(StandardCharsets.UTF_8);
            assertEquals(
                    "neuron %s in a segment of other neurons".formatted(stranger),
                    damage(index -> index.find(bytes, bytes.length)));
        }
    }

    @Test
    void aRecordIsThatOfItsNeuronOrTheIndexIsWrong() throws IOException {
        int offsets = (int) store.header("index-0").offsetsAt();
        store.forge("index-0", bytes -> bytes.putLong(offsets + 8, bytes.getLong(offsets)));
        assertEquals("no record of neuron 1 at 0", damage(index -> index.key(1)));
        store.forge("index-0", bytes -> bytes.putLong(offsets + 8, 8));
        assertEquals("no record of neuron 1 at 8", damage(index -> index.record(1)));
    }

    @Test
    void aTableGoesOnBehindIt() {
        try (FileIndex index = open()) {
            NeuronTable table = new NeuronTable(store.journal.path(), index);
            table.reserve(TwoSegments.ALL + 64);
            assertEquals(64, table.view().timesMs().length);
            table.reserve(TwoSegments.ALL + 100);
            assertEquals(100, table.view().timesMs().length);
            table.apply(Entries.memorized(28, 22, -1, "new"));
            table.apply(Entries.memorized(29, 23, 1, "k001"));
            table.apply(Entries.forgotten(30, 2, 0, "k002"));
            assertEquals("new", table.view().key(22));
            assertEquals("k004", table.view().key(4));
            assertEquals(22, table.find("new"));
            assertEquals(23, table.find("k001"));
            assertEquals(KeyIndex.MISSING, table.find("k002"));
            assertEquals(4, table.find("k004"));
            assertEquals(19, table.view().live());
            assertFalse(table.view().isLive(1));
            table.apply(Entries.memorized(31, 24, -1, false, 0.5f, "grey"));
            assertTrue(table.view().keyStartsWith(22, new byte[] {'n', 'e'}));
            assertEquals(1f, table.view().gain(22));
            assertEquals(0.5f, table.view().gain(24));
            assertTrue(table.view().isTwoValued(22));
            assertFalse(table.view().isTwoValued(24));
            assertFalse(table.view().isTwoValued(10));
            assertEquals(5, table.view().notTwoValued());
            assertEquals(21, table.view().notTwoValuedAt(3));
            assertEquals(24, table.view().notTwoValuedAt(4));
            assertTrue(index.isBelieved());
        }
    }
}
