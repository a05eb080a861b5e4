package org.engram.store.internal.care;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.engram.store.EngramException;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.BitPlane;
import org.engram.store.internal.format.Checksum;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.neurons.Learner;

/**
 * The parts of one neuron after the other, each from its file where that is whole, else derived from others that are. What
 * is derived counts only where the neuron's record proves it: by the part's own checksum, or by that of what it was derived
 * from. Reads at positions. Not safe for threads; arrays belong to one neuron, until the next is read.
 */
public final class NeuronParts {

    private final Header header;
    private final BitLayout layout;
    private final float white;
    private final Learner learner;
    private final List<StripeFile> files;
    private final Map<Part, byte[]> stored = new EnumMap<>(Part.class);
    private final Map<Part, byte[]> derived = new EnumMap<>(Part.class);
    private final Map<Part, String> faults = new EnumMap<>(Part.class);
    private final float[] weights;
    private JournalEntry neuron;
    private BitPlane plane;
    private boolean soughtPlane;

    /** Whether a stripe that cannot be read is lost, and not a failure. */
    private final boolean worn;

    /** Reads from these files; other parts are taken for lost. A read that fails is a failure. */
    NeuronParts(Header header, List<StripeFile> files) {
        this(header, files, false);
    }

    /** As the constructor, for a medium that is worn in one place and may have the rest: what cannot be read is lost. */
    static NeuronParts onWornMedium(Header header, List<StripeFile> files) {
        return new NeuronParts(header, files, true);
    }

    private NeuronParts(Header header, List<StripeFile> files, boolean worn) {
        this.worn = worn;
        this.header = header;
        this.layout = BitLayout.of(header.geometry());
        this.white = Learner.weightOfWhite(header.rule());
        this.learner = new Learner(header.rule(), header.geometry());
        this.files = files;
        this.weights = new float[StripeLayout.paddedFloats(header.geometry())];
        files.forEach(file -> stored.put(file.part(), array(file.part())));
    }

    private byte[] derived(Part part) {
        return derived.computeIfAbsent(part, this::array);
    }

    private byte[] array(Part part) {
        return new byte[Math.toIntExact(part.stripeBytes(header.geometry()))];
    }

    /** Goes on to another neuron. */
    void read(JournalEntry memorized) {
        neuron = memorized;
        plane = null;
        soughtPlane = false;
        for (StripeFile file : files) {
            faults.put(file.part(), fault(file));
        }
    }

    private String fault(StripeFile file) {
        byte[] bytes = stored.get(file.part());
        try {
            return isChecked(file.part()) ? file.mismatch(neuron, bytes) : file.shortage(neuron.neuron(), bytes);
        } catch (EngramException.IoFailure e) {
            if (!worn) {
                throw e;
            }
            return "%s: offset %d: expected the bytes of neuron %d, found none (%s)"
                    .formatted(
                            file.file().path(),
                            file.layout().offsetInFile(neuron.neuron()),
                            neuron.neuron(),
                            e.getMessage());
        }
    }

    private boolean isChecked(Part part) {
        return header.isChecked(part, neuron.neuron());
    }

    /** What is wrong with a part as its file has it: file, offset, expected and found; "" where its checksum matches, or where it has none. */
    String fault(Part part) {
        return faults.getOrDefault(part, part.fileName + ": expected a file, found none");
    }

    /** Whether a part's own checksum vouches for what its file has. */
    private boolean isWhole(Part part) {
        return isChecked(part) && fault(part).isEmpty();
    }

    /** A part as its file has it, whatever that is; null without a file. */
    byte[] stored(Part part) {
        return stored.get(part);
    }

    /** A part that is whole, or proven; null when it is lost. */
    public byte[] get(Part part) {
        if (isWhole(part)) {
            return stored.get(part);
        }
        byte[] bytes = expected(part);
        return bytes != null && isProven(part, bytes) ? bytes : null;
    }

    private boolean isProven(Part part, byte[] bytes) {
        return !isChecked(part) || Checksum.of(bytes) == neuron.checksum(part);
    }

    /** What a part must be, as far as the others tell; null where they do not. */
    byte[] expected(Part part) {
        byte[] bytes = derived(part);
        return neuron.twoValued() ? paint(part, bytes) : derive(part, bytes);
    }

