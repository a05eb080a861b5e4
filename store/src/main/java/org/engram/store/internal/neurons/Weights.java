package org.engram.store.internal.neurons;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.PixelBits;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.kernel.Bits;
import org.engram.store.internal.kernel.MaskedBits;
import org.engram.store.internal.medium.Resources;
import org.jspecify.annotations.Nullable;

/** The weights of neurons, from the files where the layout keeps them or derived from those. Safe for any number of threads. */
public final class Weights {

    private static final int DERIVED_PER_CHUNK = 1024;
    private static final Bits[] NONE = {};

    private final Header header;
    private final BitLayout bitLayout;
    private final float white;
    private final Map<Part, StripeMapping> mappings = new EnumMap<>(Part.class);
    private final StripeMapping sketches;
    private final StripeMapping planes;
    /** The files of the stripes that display and of those that recognise; null where these have to be derived. */
    private final @Nullable StripeMapping w;

    private final @Nullable StripeMapping v;
    /** The file of the known pixels; null in a store without masks. */
    private final @Nullable StripeMapping masks;
    /** The bits of each chunk; null if none of its neurons was asked for. */
    private volatile @Nullable Bits[] chunks = NONE;
    /** How many neurons can be read in all chunks that were asked for. */
    private volatile int covered;

    /** Maps the files; the mappings close with the resources. */
    public Weights(Header header, List<StripeFile> stripes, Resources resources) {
        this.header = header;
        this.bitLayout = BitLayout.of(header.geometry());
        this.white = Learner.weightOfWhite(header.rule());
        for (StripeFile file : stripes) {
            StripeMapping mapping = new StripeMapping(file);
            resources.add(mapping::close);
            mappings.put(file.part(), mapping);
        }
        // Every layout has these two.
        this.sketches = Objects.requireNonNull(mappings.get(Part.SKETCH));
        this.planes = Objects.requireNonNull(mappings.get(Part.PLANES));
        this.masks = mappings.get(Part.KNOWN);
        this.w = mappings.get(Part.W);
        boolean likeW = header.layout() == Layout.TIED && Learner.isVLikeW(header.rule());
        this.v = likeW ? w : mappings.get(Part.V);
    }

    /**
     * Makes sure that the weights of the first neurons can be read. The files must hold them. It must be called before
     * they are read.
     */
    public void cover(int neurons) {
        if (neurons > covered) {
            coverMore(neurons);
        }
    }

    private synchronized void coverMore(int neurons) {
        boolean moved = false;
        for (StripeMapping mapping : mappings.values()) {
            moved |= mapping.cover(neurons);
        }
        if (moved) {
            chunks = NONE;
        }
        covered = Math.max(covered, neurons);
    }

    public Geometry geometry() {
        return header.geometry();
    }

    public BitLayout bitLayout() {
        return bitLayout;
    }

    /** The file of the stripes that recognise; null when they have to be derived. */
    public @Nullable StripeMapping v() {
        return v;
    }

    /** The file of the stripes that display; null when they have to be derived. */
    public @Nullable StripeMapping w() {
        return w;
    }

    /** How many w stripes stand in one piece, or are derived at a time. */
    public int wPerChunk() {
        return w == null ? DERIVED_PER_CHUNK : w.layout().stripesPerChunk();
    }

    /** W, the weight w of a white pixel. */
    public float white() {
        return white;
    }

    /** The weights w that would be learned from values; the values themselves where that is the same. */
    public float[] learned(float[] values) {
        if (header.rule().epsW() == 1) {
            return values;
        }
        float[] learned = new float[values.length];
        for (int j = 0; j < values.length; j++) {
            learned[j] = values[j] == 0 ? 0 : Learner.learnW(header.rule(), values[j]);
        }
        return learned;
    }

    /** The weight v of a white pixel of a neuron, g W. */
    public float gainOfWhite(int neuron, NeuronTable.View neurons) {
        float gain = neurons.gain(neuron);
        return neurons.isTwoValued(neuron) ? gain : gain * white;
    }

    /** Whether the rule gives all neurons the same gain, whatever they are taught. */
    public boolean isOfOneGain() {
        return header.rule().steps() == 1;
    }

    /** How many neurons to sum over at a time: those of a chunk where there is a file. */
    public int stripesPerChunk() {
        return v == null ? DERIVED_PER_CHUNK : v.layout().stripesPerChunk();
    }

    /** The weights that display, R little-endian floats and their padding, read-only. */
    public MemorySegment w(int neuron) {
        return w != null ? w.stripe(neuron) : asBytes(expanded(neuron, white));
    }

    /** The weights that recognise, R little-endian floats and their padding, read-only. */
    public MemorySegment v(int neuron, NeuronTable.View neurons) {
        return v != null ? v.stripe(neuron) : asBytes(derivedV(neuron, neurons));
    }

    /** Runs equation (6) once more, in one step, {@code v = g w}, into a stripe of floats. */
    public void deriveV(int neuron, NeuronTable.View neurons, MemorySegment v) {
        float[] derived = derivedV(neuron, neurons);
        MemorySegment.copy(derived, 0, v, LittleEndian.FLOAT, 0, derived.length);
    }

