package org.engram.store.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.engram.store.Criteria;
import org.junit.jupiter.api.Test;

/** The header of a segment of the index: its bytes, what it may claim, and where all else stands. */
class IndexHeaderTest {

    private static final UUID STORE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    /** Of 9 records, the last 6 neurons among 10. */
    private static final IndexHeader SOUND = new IndexHeader(
            STORE,
            128,
            128 + 9 * 64,
            2,
            11,
            4,
            10,
            7,
            5,
            0,
            2.5f,
            0x01020304,
            0x05060708,
            new Criteria(0.25f, 0.5f, 0.75f, 1),
            0x1112131415161718L,
            0x2122232425262728L);

    private static String hex(byte[] bytes, int from, int to) {
        return HexFormat.of().formatHex(bytes, from, to);
    }

    @Test
    void everyFieldStandsWhereTheDiagramSaysInLittleEndian() {
        byte[] bytes = SOUND.encode();
        assertEquals(192, bytes.length);
        assertEquals("89454e474944581a" + "01000000" + "c0000000", hex(bytes, 0, 16));
        assertEquals("7766554433221100" + "ffeeddccbbaa9988", hex(bytes, 16, 32));
        assertEquals("8000000000000000" + "c002000000000000", hex(bytes, 32, 48));
        assertEquals("0200000000000000" + "0b00000000000000", hex(bytes, 48, 64));
        assertEquals("04000000" + "0a000000" + "07000000" + "05000000", hex(bytes, 64, 80));
        assertEquals("00000000" + "00002040" + "04030201" + "08070605", hex(bytes, 80, 96));
        assertEquals("0000803e" + "0000003f" + "0000403f" + "0000803f", hex(bytes, 96, 112));
        assertEquals("1817161514131211" + "2827262524232221", hex(bytes, 112, 128));
        assertEquals("00".repeat(60), hex(bytes, 128, 188));
        assertEquals(
                Checksum.of(bytes, 188),
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(188));
        assertEquals(Optional.of(SOUND), IndexHeader.decode(bytes));
    }

