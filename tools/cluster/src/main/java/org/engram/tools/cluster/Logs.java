package org.engram.tools.cluster;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Silences the libraries of a cluster: their logs would stand between the lines of the command, which tells itself what
 * matters.
 */
final class Logs {

    /** A field keeps the loggers: without a reference to it, one could be collected and forget its level. */
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("org.infinispan"),
            Logger.getLogger("org.jgroups"),
            Logger.getLogger("org.engram.cluster"),
            Logger.getLogger("io.netty"));

    private Logs() {}

    static void silence() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }
}
