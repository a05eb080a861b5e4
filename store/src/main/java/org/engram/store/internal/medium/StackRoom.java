package org.engram.store.internal.medium;

/** Asks for stack before a call that must not end in the middle for want of it. */
public final class StackRoom {

    private StackRoom() {}

    /** Runs a task where there is room for so many small frames, or ends in a StackOverflowError before it has begun. */
    public static void with(int frames, Runnable task) {
        if (depth(frames) == frames) {
            task.run();
        }
    }

    private static int depth(int frames) {
        return frames == 0 ? 0 : 1 + depth(frames - 1);
    }
}
