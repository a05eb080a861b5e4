package org.engram.store.internal.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Numbers as bytes, the lowest first. */
class LittleEndianTest {

    @Test
    void floatsBecomeBytesAndBytesFloats() {
        byte[] bytes = new byte[12];
        LittleEndian.encode(new float[] {1, -2.5f}, bytes);
        assertEquals("0000803f" + "000020c0" + "00000000", HexFormat.of().formatHex(bytes));
        float[] floats = new float[2];
        LittleEndian.decode(bytes, floats);
        assertArrayEquals(new float[] {1, -2.5f}, floats);
        assertEquals(-2.5f, LittleEndian.floatAt(bytes, 1));
        assertEquals(0f, LittleEndian.floatAt(bytes, 2));
        assertEquals(0xE3069283, Checksum.of("123456789".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(0xC1D04330, Checksum.of(new byte[] {'a', 'b'}, 1));
    }
}