    /** Of two-valued patterns the bits tell all. */
    private byte[] paint(Part part, byte[] bytes) {
        if (plane() == null) {
            return null;
        }
        switch (part) {
            case W -> expand(white, bytes);
            case V -> expand(neuron.gain(), bytes);
            case SKETCH, PLANES ->
                plane.write(MemorySegment.ofArray(derived(Part.SKETCH)), MemorySegment.ofArray(derived(Part.PLANES)));
        }
        return bytes;
    }

    /** The white pixels of a two-valued neuron; null when nothing tells them. */
    BitPlane plane() {
        if (!soughtPlane) {
            plane = isWhole(Part.W) ? positive(Part.W) : isWhole(Part.V) ? positive(Part.V) : storedPlane();
            soughtPlane = true;
        }
        return plane;
    }

    private BitPlane positive(Part part) {
        return BitPlane.of(layout, decode(stored.get(part)));
    }

    /** The bits of the files, if their checksums match, or else that of the weights w that they stand for. */
    private BitPlane storedPlane() {
        if (stored.get(Part.SKETCH) == null || stored.get(Part.PLANES) == null) {
            return null;
        }
        MemorySegment sketch = MemorySegment.ofArray(stored.get(Part.SKETCH));
        plane = BitPlane.read(layout, sketch, 0, MemorySegment.ofArray(stored.get(Part.PLANES)), 0);
        if (isWhole(Part.SKETCH) && isWhole(Part.PLANES)) {
            return plane;
        }
        byte[] w = derived(Part.W);
        expand(white, w);
        return isChecked(Part.W) && isProven(Part.W, w) ? plane : null;
    }

    private void expand(float one, byte[] bytes) {
        Arrays.fill(weights, 0);
        plane.expand(one, weights);
        LittleEndian.encode(weights, bytes);
    }

    /** Of other patterns v and w follow from each other, and there are no bits. */
    private byte[] derive(Part part, byte[] bytes) {
        if (part.isBits()) {
            Arrays.fill(bytes, (byte) 0);
            return bytes;
        }
        return part == Part.W ? deriveW(bytes) : deriveV(bytes);
    }

    private byte[] deriveW(byte[] bytes) {
        if (isWhole(Part.W)) {
            decode(stored.get(Part.W));
        } else {
            float g = neuron.gain() == 0 && header.rule().steps() == 1 ? learner.factor(weights) : neuron.gain();
            if (!isWhole(Part.V) || g == 0) {
                return null;
            }
            decode(stored.get(Part.V));
            for (int j = 0; j < weights.length; j++) {
                weights[j] /= g;
            }
        }
        clearPadding();
        LittleEndian.encode(weights, bytes);
        return bytes;
    }

    /** Whether v follows from w and the gain alone, so that a layout without v loses nothing. Needs w. */
    boolean hasTiedV() {
        if (neuron.twoValued() || header.rule().steps() == 1) {
            return true;
        }
        byte[] v = expected(Part.V);
        float g = gain();
        float[] tied = new float[weights.length];
        Learner.scale(pixels(get(Part.W)), g, tied);
        return Arrays.equals(tied, decode(v));
    }

    private byte[] deriveV(byte[] bytes) {
        byte[] w = get(Part.W);
        if (w == null) {
            return null;
        }
        float g = gain();
        float[] v = new float[weights.length];
        Learner.scale(pixels(w), g, v);
        LittleEndian.encode(v, bytes);
        if (!isProven(Part.V, bytes)) {
            LittleEndian.encode(StepwiseLearner.v(header.rule(), weights), bytes);
            if (!isProven(Part.V, bytes)) {
                LittleEndian.encode(v, bytes);
            }
        }
        return bytes;
    }

    /**
     * The gain as records of today have it, also of a neuron of format 1.0. Needs w.
     *
     * @throws EngramException.DivergingRule if the learning rule does not settle on its weights
     */
    public float gain() {
        return neuron.gain() != 0 ? neuron.gain() : learner.factor(pixels(get(Part.W)));
    }

    /** Weights as they are, but for a padding that is not zeros. */
    private float[] pixels(byte[] bytes) {
        decode(bytes);
        clearPadding();
        return weights;
    }

    private void clearPadding() {
        Arrays.fill(weights, layout.pixels(), weights.length, 0);
    }

    private float[] decode(byte[] bytes) {
        LittleEndian.decode(bytes, weights);
        return weights;
    }
}
