package org.engram.store.internal.neurons;

import org.engram.store.Diagnosis;
import org.engram.store.EngramException;

/** What a segment of the index holds is not what was written, or not what the journal has; or it cannot be read. */
@SuppressWarnings("serial")
final class IndexDamaged extends RuntimeException {

    private final transient Diagnosis diagnosis;

    IndexDamaged(String found) {
        super(found, null, false, false);
        this.diagnosis = Diagnosis.of("index is damaged").expected("a segment as it was written", found);
    }

    IndexDamaged(EngramException cause) {
        super(cause.getMessage(), cause, false, false);
        this.diagnosis = cause.diagnosis();
    }

    /** What is wrong, without a remedy. */
    Diagnosis diagnosis() {
        return diagnosis;
    }
}
