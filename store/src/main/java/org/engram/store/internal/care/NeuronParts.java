package org.engram.store.internal.care;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.neurons.KnownPixels;
import org.engram.store.internal.neurons.Learner;

/**
 * Reads the parts of one neuron after the other. A part that is not whole in its file is derived from parts that are. A
 * derived part counts only if the neuron's record proves it: by the part's own checksum, or by that of what it was
 * derived from. Reads at positions. Not safe for threads; arrays belong to one neuron, until the next is read.
 */
final class NeuronParts {

    private static final Optional<Diagnosis> MISSING =
            Optional.of(Diagnosis.of("stripe is damaged").expected("a file", "none"));

    private static final byte[] NO_BYTES = {};

    private final Header header;
    private final BitLayout layout;
    private final float white;
    private final List<StripeFile> files;
    private final Map<Part, byte[]> stored = new EnumMap<>(Part.class);
    private final Map<Part, byte[]> derived = new EnumMap<>(Part.class);
    private final Map<Part, Optional<Diagnosis>> faults = new EnumMap<>(Part.class);
    private float[] weights = {};
    private final boolean worn;
    private JournalEntry.Memorized neuron;
    private PixelBits pixelBits;
    private boolean soughtBits;

    /** Parts without a file count as lost. So do stripes that cannot be read on a worn medium; on another that is an error. */
    NeuronParts(Header header, List<StripeFile> files, boolean worn) {
        this.worn = worn;
        this.header = header;
        this.layout = BitLayout.of(header.geometry());
        this.white = Learner.weightOfWhite(header.rule());
        this.files = files;
    }

    private byte[] derived(Part part) {
        return derived.computeIfAbsent(part, this::array);
    }

    private byte[] array(Part part) {
        return new byte[Math.toIntExact(part.stripeBytes(header.geometry()))];
    }

    void read(JournalEntry.Memorized memorized) {
        neuron = memorized;
        pixelBits = null;
        soughtBits = false;
        for (StripeFile file : files) {
            faults.put(file.part(), fault(file));
        }
    }

    /** Goes on to a neuron that must be whole in all files. Otherwise an error tells what cannot be done, and the remedy. */
    void readWhole(JournalEntry.Memorized memorized, String what, String remedy) {
        read(memorized);
        files.stream().flatMap(file -> fault(file.part()).stream()).findFirst().ifPresent(fault -> {
            throw new EngramException.Corrupt(fault.what(what).remedy(remedy));
        });
    }

    private Optional<Diagnosis> fault(StripeFile file) {
        try {
            byte[] buffer = file.room(neuron.neuron(), stored.getOrDefault(file.part(), NO_BYTES));
            if (buffer.length == file.layout().stripeBytes()) {
                stored.put(file.part(), buffer);
            }
            return file.mismatch(neuron, buffer);
        } catch (EngramException.IoFailure e) {
            if (!worn) {
                throw e;
            }
            return Optional.of(Diagnosis.of("stripe is damaged")
                    .in(file.file().path(), file.layout().offsetInFile(neuron.neuron()))
                    .expected(
                            "the bytes of neuron " + neuron.neuron(),
                            "none (%s)".formatted(e.diagnosis().found())));
        }
    }

    /** What is wrong with a part as its file has it, without a remedy; empty where its checksum matches. */
    Optional<Diagnosis> fault(Part part) {
        return faults.getOrDefault(part, MISSING);
    }

    /** Whether a part's own checksum vouches for what its file has. */
    private boolean isWhole(Part part) {
        return header.parts().contains(part) && fault(part).isEmpty();
    }

    /** The bytes of a part in its file, unchecked; null where no neuron so far had a file that was long enough. */
    byte[] stored(Part part) {
        return stored.get(part);
    }

    /** A part that is whole, or proven; null when it is lost. */
    byte[] get(Part part) {
        if (isWhole(part)) {
            return stored.get(part);
        }
        byte[] bytes = expected(part);
        return bytes != null && isProven(part, bytes) ? bytes : null;
    }

    private boolean isProven(Part part, byte[] bytes) {
        return !header.parts().contains(part) || Checksum.of(bytes) == neuron.checksum(part);
    }

    /** The bytes of a part, derived from the other parts; null when they do not determine it. */
    byte[] expected(Part part) {
        if (part == Part.KNOWN) {
            return known();
        }
        return neuron.twoValued() ? paint(part) : derive(part);
    }

