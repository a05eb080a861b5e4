package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.engram.store.Criteria;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Checksum;
import org.engram.store.internal.format.IndexHeader;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment of the index as it is written, and what is found in it. */
class IndexSegmentTest {

    private static final UUID STORE = new UUID(1, 2);

    @TempDir
    Path temp;

    private StoreDirectory directory;
    private Path path;

    @BeforeEach
    void nameTheFile() {
        directory = StoreDirectory.onDisk(temp);
        path = temp.resolve("index-0");
    }

    /** A segment of neurons from 10 on, one for each gain. The offset of neuron n is 8 n, and every third lives. */
    private IndexHeader write(long[] keys, float[] gains, float common) {
        int others = (int) LongStream.range(0, gains.length)
                .filter(i -> gains[(int) i] < 0)
                .count();
        IndexHeader header = new IndexHeader(
                STORE,
                0,
                1L << 40,
                0,
                1L << 30,
                10,
                10 + gains.length,
                0,
                keys.length,
                others,
                common,
                0,
                0,
                Criteria.DEFAULT,
                0,
                0);
        directory.remove("index-0");
        try (StoreFile file = directory.create("index-0")) {
            IndexOutput output = new IndexOutput(file);
            output.put(keys, keys.length);
            output.put(offsets(gains.length), gains.length);
            output.put(lives(header.neurons()), header.liveWords());
            if (header.hasGains()) {
                output.put(gains, gains.length);
            }
            byte[] table = output.table();
            output.end(table, header.withTable(Checksum.of(table)).encode());
        }
        return header;
    }

    private static long[] offsets(int size) {
        return LongStream.range(10, 10 + size).map(n -> 8 * n).toArray();
    }

    private static long[] lives(int neurons) {
        long[] words = EarlyLives.words(neurons);
        for (int n = 0; n < neurons; n += 3) {
            EarlyLives.set(words, n);
        }
        return words;
    }

    private static float[] gains(int size, float gain) {
        float[] gains = new float[size];
        Arrays.fill(gains, gain);
        return gains;
    }

    private static long[] keys(Random random, int size, long from, long to) {
        return LongStream.generate(() -> random.nextLong(from, to))
                .limit(size)
                .sorted()
                .toArray();
    }

    private static int place(long[] keys, long least) {
        int place = 0;
        while (place < keys.length && keys[place] < least) {
            place++;
        }
        return place;
    }

    private void assertFindsEveryPlace(long[] keys) {
        write(keys, gains(keys.length, 1), 1);
        try (IndexSegment segment = IndexSegment.open(directory, "index-0")) {
            assertArrayEquals(keys, segment.keys());
            for (int i = 0; i < keys.length; i++) {
                assertEquals(keys[i], segment.key(i));
                for (long least = keys[i] - 1; least <= keys[i] + 1 && least >= 0; least++) {
                    assertEquals(place(keys, least), segment.placeOf(least), "key " + i);
                }
            }
            assertEquals(0, segment.placeOf(0));
            assertEquals(place(keys, Long.MAX_VALUE), segment.placeOf(Long.MAX_VALUE));
        }
    }

    @Test
    void theFirstKeyThatIsAtLeastAsGreatIsFoundHoweverTheyAreSpread() {
        Random random = new Random(1);
        assertFindsEveryPlace(new long[0]);
        assertFindsEveryPlace(new long[] {5});
        assertFindsEveryPlace(new long[] {Long.MAX_VALUE - 1});
        for (int size : new int[] {2, 3, 10, 700}) {
            assertFindsEveryPlace(keys(random, size, 0, Long.MAX_VALUE - 1));
            assertFindsEveryPlace(keys(random, size, 1, 5000));
            assertFindsEveryPlace(keys(random, size, Long.MAX_VALUE - 5000, Long.MAX_VALUE - 1));
            long middle = Long.MAX_VALUE / 2;
            assertFindsEveryPlace(keys(random, size, middle, middle + size / 2 + 1));
        }
    }

    @Test
    void whatWasPutIsReadBackInBlocksOfAnyNumber() {
        for (int size : new int[] {0, 1, 2, 255, 256, 257, 20_000}) {
            long[] keys = LongStream.range(0, size).toArray();
            IndexHeader header = write(keys, gains(size, 2), 2);
            assertEquals(header.bytes(), path.toFile().length());
            try (IndexSegment segment = IndexSegment.open(directory, "index-0")) {
                segment.compareAll();
                assertEquals(header.withTable(segment.header().table()), segment.header());
                assertArrayEquals(keys, segment.keys());
                assertArrayEquals(offsets(size), segment.offsets());
                assertArrayEquals(lives(10 + size), segment.lives());
                if (size > 0) {
                    assertEquals(80, segment.offset(10));
                    assertEquals(8L * (9 + size), segment.offset(9 + size));
                }
                float[] all = new float[size + 4];
                segment.gains(all, 3);
                float[] expected = gains(size + 4, 2);
                Arrays.fill(expected, 0, 3, 0);
                expected[size + 3] = 0;
                assertArrayEquals(expected, all);
            }
        }
    }

