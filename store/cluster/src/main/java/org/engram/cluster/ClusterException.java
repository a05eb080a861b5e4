package org.engram.cluster;

import org.engram.store.Diagnosis;

/** A failure that only a cluster can have. The message is one line: what, where, expected, found, and what to do. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Diagnosis diagnosis;

    ClusterException(Diagnosis diagnosis) {
        super(diagnosis.toString());
        this.diagnosis = diagnosis;
    }

    ClusterException(Diagnosis diagnosis, Throwable cause) {
        super(diagnosis.toString(), cause);
        this.diagnosis = diagnosis;
    }

    static ClusterException interrupted(InterruptedException cause) {
        return new ClusterException(
                Diagnosis.of("interrupted while waiting for the cluster").remedy("try again"), cause);
    }

    /** What went wrong, as a value.
     * @return the diagnosis */
    public Diagnosis diagnosis() {
        return diagnosis;
    }
}
