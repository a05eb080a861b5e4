package org.engram.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The process that has a store open for writing. The lock tells that there is one. Only the text of the lock file tells
 * who it is, so all of it may be missing. The pid is a number of that host, or of that container.
 *
 * @param pid its number
 * @param host the name of its host or container
 * @param started when the process started, to the second
 */
public record Writer(OptionalLong pid, Optional<String> host, Optional<Instant> started) {

    /** {@return for people, as in {@code process 8337 on db1, started 2026-11-29T01:02:03Z}} */
    @Override
    public String toString() {
        return pid.isEmpty()
                ? "another process"
                : "process " + pid.getAsLong() + host.map(name -> " on " + name).orElse("")
                        + started.map(time -> ", started " + time).orElse("");
    }
}
