package org.engram.store.internal.format;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/** One part of all neurons: the file and where in it a neuron's stripe stands. */
public record StripeFile(Part part, StoreFile file, StripeLayout layout) {

    private static final int BLOCK_BYTES = 256 << 10;

    /** Opens the files of the given parts; they close with the resources. */
    public static List<StripeFile> open(
            StoreDirectory directory,
            Header header,
            List<Part> parts,
            boolean writable,
            long chunkBytes,
            Resources resources) {
        List<StripeFile> files = new ArrayList<>();
        for (Part part : parts) {
            StoreFile file = directory.open(part.fileName, writable, header.remedy(part));
            files.add(new StripeFile(part, resources.add(file), part.stripes(header.geometry(), chunkBytes)));
        }
        return List.copyOf(files);
    }

    /** Whole stripes, and the beginning of one, that the file holds beyond so many neurons, in bytes; below 0 if it lacks some. */
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
     * Compares bits that were derived for a store of format 1.0, which have one checksum in the header for all of them.
     *
     * @return file, offset, expected and found; "" when they match, or when there are none
     */
    public String derivedMismatch(Header header) {
        int neurons = header.derived().neurons();
        int expected = header.derived().checksum(part);
        int found = part.isBits() && neurons > 0 ? checksumOfFirst(neurons) : expected;
        return found == expected
                ? ""
                : "%s: offset 0: expected CRC32C %08x for neurons 0 to %d, found %08x"
                        .formatted(file.path(), expected, neurons - 1, found);
    }

    /** The checksum of the stripes of the first neurons; of what there is, when the file is shorter. */
    private int checksumOfFirst(int neurons) {
        CRC32C crc = new CRC32C();
        byte[] block = new byte[BLOCK_BYTES];
        long end = Math.min(layout.offsetInFile(neurons), file.length());
        for (long at = 0; at < end; at += block.length) {
            crc.update(block, 0, file.read(at, block, 0, (int) Math.min(block.length, end - at)));
        }
        return (int) crc.getValue();
    }

    /**
     * Compares a neuron's stripe with the checksum in its record, from a copy on the heap: a mapped file may be cut
     * meanwhile.
     *
     * @param buffer to read into, at least as long as a stripe
     * @return file, offset, expected and found; "" when it matches
     */
    public String mismatch(JournalEntry memorized, byte[] buffer) {
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
