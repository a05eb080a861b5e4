package org.engram.cluster;

import org.engram.store.Diagnosis;
import org.jspecify.annotations.Nullable;

/** A failure that only a cluster can have. The message is one line: what, where, expected, found, and what to do. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient @Nullable Diagnosis diagnosis;

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
     * @return the diagnosis; the sentence as {@code what} once it was serialised */
    public Diagnosis diagnosis() {
        // An exception that crossed a wire has its sentence alone.
        return diagnosis == null ? Diagnosis.of(String.valueOf(getMessage())) : diagnosis;
    }
}
