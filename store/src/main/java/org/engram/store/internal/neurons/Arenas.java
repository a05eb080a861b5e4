package org.engram.store.internal.neurons;

import java.lang.foreign.Arena;

/** Closes the arenas that threads share. */
final class Arenas {

    /** So many small frames are room for what the JDK calls to close an arena. */
    private static final int FRAMES = 128;

    private Arenas() {}

    /**
     * Closes an arena, or ends in a StackOverflowError before that has begun. Where the stack ends inside, the JDK leaves the
     * arena neither open nor closed, and whoever closes it once more waits for ever.
     *
     * @throws IllegalStateException if something still reads
     */
    static void close(Arena arena) {
        if (depth(FRAMES) == FRAMES) {
            arena.close();
        }
    }

    private static int depth(int frames) {
        return frames == 0 ? 0 : 1 + depth(frames - 1);
    }
}
