package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interrupt ends no operation, and is not lost. */
class UninterruptedTest {

    private int runs;

    @AfterEach
    void clearTheInterrupt() {
        Thread.interrupted();
    }

    /** An operation that interrupts end a number of times; the first of them leaves the thread interrupted. */
    private String endedBy(int interrupts) throws IOException {
        assertFalse(Thread.currentThread().isInterrupted(), "it would be ended at once");
        if (runs++ < interrupts) {
            if (runs == 1) {
                Thread.currentThread().interrupt();
            }
            throw new ClosedByInterruptException();
        }
        return "done";
    }

    @Test
    void whatAnInterruptEndsIsRunAgainAndTheThreadIsInterruptedThen() throws IOException {
        assertEquals("done", Uninterrupted.run(() -> endedBy(2)));
        assertEquals(3, runs);
        assertTrue(Thread.currentThread().isInterrupted());
    }

    @Test
    void aThreadThatNobodyInterruptsIsNot() throws IOException {
        assertEquals("done", Uninterrupted.run(() -> endedBy(0)));
        assertEquals(1, runs);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void anotherFailureIsHandedOnWithTheInterrupt() {
        IOException failure = new IOException("broken");
        IOException thrown = assertThrows(
                IOException.class,
                () -> Uninterrupted.run(() -> {
                    if (endedBy(1).equals("done")) {
                        throw failure;
                    }
                    return this;
                }));
        assertSame(failure, thrown);
        assertTrue(Thread.currentThread().isInterrupted());
    }
}
