package org.engram.tools.console;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GlobTest {

    @Test
    void aStarIsAnyTextAndAQuestionMarkOneCharacter() {
        assertTrue(Glob.of("*").test(""));
        assertTrue(Glob.of("a*c").test("a/\nb.c"));
        assertFalse(Glob.of("a*c").test("a.cd"));
        assertTrue(Glob.of("n?").test("n\uD83D\uDE00"));
        assertFalse(Glob.of("n?").test("n"));
        assertFalse(Glob.of("a.c").test("abc"));
    }

    @Test
    void aBackslashTakesTheMeaning() {
        assertTrue(Glob.of("a\\*\\\\").test("a*\\"));
        assertFalse(Glob.of("a\\*").test("ab"));
        assertTrue(Glob.of("a\\").test("a\\"));
    }
}
