package org.engram.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Set;

/** Fails the n-th call of a kind, once or from then on, as a full disk, a broken one, or a process that dies there does. */
final class FailingMedium extends InterceptedMedium {

    static final String FULL = "No space left on device";
    static final String BROKEN = "Input/output error";

    /**
     * What fails.
     *
     * @param calls kinds of calls
     * @param nth which of them, from 1
     * @param forGood whether all after it fail too
     * @param part whether a write that fails leaves a part of its bytes
     * @param reason as the system words it
     */
    record Fault(Set<Call> calls, int nth, boolean forGood, boolean part, String reason) {}

    private Fault fault;
    private int seen;
    private Call failedFirst;

    FailingMedium(Medium under) {
        super(under);
    }

    /** Counts from here on. */
    void arm(Fault next) {
        fault = next;
        seen = 0;
        failedFirst = null;
    }

    void disarm() {
        fault = null;
    }

    /** What failed first since the fault was armed; null when nothing did. */
    Call failedFirst() {
        return failedFirst;
    }

    @Override
    void on(Call call, Path path, Pending pending) throws IOException {
        boolean counts = fault != null && fault.calls.contains(call);
        seen += counts ? 1 : 0;
        if (!counts || (fault.forGood ? seen < fault.nth : seen != fault.nth)) {
            pending.make();
            return;
        }
        failedFirst = failedFirst == null ? call : failedFirst;
        if (fault.part) {
            pending.makePart();
        }
        boolean named = call == Call.CREATE || call == Call.RENAME || call == Call.DELETE;
        throw named ? new FileSystemException(path.toString(), null, fault.reason) : new IOException(fault.reason);
    }
}
