package org.engram.store.internal.format;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.engram.store.Diagnosis;

/** Compares the stripes of neurons with the checksums in their records. Not safe for threads. */
public final class StripeCheck {

    private final List<StripeFile> stripes;
    private byte[] buffer = {};

    public StripeCheck(List<StripeFile> stripes) {
        this.stripes = stripes;
    }

    /** What is wrong with the first part of a neuron that is not as its record says, without a remedy. */
    public Optional<Diagnosis> mismatch(JournalEntry.Memorized memorized) {
        return mismatches(memorized).findFirst();
    }

    /** The same for all its parts. */
    public Stream<Diagnosis> mismatches(JournalEntry.Memorized memorized) {
        return stripes.stream().flatMap(file -> {
            buffer = file.room(memorized.neuron(), buffer);
            return file.mismatch(memorized, buffer).stream();
        });
    }
}