    private float[] derivedV(int neuron, NeuronTable.View neurons) {
        if (neurons.isTwoValued(neuron)) {
            return expanded(neuron, neurons.gain(neuron));
        }
        float[] v = w(neuron).toArray(LittleEndian.FLOAT);
        Learner.scale(v, neurons.gain(neuron), v);
        return v;
    }

    /** How many neurons the chunks of the bits hold. */
    public int bitsPerChunk() {
        return sketches.layout().stripesPerChunk();
    }

    /** The chunk of bits that holds a neuron, mapped on first use. */
    public Bits bits(int neuron) {
        int index = sketches.layout().chunkOf(neuron);
        Bits[] known = chunks;
        return index < known.length && known[index] != null ? known[index] : chunk(index);
    }

    private synchronized Bits chunk(int index) {
        Bits[] known = Arrays.copyOf(chunks, Math.max(chunks.length, index + 1));
        if (known[index] == null) {
            int first = index * bitsPerChunk();
            known[index] = new Bits(first, sketches.chunkOf(first), planes.chunkOf(first));
            chunks = known;
        }
        return known[index];
    }

    /** All bits of a neuron whose weights are two-valued: the sketch and the other blocks. */
    public PixelBits pixelBits(int neuron) {
        Bits chunk = bits(neuron);
        return PixelBits.read(
                bitLayout,
                chunk.sketches(),
                sketches.offsetInChunk(neuron),
                chunk.planes(),
                planes.offsetInChunk(neuron));
    }

    /** Whether neurons may have pixels that are not known. */
    public boolean hasMasks() {
        return header.masks();
    }

    /** The known pixels of a neuron; null when all are. */
    private @Nullable PixelBits known(int neuron) {
        if (masks == null) {
            return null;
        }
        PixelBits known = PixelBits.read(bitLayout, masks.stripe(neuron), 0);
        return known.count() == bitLayout.pixels() ? null : known;
    }

    /** The same as {@link #bits} with the known pixels, in a store with masks. */
    public MaskedBits maskedBits(int neuron) {
        if (masks == null) {
            throw new IllegalStateException("store has no masks");
        }
        return new MaskedBits(bits(neuron), masks.chunkOf(neuron));
    }

    /** What a neuron was taught; an error if that is told by floats that are no finite numbers. */
    public Picture memorized(int neuron, NeuronTable.View neurons) {
        if (neurons.isTwoValued(neuron)) {
            return new Picture.TwoValued(pixelBits(neuron), known(neuron));
        }
        float[] values = finiteW(neuron);
        Learner.unlearnW(header.rule(), values);
        return new Picture.RealValued(values);
    }

    /** Equation (1) with x = 1: what a neuron's weights show on the R-Net; an error if they are no finite numbers. */
    public Picture display(int neuron, NeuronTable.View neurons) {
        return neurons.isTwoValued(neuron) && white == 1
                ? new Picture.TwoValued(pixelBits(neuron))
                : new Picture.RealValued(finiteW(neuron));
    }

    private float[] finiteW(int neuron) {
        float[] weights = Arrays.copyOf(
                w(neuron).toArray(LittleEndian.FLOAT), header.geometry().pixels());
        for (float weight : weights) {
            if (!Float.isFinite(weight)) {
                // Opening a store does not check stripes that a SYNC vouches for, so damage is first met here.
                StripeMapping file = w == null ? sketches : w;
                throw new EngramException.Corrupt(Diagnosis.of("stripe is damaged")
                        .in(file.path(), file.layout().offsetInFile(neuron))
                        .expected("finite weights of neuron " + neuron, "weights that are not finite")
                        .remedy(header.remedy(Part.W)));
            }
        }
        return weights;
    }

    /** Whether memorizing a picture of the store's geometry gives the weights w that a neuron has. */
    public boolean isLearnedFrom(Picture picture, int neuron, NeuronTable.View neurons) {
        if (picture.isTwoValued() != neurons.isTwoValued(neuron)) {
            return false;
        }
        return switch (picture) {
            case Picture.TwoValued(PixelBits shown, PixelBits known) ->
                shown.equals(pixelBits(neuron)) && Objects.equals(known, known(neuron));
            case Picture.RealValued(float[] d) -> isLearnedFrom(d, w(neuron));
        };
    }

    private boolean isLearnedFrom(float[] d, MemorySegment w) {
        for (int j = 0; j < d.length; j++) {
            if (w.getAtIndex(LittleEndian.FLOAT, j) != Learner.learnW(header.rule(), d[j])) {
                return false;
            }
        }
        return true;
    }

    private float[] expanded(int neuron, float one) {
        float[] weights = new float[StripeLayout.paddedFloats(header.geometry())];
        pixelBits(neuron).expand(one, weights);
        return weights;
    }

    private static MemorySegment asBytes(float[] weights) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[weights.length * Float.BYTES]);
        MemorySegment.copy(weights, 0, bytes, LittleEndian.FLOAT, 0, weights.length);
        return bytes.asReadOnly();
    }
}
