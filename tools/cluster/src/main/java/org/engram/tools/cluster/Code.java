package org.engram.tools.cluster;

/** Exit codes that only a cluster has. */
final class Code {

    /** The cluster runs, and something is wrong or not finished. */
    static final int DEGRADED = 7;

    static final String CANNOT_REACH_HELP = "2:no cluster runs there, or it does not let this process in";

    private Code() {}
}
