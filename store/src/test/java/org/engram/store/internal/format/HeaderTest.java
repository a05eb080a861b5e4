package org.engram.store.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.engram.store.Criteria;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.junit.jupiter.api.Test;

/** The bytes of a header of every length and with every wrong value. */
class HeaderTest {

    private static final Path PATH = Path.of("store", "header");
    private static final Header HEADER = new Header(
            Layout.TIED,
            new Geometry(5, 7),
            new LearningRule(0.5f, 0.25f, 2, 3),
            new Criteria(0.1f, 0.2f, 0.3f, 0.4f),
            true,
            new UUID(1, 2),
            Instant.ofEpochMilli(12_345));

    /** The header with an int in place of another, its checksum put right, and a byte more. */
    private static byte[] with(int at, int value) {
        byte[] bytes = Arrays.copyOf(HEADER.encode(), Header.LENGTH + 1);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at, value);
        buffer.putInt(124, Checksum.of(bytes, 124));
        return bytes;
    }

    private static void assertRefused(Class<? extends EngramException> type, String message, byte[] bytes, int length) {
        assertEquals(
                message,
                assertThrows(type, () -> Header.decode(PATH, bytes, length)).getMessage());
    }

    private static void assertDamaged(int offset, String expected, String found, byte[] bytes, int length) {
        assertRefused(
                EngramException.Corrupt.class,
                "header is damaged: %s: offset %d: expected %s, found %s; restore the header from a copy of this store, or run engram salvage"
                        .formatted(PATH, offset, expected, found),
                bytes,
                length);
    }

    @Test
    void aHeaderIsReadBackAsItWasWritten() {
        byte[] bytes = with(8, Header.VERSION);
        assertEquals(HEADER, Header.decode(PATH, bytes, Header.LENGTH));
        for (Layout layout : Layout.values()) {
            Header other = new Header(
                    layout, HEADER.geometry(), HEADER.rule(), HEADER.criteria(), HEADER.uuid(), HEADER.createdAt());
            assertEquals(other, Header.decode(PATH, Arrays.copyOf(other.encode(), 129), 128));
        }
    }

    @Test
    void aHeaderThatEndsEarlyIsToldByWhatItHas() {
        byte[] bytes = with(8, Header.VERSION);
        String none =
                "not a store: %s: offset 0: expected magic 89 45 4e 47 52 41 4d 1a, found %s; name the directory of a store";
        assertRefused(EngramException.NotAStore.class, none.formatted(PATH, "nothing"), bytes, 0);
        assertRefused(EngramException.NotAStore.class, none.formatted(PATH, "89 45 4e 47 52 41 4d"), bytes, 7);
        for (int length : new int[] {8, 11, 12, 127}) {
            assertDamaged(0, "128 bytes", String.valueOf(length), bytes, length);
        }
        assertDamaged(0, "128 bytes", "more", bytes, 129);
    }

    @Test
    void aNewerVersionIsOneThatIsWholeOrOfAnotherLength() {
        byte[] newer = with(8, 2);
        String message = "store has a newer format: %s: offset 8: expected 1, found %s; open it with a newer Engram";
        for (int length : new int[] {12, 127, 128, 129}) {
            assertRefused(EngramException.NewerFormat.class, message.formatted(PATH, 2), newer, length);
        }
        assertDamaged(0, "128 bytes", "11", newer, 11);
        assertRefused(EngramException.NewerFormat.class, message.formatted(PATH, "4294967295"), with(8, -1), 128);
        byte[] flipped = with(8, 1);
        flipped[8] = 3;
        String found = "%08x"
                .formatted(
                        ByteBuffer.wrap(flipped).order(ByteOrder.LITTLE_ENDIAN).getInt(124));
        assertDamaged(124, "CRC32C %08x".formatted(Checksum.of(flipped, 124)), found, flipped, 128);
        assertDamaged(8, "1", "0", with(8, 0), 128);
    }

    @Test
    void everyValueIsCheckedAlsoUnderAChecksumThatMatches() {
        assertDamaged(12, "128", "127", with(12, 127), 128);
        assertDamaged(16, "a geometry of 1 x 1 to 4096 x 4096", "0 x 7", with(16, 0), 128);
        assertDamaged(16, "a geometry of 1 x 1 to 4096 x 4096", "5 x 4097", with(20, 4097), 128);
        assertDamaged(24, "layout 0, 1 or 2", "3", with(24, 3), 128);
        assertDamaged(24, "layout 0, 1 or 2", "-1", with(24, -1), 128);
        assertDamaged(44, "0", "1", with(44, 1), 128);
        assertDamaged(72, "criteria from 0 to 1", "NaN, 0.2, 0.3, 0.4", with(72, 0x7FC00000), 128);
        assertDamaged(88, "0 or 1", "2", with(88, 2), 128);
        assertDamaged(88, "0 or 1", "-1", with(88, -1), 128);
        for (int at = 92; at < 124; at += 4) {
            assertDamaged(at, "0", "7", with(at, 7), 128);
        }
        assertDamaged(
                28,
                "1 to 10000 steps, epsW, epsV and theta above 0, and epsW below 2 where there are more steps than one",
                "0, 0.5, 0.25, 2.0",
                with(28, 0),
                128);
        Header without = Header.decode(PATH, with(88, 0), 128);
        assertEquals(List.of(Part.W, Part.SKETCH, Part.PLANES), without.parts());
        assertEquals(192 + 64, without.bytesPerNeuron());
        assertEquals(List.of(Part.W, Part.SKETCH, Part.PLANES, Part.KNOWN), HEADER.parts());
        assertEquals(192 + 64 + 64, HEADER.bytesPerNeuron());
    }

    @Test
    void aStoreMadeOfItsNeuronsKeepsAllButItsIdentity() {
        Instant before = Instant.now();
        Header renewed = HEADER.renewed(Layout.PACKED, Criteria.DEFAULT);
        assertEquals(
                new Header(
                        Layout.PACKED,
                        HEADER.geometry(),
                        HEADER.rule(),
                        Criteria.DEFAULT,
                        true,
                        renewed.uuid(),
                        renewed.createdAt()),
                renewed);
        assertNotEquals(HEADER.uuid(), renewed.uuid());
        assertTrue(!renewed.createdAt().isBefore(before));
    }

    @Test
    void bitsAreDerivedAnewWhereThereAreFloats() {
        String restore = "restore it from a copy, or run engram salvage";
        Header packed = HEADER.renewed(Layout.PACKED, Criteria.DEFAULT);
        for (Part part : Part.values()) {
            assertEquals(restore, packed.remedy(part));
            boolean bits = part == Part.SKETCH || part == Part.PLANES;
            assertEquals(bits ? "engram rebuild derives it anew" : restore, HEADER.remedy(part));
        }
    }
}
