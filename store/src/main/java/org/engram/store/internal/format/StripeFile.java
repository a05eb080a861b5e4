package org.engram.store.internal.format;

import java.util.List;
import org.engram.store.EngramException;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/** One part of all neurons: the file and where in it a neuron's stripe stands. */
public record StripeFile(Part part, StoreFile file, StripeLayout layout) {

    /**
     * Opens the file of a part for reading at positions.
     *
     * @throws EngramException.Corrupt if it is not there
     */
    public static StripeFile open(StoreDirectory directory, Header header, Part part) {
        StoreFile file = directory.open(part.fileName, false, header.remedy(part));
        return new StripeFile(part, file, part.stripes(header.geometry(), 1));
    }

    /** How many bytes the file holds behind the stripes of the first neurons; below 0 if some of these are missing. */
    public long surplus(int neurons) {
        return file.length() - layout.offsetInFile(neurons);
    }

    /** The length of the longest stripe of all parts, in bytes. */
    public static long longest(List<StripeFile> files) {
        return files.stream().mapToLong(file -> file.layout.stripeBytes()).max().orElse(0);
    }

    /** What a neuron takes in all files, in bytes. */
    public static long bytesPerNeuron(List<StripeFile> files) {
        return files.stream().mapToLong(file -> file.layout.stripeBytes()).sum();
    }

    /**
     * Compares a neuron's stripe with the checksum in its record, from a copy on the heap: a mapped file may be cut
     * meanwhile.
     *
     * @param buffer to read into, at least as long as a stripe
     * @return file, offset, expected and found; "" when it matches
     */
    public String mismatch(JournalEntry.Memorized memorized, byte[] buffer) {
        String shortage = shortage(memorized.neuron(), buffer);
        int expected = memorized.checksum(part);
        int found = Checksum.of(buffer, Math.toIntExact(layout.stripeBytes()));
        return !shortage.isEmpty() || found == expected
                ? shortage
                : "%s: offset %d: expected CRC32C %08x for neuron %d, found %08x"
                        .formatted(
                                file.path(),
                                layout.offsetInFile(memorized.neuron()),
                                expected,
                                memorized.neuron(),
                                found);
    }

    /** Reads a neuron's stripe, whatever it holds; as {@link #mismatch}, and "" when it is there. */
    public String shortage(int neuron, byte[] buffer) {
        long offset = layout.offsetInFile(neuron);
        int length = Math.toIntExact(layout.stripeBytes());
        int read = file.read(offset, buffer, 0, length);
        return read == length
                ? ""
                : "%s: offset %d: expected the %d bytes of neuron %d, found %d"
                        .formatted(file.path(), offset, length, neuron, read);
    }
}
