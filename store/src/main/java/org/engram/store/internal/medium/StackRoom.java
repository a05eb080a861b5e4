package org.engram.store.internal.medium;

/** Asks for stack before a call that must not end in the middle for want of it. */
public final class StackRoom {

    private StackRoom() {}

    /** Ends in a StackOverflowError unless there is room for so many small frames. */
    public static void require(int frames) {
        if (depth(frames) != frames) {
            // So that no compiler leaves out the question.
            throw new AssertionError(frames);
        }
    }

    private static int depth(int frames) {
        return frames == 0 ? 0 : 1 + depth(frames - 1);
    }
}
