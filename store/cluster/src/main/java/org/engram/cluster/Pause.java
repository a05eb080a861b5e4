package org.engram.cluster;

import java.util.concurrent.TimeUnit;

/** Waits between two looks at what others do. */
final class Pause {

    private Pause() {}

    /** Returns after this many milliseconds. An interrupted thread stays interrupted, and fails. */
    static void ms(long wait) {
        try {
            TimeUnit.MILLISECONDS.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ClusterException.interrupted(e);
        }
    }
}