    @Test
    void gainsThatDifferAreReadBackAnEvenOrOddNumberOfThem() {
        for (int size : new int[] {1, 2, 3, 2049}) {
            float[] gains = new float[size];
            for (int i = 0; i < size; i++) {
                gains[i] = i % 2 == 0 ? -1f - i : 1f + i;
            }
            IndexHeader header = write(new long[0], gains, 0);
            assertEquals(header.bytes(), path.toFile().length());
            try (IndexSegment segment = IndexSegment.open(directory, "index-0")) {
                segment.compareAll();
                float[] all = new float[size + 2];
                segment.gains(all, 1);
                assertArrayEquals(gains, Arrays.copyOfRange(all, 1, size + 1));
                assertEquals(0f, all[0]);
                assertEquals(0f, all[size + 1]);
            }
        }
    }

    @Test
    void aDamagedBlockIsNoticedByWhoeverLooksIntoItAndByNobodyElse() throws IOException {
        IndexHeader header = write(LongStream.range(0, 1000).toArray(), gains(1000, 1), 1);
        assertEquals(4, header.blocks());
        byte[] whole = Files.readAllBytes(path);
        for (int block = 0; block < 4; block++) {
            int last = Math.min(192 + 4096 * (block + 1), (int) header.tableAt()) - 1;
            for (int at : new int[] {192 + 4096 * block, last}) {
                Files.write(path, whole);
                StoreBytes.flip(path, at);
                try (IndexSegment segment = IndexSegment.open(directory, "index-0")) {
                    String found = "block %s, which does not match its checksum".formatted(block);
                    assertEquals(
                            found,
                            assertThrows(IndexDamaged.class, segment::compareAll)
                                    .getMessage());
                    assertLook(block < 2, found, () -> segment.keys());
                    assertLook(block == 1 || block == 2 || block == 3, found, () -> segment.offsets());
                    assertLook(block == 3, found, () -> segment.lives());
                    assertLook(block == 0, found, () -> segment.key(511));
                    assertLook(block == 1, found, () -> segment.key(512));
                    assertLook(block == 1, found, () -> segment.offset(10));
                }
            }
        }
    }

    @Test
    void gainsAreComparedWithTheirChecksumBeforeTheyAreBelieved() throws IOException {
        float[] gains = gains(3000, 1);
        gains[7] = -2;
        IndexHeader header = write(new long[0], gains, 0);
        for (long at : new long[] {header.gainsAt(), header.tableAt() - 1}) {
            StoreBytes.flip(path, at);
            try (IndexSegment segment = IndexSegment.open(directory, "index-0")) {
                assertThrows(IndexDamaged.class, () -> segment.gains(new float[3000], 0));
            }
            StoreBytes.flip(path, at);
        }
    }

    /** Each of millions of searches looks into some blocks. */
    @Test
    void aBlockIsComparedWithItsChecksumOnce() throws IOException {
        write(LongStream.range(0, 100_000).toArray(), gains(100_000, 1), 1);
        try (IndexSegment segment = IndexSegment.open(directory, "index-0")) {
            for (int key : new int[] {0, 512 * 63, 512 * 64, 512 * 65}) {
                segment.key(key + 1);
                StoreBytes.flip(path, 192 + 8 * key);
                assertEquals(key ^ 0x10, segment.key(key));
            }
        }
    }

    private static void assertLook(boolean damaged, String found, Runnable look) {
        if (damaged) {
            assertEquals(found, assertThrows(IndexDamaged.class, look::run).getMessage());
        } else {
            look.run();
        }
    }

    @Test
    void aFileThatIsNoSegmentIsToldByWhatItIs() throws IOException {
        write(new long[] {1}, gains(1, 1), 1);
        byte[] whole = Files.readAllBytes(path);
        assertNone("191 bytes", Arrays.copyOf(whole, 191));
        String header = "a header that does not match its checksum or the file";
        assertNone(header, Arrays.copyOf(whole, 192));
        assertNone(header, Arrays.copyOf(whole, whole.length - 1));
        assertNone(header, Arrays.copyOf(whole, whole.length + 1));
        byte[] table = whole.clone();
        table[whole.length - 1] ^= 1;
        assertNone("checksums that do not match theirs", table);
    }

    private void assertNone(String found, byte[] bytes) throws IOException {
        Files.write(path, bytes);
        assertEquals(
                found,
                assertThrows(IndexDamaged.class, () -> IndexSegment.open(directory, "index-0"))
                        .getMessage());
    }
}
