package org.engram.store.internal.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.engram.store.EngramException;
import org.junit.jupiter.api.Test;

/** UTF-8 as the library reads and writes it, against what the JDK says. */
class KeysTest {

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void check(byte... bytes) {
        byte[] framed = new byte[bytes.length + 2];
        Arrays.fill(framed, (byte) 0x80);
        System.arraycopy(bytes, 0, framed, 1, bytes.length);
        assertEquals(isUtf8(bytes), Keys.isUtf8(framed, 1, bytes.length), () -> Arrays.toString(bytes));
        assertEquals(isUtf8(bytes), Keys.isUtf8(bytes, 0, bytes.length), "with nothing behind them");
    }

    @Test
    void shortByteSequencesAreJudgedAsTheDecoderJudgesThem() {
        check();
        for (int pair = 0; pair < 1 << 16; pair++) {
            check((byte) (pair >> 8), (byte) pair);
            check((byte) (0xE0 | (pair >> 12)), (byte) (pair >> 4), (byte) (0xB0 + pair % 16));
        }
        byte[] edges = {
            0, 0x7F, (byte) 0x80, (byte) 0x8F, (byte) 0x90, (byte) 0x9F, (byte) 0xA0, (byte) 0xBF, (byte) 0xC0
        };
        for (int lead = 0x80; lead < 0x100; lead++) {
            for (byte a : edges) {
                for (byte b : edges) {
                    for (byte c : edges) {
                        check((byte) lead, a, b, c);
                    }
                }
            }
        }
    }

    @Test
    void everyCodePointIsWrittenAsTheEncoderWritesIt() {
        byte[] into = new byte[8];
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String key = Character.toString(point) + "z";
            boolean lone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            int length = Keys.encode(key, into);
            assertEquals(lone ? -1 : key.getBytes(StandardCharsets.UTF_8).length, length);
            if (!lone) {
                assertArrayEquals(key.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(into, length));
            }
        }
    }

    @Test
    void textOfAnyUnitsIsWrittenAsTheEncoderWritesItOrNotAtAll() {
        Random random = new Random(1);
        byte[] into = new byte[12];
        for (int i = 0; i < 100_000; i++) {
            char[] units = new char[random.nextInt(8)];
            for (int j = 0; j < units.length; j++) {
                units[j] = (char) (random.nextBoolean() ? random.nextInt(0x900) : 0xD700 + random.nextInt(0xA00));
            }
            int expected;
            try {
                expected = StandardCharsets.UTF_8
                        .newEncoder()
                        .encode(CharBuffer.wrap(units))
                        .remaining();
            } catch (CharacterCodingException e) {
                expected = -1;
            }
            assertEquals(expected > into.length ? -1 : expected, Keys.encode(new String(units), into));
        }
    }

    private static String refusal(String key) {
        return assertThrows(EngramException.InvalidKey.class, () -> Keys.requireValid(key))
                .getMessage();
    }

    @Test
    void aKeyHasOneByteToFourThousandNinetySix() {
        Keys.requireValid("k");
        Keys.requireValid("k".repeat(4096));
        Keys.requireValid("\u00e9".repeat(2048));
        assertEquals("key is empty: expected 1 to 4096 bytes of UTF-8, found 0; choose another", refusal(""));
        assertEquals(
                "key is too long: expected 1 to 4096 bytes of UTF-8, found 4097; choose another",
                refusal("k".repeat(4097)));
        assertEquals(
                "key is malformed: expected Unicode text, found a lone surrogate among its 3 characters; mend the text",
                refusal("k\uD800k"));
    }

    @Test
    void aKeyIsQuotedOnOneLineAndCutAtSixtyCharacters() {
        assertEquals("\"k\"", Keys.quoted("k"));
        assertEquals("\"a?b?c\"", Keys.quoted("a\nb\u007fc"));
        String face = Character.toString(0x1F600);
        assertEquals('"' + face.repeat(60) + '"', Keys.quoted(face.repeat(60)));
        assertEquals('"' + face.repeat(60) + "...\"", Keys.quoted(face.repeat(61)));
    }

    @Test
    void aKeyFitsIntoAnArrayOfItsLength() {
        for (String key : new String[] {"abc", "a\u00e9", "\u30ae", Character.toString(0x1F600)}) {
            byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
            byte[] into = new byte[utf8.length];
            assertEquals(utf8.length, Keys.encode(key, into));
            assertArrayEquals(utf8, into);
            assertEquals(-1, Keys.encode(key, new byte[utf8.length - 1]));
        }
        assertEquals(0, Keys.encode("", new byte[0]));
    }
}
