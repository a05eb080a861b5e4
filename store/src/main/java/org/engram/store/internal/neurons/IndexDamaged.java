package org.engram.store.internal.neurons;

/** What a segment of the index holds is not what was written, or not what the journal has. */
@SuppressWarnings("serial")
final class IndexDamaged extends RuntimeException {

    IndexDamaged(String found) {
        super(found, null, false, false);
    }
}
