package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Keys in pages of 65,536 bytes. */
class KeyListTest {

    private static final int PAGE = 1 << 16;

    private static byte[] utf8(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aKeyThatDoesNotFitIntoAPageBeginsTheNext() {
        assertEquals(0, KeyList.fit(0, 4096));
        assertEquals(PAGE - 4096, KeyList.fit(PAGE - 4096, 4096));
        assertEquals(PAGE, KeyList.fit(PAGE - 4095, 4096));
        assertEquals(PAGE - 1, KeyList.fit(PAGE - 1, 1));
        assertEquals(PAGE, KeyList.fit(PAGE - 1, 2));
        assertEquals(PAGE, KeyList.fit(PAGE, 4096));
        assertEquals(3L * PAGE, KeyList.fit(3L * PAGE - 9, 10));
    }

    @Test
    void keysAreFoundWhereTheyWerePutToTheLastByteOfAPage() {
        KeyList keys = KeyList.EMPTY.withRoom(0, 0).withRoom(0, PAGE);
        assertEquals(PAGE, keys.set(0, utf8("a"), PAGE - 1));
        String longest = "b".repeat(4096);
        assertEquals(PAGE + 4096, keys.set(1, utf8(longest), PAGE));
        assertEquals(PAGE + 4098, keys.set(2, utf8("\u00e9"), PAGE + 4096));
        assertEquals("a", keys.get(0));
        assertEquals(longest, keys.get(1));
        assertEquals("\u00e9", keys.get(2));
    }

    @Test
    void bytesAreAKeyOrItsBeginningAlone() {
        KeyList keys = KeyList.EMPTY.withRoom(0, 0);
        keys.set(0, utf8("red/1"), 0);
        keys.set(1, utf8("blue"), 5);
        assertTrue(keys.is(0, utf8("red/1"), 5));
        assertTrue(keys.is(0, utf8("red/1 and more"), 5));
        assertFalse(keys.is(0, utf8("red/1"), 4));
        assertFalse(keys.is(0, utf8("red/2"), 5));
        assertFalse(keys.is(1, utf8("red/1"), 5));
        assertTrue(keys.startsWith(0, utf8("")));
        assertTrue(keys.startsWith(0, utf8("red/")));
        assertTrue(keys.startsWith(0, utf8("red/1")));
        assertFalse(keys.startsWith(0, utf8("red/1b")));
        assertFalse(keys.startsWith(0, utf8("blue")));
        assertTrue(keys.startsWith(1, utf8("b")));
    }

    @Test
    void roomIsMadeOnlyWhereThereIsNone() {
        KeyList keys = KeyList.EMPTY.withRoom(0, 0);
        assertEquals(64, keys.places().length);
        assertEquals(1, keys.pages().length);
        assertSame(keys, keys.withRoom(63, PAGE - 1));
        KeyList longer = keys.withRoom(64, 0);
        assertEquals(64 + 32 + 64, longer.places().length);
        assertSame(keys.pages(), longer.pages());
        KeyList wider = keys.withRoom(0, PAGE);
        assertSame(keys.places(), wider.places());
        assertEquals(2, wider.pages().length);
        assertSame(keys.pages()[0], wider.pages()[0]);
        KeyList widest = wider.withRoom(0, 2L * PAGE);
        assertEquals(4, widest.pages().length);
        KeyList next = widest.withRoom(0, 3L * PAGE);
        assertNotSame(widest, next);
        assertSame(widest.pages(), next.pages());
        assertEquals(PAGE, next.pages()[3].length);
        assertSame(next, next.withRoom(0, 3L * PAGE));
        assertSame(keys, keys.reserved(64));
        assertEquals(65, keys.reserved(65).places().length);
    }
}
