package org.engram.cluster;

import java.util.concurrent.TimeUnit;

/** Waiting between two looks at what others do. */
final class Pause {

    private Pause() {}

    /** Returns after this many milliseconds; a thread that is interrupted stays so, and fails. */
    static void ms(long wait) {
        try {
            TimeUnit.MILLISECONDS.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ClusterException.interrupted(e);
        }
    }
}
