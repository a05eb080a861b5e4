package org.engram.store.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.engram.store.Criteria;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.engram.store.fixture.Entries;
import org.junit.jupiter.api.Test;

/** Records as bytes; ForgedJournalTest has what a record must not say. */
class JournalRecordTest {

    private static final Header HEADER = new Header(
            Layout.FULL,
            new Geometry(5, 7),
            LearningRule.PAPER,
            Criteria.DEFAULT,
            new UUID(0x1112131415161718L, 0x2122232425262728L),
            Instant.EPOCH);

    private final byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void aRecordIsItsHeadAndItsKeyFilledUpToEightBytes() {
        int[][] lengths = {{0, 64}, {1, 72}, {8, 72}, {9, 80}, {4095, 4160}, {4096, 4160}};
        for (int[] one : lengths) {
            assertEquals(one[1], JournalRecord.length(one[0]), "a key of " + one[0]);
        }
        assertEquals(4160, JournalRecord.MAX_LENGTH);
        assertEquals(1000 + 72, JournalRecord.end(Entries.at(1000, Entries.memorized(1, 0, -1, "k"))));
        assertEquals(1000 + 80, JournalRecord.end(Entries.at(1000, Entries.forgotten(1, 0, 0, "ninebytes"))));
        assertEquals(1000 + 64, JournalRecord.end(Entries.at(1000, Entries.synced(1, 0))));
        assertEquals(64, JournalRecord.end(Entries.batch(1, 0, 5)));
    }

    @Test
    void aLengthThatNoRecordHasIsNone() {
        int[][] claims = {
            {-8, 0}, {0, 0}, {56, 0}, {64, 64}, {68, 0}, {72, 72}, {4152, 4152}, {4160, 4160}, {4161, 0}, {4168, 0}
        };
        for (int[] one : claims) {
            buffer.putInt(24, one[0]);
            assertEquals(one[1], JournalRecord.claimedLength(buffer, 24), "claims " + one[0]);
        }
    }

    @Test
    void aNeuronsRecordStandsAsTheDiagramSays() {
        Arrays.fill(bytes, (byte) 0x5A);
        JournalEntry.Memorized memorized = new JournalEntry.Memorized(
                0x1000,
                0x0102030405060708L,
                0x1112131415161718L,
                0x21222324,
                0x31323334,
                true,
                2.5f,
                new JournalEntry.Checksums(0x41424344, 0x51525354, 0x61626364, 0x71727374, 0x01010101),
                new byte[] {'k', 'e', 'y'});
        JournalRecord record = new JournalRecord(HEADER);
        assertEquals(72, record.encode(memorized, bytes));
        assertEquals("48000000", hex(0, 4));
        assertEquals("01010300" + "00000000", hex(8, 16));
        assertEquals("0807060504030201" + "24232221" + "34333231", hex(16, 32));
        assertEquals("1817161514131211" + "00002040" + "44434241", hex(32, 48));
        assertEquals("54535251" + "64636261" + "74737271" + "01010101", hex(48, 64));
        assertEquals("6b65790000000000" + "5a5a", hex(64, 74));
        assertEquals(buffer.getInt(4), JournalRecord.checksum(buffer, 0));
        assertFalse(JournalRecord.isSync(buffer, 0));
        assertTrue(record.isCommitted(bytes, 0, 72, 0x1000));
        assertFalse(record.isCommitted(bytes, 0, 72, 0x1008));
        assertFalse(record.isCommitted(bytes, 0, 64, 0x1000));
        assertEquals(64, record.encode(Entries.synced(1, 3), bytes));
        assertTrue(JournalRecord.isSync(buffer, 0));
        assertEquals("ffffffff", hex(28, 32), "retires none");
    }

    private String hex(int from, int to) {
        return HexFormat.of().formatHex(bytes, from, to);
    }

    @Test
    void everyByteOfARecordIsCoveredByItsChecksum() {
        JournalRecord record = new JournalRecord(HEADER);
        int length = record.encode(Entries.memorized(1, 0, -1, "key"), bytes);
        for (int at = 0; at < length; at++) {
            bytes[at] ^= 1;
            assertFalse(record.isCommitted(bytes, 0, length, 0), "byte " + at);
            bytes[at] ^= 1;
        }
        assertTrue(record.isCommitted(bytes, 0, length, 0));
    }

    @Test
    void checksumsThatAreNotGivenAreZero() {
        JournalEntry.Checksums some =
                JournalEntry.Checksums.NONE.with(Part.V, 5).with(Part.KNOWN, 6);
        assertEquals(new JournalEntry.Checksums(0, 5, 0, 0, 6), some);
        JournalEntry.Checksums all = new JournalEntry.Checksums(1, 2, 3, 4, 5);
        JournalEntry.Checksums copied = JournalEntry.Checksums.NONE;
        for (Part part : Part.values()) {
            copied = copied.with(part, all.of(part));
        }
        assertEquals(all, copied);
        assertEquals(3, Entries.memorized(1, 0, -1, "key").keyBytes());
        assertEquals(3, Entries.forgotten(1, 0, 0, "key").keyBytes());
        assertEquals(0, Entries.synced(1, 0).keyBytes());
    }

    private String refused(int length) {
        return assertThrows(JournalRecord.Malformed.class, () -> new JournalRecord(HEADER).decode(bytes, 0, length, 0))
                .getMessage();
    }

    @Test
    void aByteThatARecordHasNoUseForIsZero() {
        requireZero(Entries.forgotten(1, 0, 0, "key"), 9, 10, 12, 16, 40, 64, 67, 72);
        requireZero(Entries.synced(1, 0), 9, 10, 12, 16, 40, 64);
        requireZero(Entries.criteria(1, 0, Criteria.DEFAULT), 9, 10, 12, 16, 40, 44, 60, 64);
        requireZero(Entries.batch(1, 0, 5), 9, 10, 12, 16, 40, 44, 48, 64);
    }

    /** The ranges are pairs of a first byte and the byte after the last. */
    private void requireZero(JournalEntry entry, int... ranges) {
        JournalRecord record = new JournalRecord(HEADER);
        int length = record.encode(entry, bytes);
        for (int range = 0; range < ranges.length; range += 2) {
            for (int at = ranges[range]; at < ranges[range + 1]; at++) {
                assertEquals(0, bytes[at]);
                bytes[at] = 1;
                assertEquals("expected zero in reserved byte %s, found 1".formatted(at), refused(length));
                bytes[at] = 0;
            }
        }
        record.decode(bytes, 0, length, 0);
    }

    @Test
    void aNeuronHasAKeyAndASyncHasNone() {
        new JournalRecord(HEADER).encode(Entries.memorized(1, 0, -1, ""), bytes);
        assertEquals("expected a key, found 0 bytes", refused(64));
        new JournalRecord(HEADER).encode(Entries.forgotten(1, 0, 0, "key"), bytes);
        bytes[8] = 3;
        assertEquals("expected no key for a SYNC, found 3 bytes", refused(72));
    }
}
