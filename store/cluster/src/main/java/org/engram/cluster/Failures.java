package org.engram.cluster;

import org.engram.store.Diagnosis;

/** Turns what the engine says when it cannot start into words that tell what to do. */
final class Failures {

    private Failures() {}

    static ClusterException ofStart(RuntimeException why, ClusterOptions options) {
        return new ClusterException(
                Diagnosis.of("member cannot listen")
                        .expected("two free ports at " + options.address(), root(why))
                        .remedy("choose a port that is free, as %s and %s must be"
                                .formatted(options.port(), options.port() + ClusterOptions.WATCH_OFFSET)),
                why);
    }

    static ClusterException ofJoin(RuntimeException why, ClusterOptions options) {
        return new ClusterException(
                Diagnosis.of("member could not join")
                        .found("%s: %s".formatted(options.name(), root(why)))
                        .remedy(
                                "start it again; if a file cannot be read, put it right, or start all members with restore"),
                why);
    }

    private static String root(Throwable why) {
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
