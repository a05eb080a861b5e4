package org.engram.store.internal.neurons;

import java.lang.foreign.Arena;
import org.engram.store.internal.medium.StackRoom;

/** Closes the arenas that threads share. */
final class Arenas {

    /** Room for what the JDK calls. With more, a close would end where an opening did not. */
    private static final int FRAMES = 128;

    private Arenas() {}

    /**
     * Closes an arena, or ends in a StackOverflowError before that has begun. Where the stack ends inside, the JDK leaves the
     * arena neither open nor closed, and whoever closes it once more waits for ever.
     *
     * @throws IllegalStateException if something still reads
     */
    static void close(Arena arena) {
        StackRoom.require(FRAMES);
        arena.close();
    }
}
