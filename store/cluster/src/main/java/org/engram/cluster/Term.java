package org.engram.cluster;

/**
 * The time of a cluster, as a number that only grows: how often it was started from a table, then which table of owners it has.
 * Who is the first owner of a key changes with the table alone, and a first owner has all that was acknowledged before its
 * table. So what it makes of that takes the place of all that was tried before, whether its first owner has died with it or not.
 */
final class Term {

    /** So many bits count the changes of one key in one term. */
    private static final int COUNT = 23;

    private static final int TOPOLOGY = 24;

    private Term() {}

    /** The lowest generation that is made in this term. Where a part runs over, later ones are still higher. */
    static long of(long life, int topology) {
        return ((life << TOPOLOGY) + Math.max(0, topology)) << COUNT;
    }
}
