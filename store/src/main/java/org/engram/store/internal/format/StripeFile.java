package org.engram.store.internal.format;

import java.util.Optional;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/** One part of all neurons: the file and where in it a neuron's stripe stands. */
public record StripeFile(Part part, StoreFile file, StripeLayout layout) {

    /** Opens the file of a part for reading at positions; an error if it is not there. */
    public static StripeFile open(StoreDirectory directory, Header header, Part part) {
        StoreFile file = directory.open(part.fileName, false, header.remedy(part));
        return new StripeFile(part, file, part.stripes(header.geometry(), 1));
    }

    /** How many bytes the file holds behind the stripes of the first neurons; below 0 if some of these are missing. */
    public long surplus(int neurons) {
        return file.length() - layout.offsetInFile(neurons);
    }

    /** Makes sure that the file holds the stripes of the first neurons. A number below 0 means none. */
    public void requireHolds(int neurons, Header header) {
        requireHolds(neurons, file.length(), header);
    }

    /** The same of the file that has the name now, which must be this file. */
    public void requireHoldsInPlace(int neurons, Header header) {
        requireHolds(neurons, file.lengthInPlace(), header);
    }

    private void requireHolds(int neurons, long found, Header header) {
        long expected = layout.offsetInFile(Math.max(0, neurons));
        if (found < expected) {
            throw new EngramException.Corrupt(Diagnosis.of("stripe file is cut")
                    .in(file.path())
                    .expected("at least %s bytes for %s neurons".formatted(expected, neurons), found)
                    .remedy(header.remedy(part)));
        }
    }

    /**
     * A buffer for the stripe of a neuron: the one that is there, or a new one if that is too short. A header may claim
     * any size, so a buffer is made only if the file has a stripe to put into it.
     */
    public byte[] room(int neuron, byte[] before) {
        boolean suffices = before.length >= layout.stripeBytes() || surplus(neuron) < layout.stripeBytes();
        return suffices ? before : new byte[Math.toIntExact(layout.stripeBytes())];
    }

    /**
     * What is wrong with a neuron's stripe, without a remedy; empty when the checksum in its record matches. It is read into
     * the buffer that {@link #room} gave, since a mapped file may be cut meanwhile.
     */
    public Optional<Diagnosis> mismatch(JournalEntry.Memorized memorized, byte[] buffer) {
        int neuron = memorized.neuron();
        long offset = layout.offsetInFile(neuron);
        int length = Math.toIntExact(layout.stripeBytes());
        int read = buffer.length < length
                ? Math.clamp(surplus(neuron), 0, length - 1)
                : file.read(offset, buffer, 0, length);
        Diagnosis damaged = Diagnosis.of("stripe is damaged").in(file.path(), offset);
        if (read < length) {
            return Optional.of(damaged.expected("the %s bytes of neuron %s".formatted(length, neuron), read));
        }
        int expected = memorized.checksum(part);
        int found = Checksum.of(buffer, length);
        return found == expected
                ? Optional.empty()
                : Optional.of(damaged.expected(
                        "CRC32C %08x for neuron %s".formatted(expected, neuron), "%08x".formatted(found)));
    }
}
