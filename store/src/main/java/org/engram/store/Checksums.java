package org.engram.store;

import java.util.zip.CRC32C;

/** Checks stripes against the checksums in the journal, from copies on the heap: a mapped file may be cut meanwhile. */
final class Checksums {

    private final StoreFile w;
    private final StoreFile v;
    private final StripeLayout layout;
    private final byte[] stripe;

    Checksums(StoreFile w, StoreFile v, StripeLayout layout) {
        this.w = w;
        this.v = v;
        this.layout = layout;
        this.stripe = new byte[Math.toIntExact(layout.stripeBytes())];
    }

    static int of(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Says which stripe of a memorized neuron does not match its record, and how; "" when both match. */
    String mismatch(JournalEntry memorized) {
        String inW = mismatch(w, memorized.neuron(), memorized.wCrc());
        return inW.isEmpty() ? mismatch(v, memorized.neuron(), memorized.vCrc()) : inW;
    }

    private String mismatch(StoreFile file, int neuron, int expected) {
        long offset = layout.offsetInFile(neuron);
        int read = file.read(offset, stripe, 0, stripe.length);
        if (read < stripe.length) {
            return "%s: offset %d: expected the %d bytes of neuron %d, found %d"
                    .formatted(file.path(), offset, stripe.length, neuron, read);
        }
        int found = of(stripe);
        return found == expected
                ? ""
                : "%s: offset %d: expected CRC32C %08x for neuron %d, found %08x"
                        .formatted(file.path(), offset, expected, neuron, found);
    }
}
