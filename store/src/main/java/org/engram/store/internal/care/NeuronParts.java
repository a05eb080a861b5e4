package org.engram.store.internal.care;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.Checksum;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.PixelBits;
import org.engram.store.internal.neurons.KnownPixels;
import org.engram.store.internal.neurons.Learner;

/**
 * The parts of one neuron. A part that is not whole in its file is derived from parts that are. A derived part counts only if
 * the neuron's record proves it: by the part's own checksum, or by that of what it was derived from. Good until its files
 * read the next neuron. Not safe for threads.
 */
final class NeuronParts {

    private final PartFiles files;
    private final JournalEntry.Memorized neuron;
    private final Header header;
    private final BitLayout layout;
    private final float white;
    /** The white pixels of a two-valued neuron, once they were sought. */
    private Optional<PixelBits> pixelBits = Optional.empty();

    private boolean soughtBits;

    private NeuronParts(PartFiles files, JournalEntry.Memorized neuron) {
        this.files = files;
        this.neuron = neuron;
        this.header = files.header();
        this.layout = BitLayout.of(header.geometry());
        this.white = Learner.weightOfWhite(header.rule());
    }

    static NeuronParts read(PartFiles files, JournalEntry.Memorized neuron) {
        files.read(neuron);
        return new NeuronParts(files, neuron);
    }

    /** Reads a neuron that must be whole in all files. Otherwise an error tells what cannot be done, and the remedy. */
    static NeuronParts readWhole(PartFiles files, JournalEntry.Memorized neuron, String what, String remedy) {
        NeuronParts parts = read(files, neuron);
        files.firstFault().ifPresent(fault -> {
            throw new EngramException.Corrupt(fault.what(what).remedy(remedy));
        });
        return parts;
    }

    /** What is wrong with a part as its file has it, without a remedy; empty where its checksum matches. */
    Optional<Diagnosis> fault(Part part) {
        return files.fault(part);
    }

    /** Whether a part's own checksum vouches for what its file has. */
    private boolean isWhole(Part part) {
        return header.parts().contains(part) && fault(part).isEmpty();
    }

    /** The bytes of a part in its file, unchecked. */
    byte[] stored(Part part) {
        return files.stored(part);
    }

    /** Whether a part is whole, or proven; otherwise it is lost. */
    boolean has(Part part) {
        return find(part).isPresent();
    }

    /** A part that is not lost. */
    byte[] get(Part part) {
        return find(part).orElseThrow();
    }

    private Optional<byte[]> find(Part part) {
        return isWhole(part) ? Optional.of(stored(part)) : derive(part).filter(bytes -> isProven(part, bytes));
    }

    private boolean isProven(Part part, byte[] bytes) {
        return !header.parts().contains(part) || Checksum.of(bytes) == neuron.checksum(part);
    }

    /** The bytes of a part, derived from the other parts, which must determine it. */
    byte[] expected(Part part) {
        return derive(part).orElseThrow();
    }

    private Optional<byte[]> derive(Part part) {
        if (part == Part.KNOWN) {
            return known();
        }
        return neuron.twoValued() ? pixelBits().map(bits -> paint(part, bits)) : deriveReal(part);
    }

    /** The known pixels. No other part tells them, except that white pixels are known. Empty when they are lost. */
    private Optional<byte[]> known() {
        if (!header.masks()) {
            return Optional.of(known(KnownPixels.all(header)));
        }
        if (!isWhole(Part.KNOWN)) {
            return Optional.empty();
        }
        PixelBits known = PixelBits.read(layout, MemorySegment.ofArray(stored(Part.KNOWN)), 0);
        return Optional.of(known(pixelBits().map(known::or).orElse(known)));
    }

    private byte[] known(PixelBits known) {
        byte[] bytes = files.derived(Part.KNOWN);
        known.write(MemorySegment.ofArray(bytes));
        return bytes;
    }

    /** The bits of a two-valued neuron determine all its parts. */
    private byte[] paint(Part part, PixelBits bits) {
        byte[] bytes = files.derived(part);
        switch (part) {
            case W -> expand(bits, white, bytes);
            case V -> expand(bits, neuron.gain(), bytes);
            case SKETCH, PLANES ->
                bits.write(
                        MemorySegment.ofArray(files.derived(Part.SKETCH)),
                        MemorySegment.ofArray(files.derived(Part.PLANES)));
            case KNOWN -> throw new AssertionError(part);
        }
        return bytes;
    }

    /** The white pixels of a two-valued neuron; empty when nothing tells them. */
    private Optional<PixelBits> pixelBits() {
        if (!soughtBits) {
            pixelBits = isWhole(Part.W)
                    ? Optional.of(positive(Part.W))
                    : isWhole(Part.V) ? Optional.of(positive(Part.V)) : storedPixelBits();
            soughtBits = true;
        }
        return pixelBits;
    }

    private PixelBits positive(Part part) {
        return PixelBits.of(layout, decode(stored(part)));
    }

    /** The bits of the files. Their own checksums prove them, or else that of the weights w that they stand for. */
    private Optional<PixelBits> storedPixelBits() {
        if (!files.isStored(Part.SKETCH) || !files.isStored(Part.PLANES)) {
            return Optional.empty();
        }
        PixelBits bits = PixelBits.read(
                layout, MemorySegment.ofArray(stored(Part.SKETCH)), 0, MemorySegment.ofArray(stored(Part.PLANES)), 0);
        if (isWhole(Part.SKETCH) && isWhole(Part.PLANES)) {
            return Optional.of(bits);
        }
        byte[] w = files.derived(Part.W);
        expand(bits, white, w);
        return header.parts().contains(Part.W) && isProven(Part.W, w) ? Optional.of(bits) : Optional.empty();
    }

    private void expand(PixelBits bits, float one, byte[] bytes) {
        float[] weights = files.weights();
        Arrays.fill(weights, 0);
        bits.expand(one, weights);
        LittleEndian.encode(weights, bytes);
    }

    /** Derives a part of a pattern that is not two-valued: v and w follow from each other, and no bit is set. */
    private Optional<byte[]> deriveReal(Part part) {
        return switch (part) {
            case W -> deriveW();
            case V -> find(Part.W).map(this::deriveV);
            case SKETCH, PLANES -> {
                byte[] bytes = files.derived(part);
                Arrays.fill(bytes, (byte) 0);
                yield Optional.of(bytes);
            }
            case KNOWN -> throw new AssertionError(part);
        };
    }

    private Optional<byte[]> deriveW() {
        float[] weights;
        if (isWhole(Part.W)) {
            weights = decode(stored(Part.W));
        } else if (!isWhole(Part.V)) {
            return Optional.empty();
        } else {
            weights = decode(stored(Part.V));
            for (int j = 0; j < weights.length; j++) {
                weights[j] /= neuron.gain();
            }
        }
        clearPadding(weights);
        byte[] bytes = files.derived(Part.W);
        LittleEndian.encode(weights, bytes);
        return Optional.of(bytes);
    }

    private byte[] deriveV(byte[] w) {
        float[] weights = decode(w);
        clearPadding(weights);
        float[] v = new float[weights.length];
        Learner.scale(weights, neuron.gain(), v);
        byte[] bytes = files.derived(Part.V);
        LittleEndian.encode(v, bytes);
        return bytes;
    }

    private void clearPadding(float[] weights) {
        Arrays.fill(weights, layout.pixels(), weights.length, 0);
    }

    private float[] decode(byte[] bytes) {
        float[] weights = files.weights();
        LittleEndian.decode(bytes, weights);
        return weights;
    }
}
