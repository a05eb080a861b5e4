package org.engram.cluster;

/**
 * The time of a cluster, as a number that only grows: how often the cluster was started from a table, then which table
 * of owners it has. The first owner of a key changes only with the table, and it has everything that was acknowledged
 * before its table. So a change that it makes takes the place of all changes that earlier first owners tried, whether
 * these have died or not.
 */
final class Term {

    /** This many bits count the changes of one key in one term. */
    private static final int COUNT = 23;

    private static final int TOPOLOGY = 24;

    private Term() {}

    /**
     * The lowest generation that is made in this term. If a part overflows into the next, later generations are still
     * higher.
     */
    static long of(long life, int topology) {
        return ((life << TOPOLOGY) + Math.max(0, topology)) << COUNT;
    }
}
