package org.engram.store.internal.medium;

/** Asks for stack before a call of the JDK that must not end in the middle, for want of stack. */
public final class StackRoom {

    /** So many small frames are room for what the JDK, and Chronicle, call to close an arena or to map a range. */
    private static final int FRAMES = 512;

    private StackRoom() {}

    /** Runs a task, or ends in a StackOverflowError before it has begun. */
    public static void with(Runnable task) {
        if (depth(FRAMES) == FRAMES) {
            task.run();
        }
    }

    /** Ends in a StackOverflowError where there is no room. */
    static void require() {
        with(() -> {});
    }

    private static int depth(int frames) {
        return frames == 0 ? 0 : 1 + depth(frames - 1);
    }
}