    /** The known pixels. No other part tells them, except that white pixels are known. Null when they are lost. */
    private byte[] known() {
        PixelBits known = KnownPixels.all(header);
        if (header.masks()) {
            if (!isWhole(Part.KNOWN)) {
                return null;
            }
            known = PixelBits.read(layout, MemorySegment.ofArray(stored.get(Part.KNOWN)), 0);
            known = pixelBits() == null ? known : known.or(pixelBits);
        }
        byte[] bytes = derived(Part.KNOWN);
        known.write(MemorySegment.ofArray(bytes));
        return bytes;
    }

    /** The bits of a two-valued neuron determine all its parts. */
    private byte[] paint(Part part) {
        if (pixelBits() == null) {
            return null;
        }
        byte[] bytes = derived(part);
        switch (part) {
            case W -> expand(white, bytes);
            case V -> expand(neuron.gain(), bytes);
            case SKETCH, PLANES ->
                pixelBits.write(
                        MemorySegment.ofArray(derived(Part.SKETCH)), MemorySegment.ofArray(derived(Part.PLANES)));
            case KNOWN -> throw new AssertionError(part);
        }
        return bytes;
    }

    /** The white pixels of a two-valued neuron; null when nothing tells them. */
    private PixelBits pixelBits() {
        if (!soughtBits) {
            pixelBits = isWhole(Part.W) ? positive(Part.W) : isWhole(Part.V) ? positive(Part.V) : storedPixelBits();
            soughtBits = true;
        }
        return pixelBits;
    }

    private PixelBits positive(Part part) {
        return PixelBits.of(layout, decode(stored.get(part)));
    }

    /** The bits of the files. Their own checksums prove them, or else that of the weights w that they stand for. */
    private PixelBits storedPixelBits() {
        if (stored.get(Part.SKETCH) == null || stored.get(Part.PLANES) == null) {
            return null;
        }
        MemorySegment sketch = MemorySegment.ofArray(stored.get(Part.SKETCH));
        pixelBits = PixelBits.read(layout, sketch, 0, MemorySegment.ofArray(stored.get(Part.PLANES)), 0);
        if (isWhole(Part.SKETCH) && isWhole(Part.PLANES)) {
            return pixelBits;
        }
        byte[] w = derived(Part.W);
        expand(white, w);
        return header.parts().contains(Part.W) && isProven(Part.W, w) ? pixelBits : null;
    }

    private void expand(float one, byte[] bytes) {
        Arrays.fill(weights(), 0);
        pixelBits.expand(one, weights);
        LittleEndian.encode(weights, bytes);
    }

    /** Derives a part of a pattern that is not two-valued: v and w follow from each other, and no bit is set. */
    private byte[] derive(Part part) {
        return switch (part) {
            case W -> deriveW();
            case V -> deriveV();
            case SKETCH, PLANES -> {
                byte[] bytes = derived(part);
                Arrays.fill(bytes, (byte) 0);
                yield bytes;
            }
            case KNOWN -> throw new AssertionError(part);
        };
    }

    private byte[] deriveW() {
        if (isWhole(Part.W)) {
            decode(stored.get(Part.W));
        } else if (!isWhole(Part.V)) {
            return null;
        } else {
            decode(stored.get(Part.V));
            for (int j = 0; j < weights.length; j++) {
                weights[j] /= neuron.gain();
            }
        }
        clearPadding();
        byte[] bytes = derived(Part.W);
        LittleEndian.encode(weights, bytes);
        return bytes;
    }

    private byte[] deriveV() {
        byte[] w = get(Part.W);
        if (w == null) {
            return null;
        }
        float[] v = new float[weights.length];
        decode(w);
        clearPadding();
        Learner.scale(weights, neuron.gain(), v);
        byte[] bytes = derived(Part.V);
        LittleEndian.encode(v, bytes);
        return bytes;
    }

    private void clearPadding() {
        Arrays.fill(weights, layout.pixels(), weights.length, 0);
    }

    private float[] decode(byte[] bytes) {
        LittleEndian.decode(bytes, weights());
        return weights;
    }

    private float[] weights() {
        if (weights.length == 0) {
            weights = new float[StripeLayout.paddedFloats(header.geometry())];
        }
        return weights;
    }
}
