package org.engram.cluster;

import java.util.concurrent.TimeUnit;

/**
 * Makes the owners of each segment equal, in a thread of its own. A change that nobody acknowledged may be on one copy
 * alone, when members died, joined or lost each other in the middle of it. So this member compares what it has with the
 * other owners whenever a table of owners has settled. Safe for any number of threads.
 */
final class Repairing implements AutoCloseable {

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int NONE = -1;

    private final Member member;
    /** The table under which the owners were compared last. */
    private volatile int compared = NONE;

    private final Repeating repeating = new Repeating("engram-repair", this::repair);

    Repairing(Member member) {
        this.member = member;
    }

    void begin() {
        repeating.begin();
    }

    /** Whether the other owners have all that this member has. */
    boolean isDone() {
        return compared == table();
    }

    /** Compares once. A table that comes meanwhile is compared later. */
    void compare(long deadline) {
        Reconciling all = new Reconciling(member, deadline);
        all.awaitTable();
        int table = table();
        all.run();
        compared = table;
    }

    private int table() {
        return member.topology().getTopologyId();
    }

    private void repair() {
        if (member.isSettled() && !isDone()) {
            compare(System.nanoTime() + LIMIT_NS);
        }
    }

    @Override
    public void close() {
        repeating.close();
    }
}
