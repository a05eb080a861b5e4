package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.List;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns from and to packed bits: row by row, the lowest bit first. */
class PatternBitsTest {

    @Test
    void bitsStandRowByRowTheLowestFirst() {
        Geometry geometry = new Geometry(40, 2);
        Pattern pattern = Pattern.ofBits(geometry, 1L << 41 | 1, 1L << 15);
        assertEquals(1, pattern.value(0, 0));
        assertEquals(1, pattern.value(1, 1));
        assertEquals(1, pattern.value(39, 1));
        assertEquals(BitSet.valueOf(new long[] {1L << 41 | 1, 1L << 15}), pattern.toBitSet());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(12);
            bytes.set(ValueLayout.JAVA_BYTE, 11, (byte) 7);
            pattern.toBits(bytes);
            assertArrayEquals(
                    new byte[] {1, 0, 0, 0, 0, 2, 0, 0, 0, (byte) 0x80, 0, 7}, bytes.toArray(ValueLayout.JAVA_BYTE));
            assertEquals(pattern, Pattern.ofBits(geometry, bytes.asSlice(0, 10)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "64, 1", "63, 1", "65, 1", "8, 8", "20, 20", "116, 116"})
    void everyWayThereAndBackGivesThePatternAgain(int width, int height) {
        Geometry geometry = new Geometry(width, height);
        for (Pattern pattern : new Pattern[] {Patterns.random(geometry, 5), Patterns.all(geometry, 0)}) {
            assertEquals(pattern, Pattern.ofBits(geometry, pattern.toBits()));
            assertEquals(Math.ceilDiv(geometry.pixels(), 64), pattern.toBits().length);
            assertEquals(pattern, Pattern.twoValued(geometry, pattern.toBitSet()));
            MemorySegment bytes = MemorySegment.ofArray(new byte[Math.ceilDiv(geometry.pixels(), 8)]);
            pattern.toBits(bytes);
            assertEquals(pattern, Pattern.ofBits(geometry, bytes));
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Geometry geometry = new Geometry(3, 3);
        assertEquals(
                "pattern has a white pixel outside the picture: expected pixels 0 to 8, found 9",
                assertThrows(EngramException.InvalidPattern.class, () -> Pattern.ofBits(geometry, 1 << 9))
                        .getMessage());
        Pattern grey = Pattern.of(new Geometry(1, 1), 0.5f);
        assertEquals(
                "pattern has no bits: expected a black and white pattern, found real-valued pattern, 1 x 1; take its values",
                assertThrows(EngramException.InvalidPattern.class, grey::toBits).getMessage());
        byte[] tooFew = {9};
        assertThrows(
                IndexOutOfBoundsException.class, () -> Patterns.all(geometry, 1).toBits(MemorySegment.ofArray(tooFew)));
        assertEquals(9, tooFew[0]);
    }

    @Test
    void bitsAreTakenFromASegmentOfAnyKind() {
        Geometry geometry = new Geometry(9, 5);
        Pattern pattern = Patterns.random(geometry, 3);
        for (MemorySegment heap : List.of(
                MemorySegment.ofArray(new long[3]),
                MemorySegment.ofArray(new int[4]),
                MemorySegment.ofArray(new float[2]),
                MemorySegment.ofArray(new byte[6]))) {
            pattern.toBits(heap);
            assertEquals(pattern, Pattern.ofBits(geometry, heap));
            assertEquals(pattern, Pattern.ofBits(geometry, heap.asReadOnly()));
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment large = arena.allocate(20);
            large.set(ValueLayout.JAVA_BYTE, 5, (byte) 0x20);
            assertEquals(
                    "pattern has a white pixel outside the picture: expected pixels 0 to 44, found 45",
                    assertThrows(EngramException.InvalidPattern.class, () -> Pattern.ofBits(geometry, large))
                            .getMessage());
            large.set(ValueLayout.JAVA_BYTE, 19, (byte) 0x41);
            assertEquals(
                    "pattern has a white pixel outside the picture: expected pixels 0 to 44, found 158",
                    assertThrows(EngramException.InvalidPattern.class, () -> Pattern.ofBits(geometry, large))
                            .getMessage());
        }
    }
}