    @Test
    void aHeaderWithOneOtherBitIsNone() {
        byte[] bytes = SOUND.encode();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(Optional.empty(), IndexHeader.decode(bytes), "bit " + bit);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at : new int[] {0, 7, 8, 12}) {
            byte[] forged = bytes.clone();
            forged[at] ^= 2;
            ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putInt(188, Checksum.of(forged, 188));
            assertEquals(Optional.empty(), IndexHeader.decode(forged), "under a checksum that matches, byte " + at);
        }
        assertEquals(Checksum.of(bytes, 188), buffer.getInt(188));
    }

    /** What is read of a header that claims something else, under a checksum that matches. */
    private static Optional<IndexHeader> claiming(BiConsumer<ByteBuffer, Integer> put, int at) {
        byte[] bytes = SOUND.encode();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        put.accept(buffer, at);
        buffer.putInt(188, Checksum.of(bytes, 188));
        return IndexHeader.decode(bytes);
    }

    private static boolean mayBe(int at, int value) {
        return claiming((buffer, place) -> buffer.putInt(place, value), at).isPresent();
    }

    private static boolean mayBe(int at, long value) {
        return claiming((buffer, place) -> buffer.putLong(place, value), at).isPresent();
    }

    private static boolean mayBe(int at, float value) {
        return claiming((buffer, place) -> buffer.putFloat(place, value), at).isPresent();
    }

    @Test
    void aPartOfTheJournalHasRoomForItsRecordsAndTheseForItsNeurons() {
        assertTrue(mayBe(32, 0L));
        assertFalse(mayBe(32, -1L));
        assertTrue(mayBe(32, 128L));
        assertFalse(mayBe(32, 129L), "9 records of 64 bytes in 575 bytes");
        assertFalse(mayBe(40, 128 + 8 * 64L));
        assertFalse(mayBe(48, -1L));
        assertTrue(mayBe(48, 4L), "7 records: 6 neurons and a SYNC");
        assertFalse(mayBe(48, 5L));
        assertFalse(mayBe(48, 11L));
        assertFalse(mayBe(48, 12L));
        assertFalse(mayBe(56, 12L), "10 records");
        assertTrue(mayBe(56, 9L));
        assertFalse(mayBe(56, 8L));
        IndexHeader least = with(128, 128 + 64, 0, 1, 0, 0, 0, 0);
        assertEquals(Optional.of(least), IndexHeader.decode(least.encode()));
        IndexHeader shorter = with(128, 128 + 63, 0, 1, 0, 0, 0, 0);
        assertEquals(Optional.empty(), IndexHeader.decode(shorter.encode()));
        IndexHeader none = with(128, 128 + 64, 1, 1, 0, 0, 0, 0);
        assertEquals(Optional.empty(), IndexHeader.decode(none.encode()));
    }

    private static IndexHeader with(
            long from, long until, long before, long sequence, int first, int neurons, int live, int keys) {
        return new IndexHeader(
                STORE, from, until, before, sequence, first, neurons, live, keys, 0, 1, 0, 0, Criteria.DEFAULT, 0, 0);
    }

    @Test
    void noNumberOfNeuronsIsBelowNoneOrAboveWhatThereAre() {
        assertTrue(mayBe(64, 5));
        assertFalse(mayBe(64, 6), "5 keys for 4 neurons");
        assertTrue(mayBe(64, 2));
        assertFalse(mayBe(64, 1), "9 neurons and a SYNC in 9 records");
        assertFalse(mayBe(64, -1));
        assertTrue(mayBe(68, 9));
        assertFalse(mayBe(68, 3));
        assertTrue(mayBe(72, 0));
        assertFalse(mayBe(72, -1));
        assertTrue(mayBe(72, 10));
        assertFalse(mayBe(72, 11));
        assertTrue(mayBe(76, 0));
        assertFalse(mayBe(76, -1));
        assertTrue(mayBe(76, 6));
        assertFalse(mayBe(76, 7));
        assertTrue(mayBe(80, 0));
        assertFalse(mayBe(80, -1));
        assertTrue(mayBe(80, 6));
        assertFalse(mayBe(80, 7));
        int most = 1 << 29;
        IndexHeader full = with(0, 640, 0, 7, most - 6, most, 0, 0);
        assertEquals(Optional.of(full), IndexHeader.decode(full.encode()));
        IndexHeader fuller = with(0, 640, 0, 7, most - 5, most + 1, 0, 0);
        assertEquals(Optional.empty(), IndexHeader.decode(fuller.encode()));
        IndexHeader below = with(0, 640, 0, 7, -1, 5, 0, 0);
        assertEquals(Optional.empty(), IndexHeader.decode(below.encode()));
    }

    @Test
    void theCommonGainIsAGainOrNoneOrSeveral() {
        assertTrue(mayBe(84, 0f));
        assertTrue(mayBe(84, Float.NaN));
        assertTrue(mayBe(84, Float.MIN_VALUE));
        assertTrue(mayBe(84, Float.MAX_VALUE));
        assertFalse(mayBe(84, -Float.MIN_VALUE));
        assertFalse(mayBe(84, Float.POSITIVE_INFINITY));
        assertFalse(mayBe(84, Float.NEGATIVE_INFINITY));
        assertFalse(mayBe(100, 2f), "criteria out of their range");
    }

    @Test
    void gainsStandInItWhereTheyAreNotAllTheSame() {
        assertFalse(SOUND.hasGains());
        assertTrue(
                claiming((buffer, at) -> buffer.putInt(at, 1), 80).orElseThrow().hasGains());
        assertTrue(claiming((buffer, at) -> buffer.putFloat(at, Float.NaN), 84)
                .orElseThrow()
                .hasGains());
    }

    @Test
    void allElseStandsBehindItInMultiplesOfEightBytes() {
        assertEquals(6, SOUND.size());
        assertEquals(9, SOUND.records());
        assertEquals(192, SOUND.keysAt());
        assertEquals(192 + 5 * 8, SOUND.offsetsAt());
        assertEquals(192 + 5 * 8 + 6 * 8, SOUND.livesAt());
        assertEquals(1, SOUND.liveWords());
        assertEquals(288, SOUND.gainsAt());
        assertEquals(288, SOUND.tableAt());
        assertEquals(1, SOUND.blocks());
        assertEquals(292, SOUND.bytes());
        IndexHeader withGains =
                claiming((buffer, at) -> buffer.putInt(at, 1), 80).orElseThrow();
        assertEquals(288 + 6 * 4, withGains.tableAt());
        assertEquals(316, withGains.bytes());
        IndexHeader odd = withGains(5);
        assertEquals(odd.gainsAt() + 3 * 8, odd.tableAt());
    }

    /** As many neurons, one of them not two-valued. */
    private static IndexHeader withGains(int neurons) {
        return new IndexHeader(STORE, 0, 1 << 20, 0, 1 << 12, 0, neurons, 0, 0, 1, 1, 0, 0, Criteria.DEFAULT, 0, 0);
    }

    @Test
    void aChecksumCoversABlockOrWhatIsLeft() {
        // a word for each neuron, and one for the lives of 64
        assertEquals(1, with(0, 1 << 20, 0, 1 << 12, 0, 504, 0, 0).blocks());
        assertEquals(4096, with(0, 1 << 20, 0, 1 << 12, 0, 504, 0, 0).tableAt() - 192);
        assertEquals(2, with(0, 1 << 20, 0, 1 << 12, 0, 505, 0, 0).blocks());
        assertEquals(
                4096 + 192 + 8 + 2 * 4,
                with(0, 1 << 20, 0, 1 << 12, 0, 505, 0, 0).bytes());
        assertEquals(0, with(0, 64, 0, 1, 0, 0, 0, 0).blocks());
        assertEquals(8, with(0, 1 << 20, 0, 1 << 12, 0, 512, 0, 0).liveWords());
        assertEquals(9, with(0, 1 << 20, 0, 1 << 12, 0, 513, 0, 0).liveWords());
    }

    @Test
    void aKeyIsTheFirstBitsOfAHashAndANeuron() {
        assertEquals(0x7FFF_FFFF_E000_0000L, IndexHeader.leastKey(-1));
        assertEquals(0, IndexHeader.leastKey((1L << 30) - 1));
        assertEquals(1L << 29, IndexHeader.leastKey(1L << 30));
        assertEquals(0x7FFF_FFFF_E000_0005L, IndexHeader.key(-1, 5));
        int last = (1 << 29) - 1;
        assertEquals(Long.MAX_VALUE, IndexHeader.key(-1, last));
        assertEquals(last, IndexHeader.neuronOf(Long.MAX_VALUE));
        assertEquals(5, IndexHeader.neuronOf(IndexHeader.key(0x0123_4567_89AB_CDEFL, 5)));
        assertEquals(
                IndexHeader.leastKey(0x0123_4567_89AB_CDEFL),
                IndexHeader.leastKeyLike(IndexHeader.key(0x0123_4567_89AB_CDEFL, last)));
    }

    @Test
    void theChecksumOfTheTableIsPutInAtTheEnd() {
        byte[] expected = SOUND.encode();
        ByteBuffer buffer = ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(92, 77).putInt(188, Checksum.of(expected, 188));
        assertTrue(Arrays.equals(expected, SOUND.withTable(77).encode()));
    }
}
