package org.engram.store.internal.format;

import java.util.Optional;
import org.engram.store.Diagnosis;
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

    /**
     * What is wrong with a neuron's stripe, without a remedy; empty when the checksum in its record matches. It is read into
     * the buffer, at least as long as a stripe, since a mapped file may be cut meanwhile.
     */
    public Optional<Diagnosis> mismatch(JournalEntry.Memorized memorized, byte[] buffer) {
        int neuron = memorized.neuron();
        long offset = layout.offsetInFile(neuron);
        int length = Math.toIntExact(layout.stripeBytes());
        int read = file.read(offset, buffer, 0, length);
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
