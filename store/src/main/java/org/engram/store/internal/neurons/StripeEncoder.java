package org.engram.store.internal.neurons;

import java.lang.foreign.MemorySegment;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Layout;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.Checksum;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.PixelBits;
import org.engram.store.internal.format.StripeFile;

/**
 * Makes of a picture what its neuron has in the files of a store: its bytes in each, their checksums, its gain. Not
 * safe for threads.
 */
final class StripeEncoder {

    private final StoreFiles files;
    private final Header header;
    private final Learner learner;
    /** One stripe of every part, as bytes; that of v is not used where it equals w. */
    private final PartBytes bytes = new PartBytes();

    private JournalEntry.Checksums checksums = JournalEntry.Checksums.NONE;
    /** The bits of a neuron whose weights are not two-valued. */
    private final PixelBits none;

    StripeEncoder(StoreFiles files) {
        this.files = files;
        this.header = files.header();
        this.learner = new Learner(header.rule(), header.geometry());
        this.none = PixelBits.ofRows(BitLayout.of(header.geometry()), new long[0]);
    }

    void requireStorable(Picture shown) {
        KnownPixels.requireFit(shown, header, files.directory().path());
        if (header.layout() == Layout.PACKED && shown instanceof Picture.RealValued(float[] values)) {
            throw new EngramException.InvalidPattern(Diagnosis.of("pattern does not fit a PACKED store")
                    .in(files.directory().path())
                    .expected("black and white patterns only", whereGrey(values))
                    .remedy("make it black and white, or store it with another layout"));
        }
    }

    private String whereGrey(float[] values) {
        int pixel = 0;
        while (values[pixel] == 0 || values[pixel] == 1) {
            pixel++;
        }
        int width = header.geometry().width();
        return "%s at pixel (%s, %s)".formatted(values[pixel], pixel % width, pixel / width);
    }

    /** Learns a picture, and encodes what it becomes. An error if the rule does not settle on it. */
    void learn(Picture shown) {
        // A header may claim any size, and not every opening learns.
        for (StripeFile file : files.stripes()) {
            bytes.makeRoom(file.part(), file.layout().stripeBytes());
        }
        learn(shown, bytes, 0, false);
    }

    /** The same, into arrays that hold the stripes of several neurons, at a place among these. */
    void learn(Picture shown, PartBytes into, int place) {
        learn(shown, into, place, true);
    }

    private void learn(Picture shown, PartBytes into, int place, boolean copyW) {
        requireStorable(shown);
        learner.learn(shown);
        for (StripeFile file : files.stripes()) {
            int length = Math.toIntExact(file.layout().stripeBytes());
            if (!isLikeW(file.part())) {
                encode(file.part(), into.of(file.part()), place * length, length);
                continue;
            }
            checksums = checksums.with(Part.V, checksums.w());
            if (copyW) {
                System.arraycopy(into.of(Part.W), place * length, into.of(Part.V), place * length, length);
            }
        }
    }

    private void encode(Part part, byte[] stripes, int at, int length) {
        MemorySegment stripe = MemorySegment.ofArray(stripes).asSlice(at, length);
        switch (part) {
            case W -> LittleEndian.encode(learner.w(), stripe);
            case V -> LittleEndian.encode(learner.v(), stripe);
            case SKETCH -> pixelBits().writeSketch(stripe);
            case PLANES -> pixelBits().writePlanes(stripe);
            case KNOWN -> KnownPixels.of(learner.picture(), header).write(stripe);
        }
        checksums = checksums.with(part, Checksum.of(stripes, at, length));
    }

    private PixelBits pixelBits() {
        return learner.picture() instanceof Picture.TwoValued two ? two.white() : none;
    }

    private boolean isLikeW(Part part) {
        return part == Part.V && learner.isVLikeW();
    }

    /** The bytes of what was learned last in the file of a part; overwritten by the next. */
    byte[] stripe(Part part) {
        return bytes.of(isLikeW(part) ? Part.W : part);
    }

    /** The record of what was learned last. */
    JournalEntry.Memorized entry(long offset, long sequence, long timeMs, int neuron, int retires, byte[] key) {
        return new JournalEntry.Memorized(
                offset,
                sequence,
                timeMs,
                neuron,
                retires,
                learner.picture().isTwoValued(),
                learner.gain(),
                checksums,
                key);
    }
}
