package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.engram.tools.console.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers byte by byte, as numpy.lib.format describes them. */
class NpyHeaderTest {

    private static final String BOOLS = "{'descr': '|b1', 'fortran_order': False, 'shape': (3, 116, 116), }";

    @Test
    void aHeaderIsWrittenAsNumpyDoes() {
        // 10 bytes before the literal and 118 of it make 128, a multiple of 64
        byte[] expected = file(1, new byte[] {118, 0}, BOOLS + " ".repeat(51) + "\n");
        assertEquals(128, expected.length);
        assertArrayEquals(expected, new NpyHeader(NpyType.BOOL, List.of(3L, 116L, 116L)).bytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 12, 1_000_000_000, 999_999_999_999L, Long.MAX_VALUE})
    void theElementsBeginAtAMultipleOf64BytesAndTheHeaderReadsBack(long count) throws IOException {
        NpyHeader header = new NpyHeader(NpyType.FLOAT32, List.of(count, 4096L, 4096L));
        byte[] bytes = header.bytes();
        assertEquals(0, bytes.length % 64);
        assertEquals('\n', bytes[bytes.length - 1]);
        assertEquals(bytes.length - 10, (bytes[8] & 0xFF) + (bytes[9] << 8));
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        assertEquals(header, NpyHeader.read("x.npy", in));
        assertEquals(0, in.available());
    }

    @Test
    void allThreeVersionsAreRead() throws IOException {
        NpyHeader expected = new NpyHeader(NpyType.BOOL, List.of(3L, 116L, 116L));
        int length = BOOLS.length();
        assertEquals(expected, read(file(1, new byte[] {(byte) length, 0}, BOOLS)));
        assertEquals(expected, read(file(2, new byte[] {(byte) length, 0, 0, 0}, BOOLS)));
        assertEquals(expected, read(file(3, new byte[] {(byte) length, 0, 0, 0}, BOOLS)));
    }

    @Test
    void orderAndSpacesOfTheLiteralDoNotMatter() throws IOException {
        assertEquals(
                new NpyHeader(NpyType.FLOAT64, List.of(5L)),
                read(literal("  {'shape':(5,),'descr' : '<f8' ,'fortran_order':False}  \n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '>i2', 'fortran_order': True, 'shape': (3L, 116L, 116L), }",
                "{\"descr\": \">i2\", \"fortran_order\": True, \"shape\": (3, 116, 116)}",
                "{u'shape': (3, 116l, 116,), u'fortran_order': True, b'descr': u'>i2'}",
                "  {  'fortran_order' :True,'shape':( 3,116 , 116 ),'descr':'>h',  }   ",
            })
    void whatPython2AndOtherProgramsWroteIsRead(String literal) throws IOException {
        assertEquals(
                new NpyHeader(new NpyType('i', 2, ByteOrder.BIG_ENDIAN), true, List.of(3L, 116L, 116L)),
                read(literal(literal)));
    }

    @ParameterizedTest
    @CsvSource({
        "|b1, b, 1",
        "?, b, 1",
        "bool, b, 1",
        "|i1, i, 1",
        "b, i, 1",
        "|u1, u, 1",
        "<u2, u, 2",
        "H, u, 2",
        "int32, i, 4",
        "<u4, u, 4",
        "<i8, i, 8",
        "uint64, u, 8",
        "<f2, f, 2",
        "float16, f, 2",
        "e, f, 2",
        "=f4, f, 4",
        "f8, f, 8"
    })
    void typesHaveSeveralNames(String descr, char kind, int bytes) {
        assertEquals(new NpyType(kind, bytes, ByteOrder.LITTLE_ENDIAN), NpyType.of(descr));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<c16", "|S3", "<U4", "<M8[ns]", "f1", "b2", "float8", "bool8", "int", "|V2", "<f16"})
    void otherTypesAreNone(String descr) {
        assertNull(NpyType.of(descr));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{'descr': '<f4', 'fortran_order': 1L, 'shape': (3, 4), }"
                        + "; fortran_order: expected True or False, found 1L",
                "{'descr': '|O', 'fortran_order': False, 'shape': (3, 4), }"
                        + "; ~descr: expected bool, int8 to int64, uint8 to uint64 or float16 to float64, found '|O'; convert it with astype~",
                "{'descr': '<c8', 'fortran_order': False, 'shape': (3, 4), }"
                        + "; ~descr: expected bool, int8 to int64, uint8 to uint64 or float16 to float64, found '<c8'; convert it with astype~",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3, 4), }"
                        + "; ~descr: expected bool, int8 to int64, uint8 to uint64 or float16 to float64, found [('a', '<f4')]; convert it with astype~",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3), }"
                        + "; shape: expected whole numbers in parentheses, found (3)",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, , 4), }"
                        + "; shape: expected whole numbers in parentheses, found (3, , 4)",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, -4), }"
                        + "; shape: expected whole numbers in parentheses, found (3, -4)",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, ), }"
                        + "; shape: expected whole numbers in parentheses, found (99999999999999999999, )",
                "{'descr': '<f4', 'shape': (3, 4), }; header: expected an entry fortran_order, found none",
                "{'descr': '<f4', 'descr': '<f4'}"
                        + "; header: expected a literal of descr, fortran_order and shape, found {'descr': '<f4', 'descr': '<f4'}",
                "__import__('os')"
                        + "; header: expected a literal of descr, fortran_order and shape, found __import__('os')",
                "{; header: expected a literal of descr, fortran_order and shape, found {",
            })
    void whatCannotBeTakenIsRefusedInOneLine(String literal, String reason) {
        assertEquals(
                "cannot take the array x.npy: " + reason,
                assertThrows(Failure.class, () -> read(literal(literal))).getMessage());
    }

    @Test
    void anEmptyHeaderIsRefused() {
        assertEquals(
                "cannot take the array x.npy: header: expected a literal of descr, fortran_order and shape, found ",
                assertThrows(Failure.class, () -> read(literal(""))).getMessage());
    }

    @Test
    void versionsAndLengthsAreNotBelieved() {
        assertEquals(
                "cannot take the array x.npy: version: expected 1.0, 2.0 or 3.0, found 4.0",
                assertThrows(Failure.class, () -> read(file(4, new byte[] {1, 0}, " ")))
                        .getMessage());
        assertEquals(
                "cannot take the array x.npy: length of the header: expected at most 65,536 bytes, found 4,294,967,295",
                assertThrows(Failure.class, () -> read(file(2, new byte[] {-1, -1, -1, -1}, BOOLS)))
                        .getMessage());
        assertEquals(
                "array is cut: x.npy: expected a header of 200 bytes, found 66; save it again",
                assertThrows(Failure.class, () -> read(file(1, new byte[] {(byte) 200, 0}, BOOLS)))
                        .getMessage());
        assertEquals(
                "not an array of numpy: x.npy: expected the magic of a .npy file, found other bytes; save it with numpy.save",
                assertThrows(Failure.class, () -> read("NUMPY".getBytes(StandardCharsets.US_ASCII)))
                        .getMessage());
    }

    private static NpyHeader read(byte[] bytes) throws IOException {
        return NpyHeader.read("x.npy", new ByteArrayInputStream(bytes));
    }

    private static byte[] literal(String literal) {
        return file(1, new byte[] {(byte) literal.length(), (byte) (literal.length() >> 8)}, literal);
    }

    private static byte[] file(int version, byte[] length, String literal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        bytes.writeBytes(length);
        bytes.writeBytes(literal.getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }
}
