package org.engram.store;

import java.time.Instant;

/**
 * The process that has a store open for writing, as it has described itself. That there is one is asked of the lock; who it
 * is, only of what the lock file says. Its pid counts on its own host, or in its own container.
 *
 * @param pid its number, -1 if the lock file does not tell
 * @param host the name of its host or container; empty if the lock file does not tell
 * @param started when the process started; the epoch if the lock file does not tell
 */
public record Writer(long pid, String host, Instant started) {

    /** {@return for people, as in {@code process 8337 on db1, started 2026-11-29T01:02:03Z}} */
    @Override
    public String toString() {
        return pid < 0 ? "another process" : "process %d on %s, started %s".formatted(pid, host, started);
    }
}
