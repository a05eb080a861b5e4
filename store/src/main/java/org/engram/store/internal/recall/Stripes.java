package org.engram.store.internal.recall;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.ResponseKernel;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.StripeMapping;
import org.engram.store.internal.neurons.Weights;

/** Sums over v stripes for one thread. They are mapped from a file, or derived a few at a time without one. */
final class Stripes {

    private static final int DERIVED = 8;

    private final Weights weights;
    private final ResponseKernel kernel = Kernels.selected();
    private MemorySegment scratch = MemorySegment.NULL;
    private final float[][] single = new float[1][];
    private final float[][] singleResponses = new float[1][];
    private MemorySegment derived = MemorySegment.NULL;

    Stripes(Weights weights) {
        this.weights = weights;
    }

    /** One object for each thread: those that are there already, when there are enough. */
    static Stripes[] forThreads(int threads, Stripes[] there, Weights weights) {
        return there.length >= threads
                ? there
                : Stream.generate(() -> new Stripes(weights)).limit(threads).toArray(Stripes[]::new);
    }

    /**
     * Computes the responses of neighbouring neurons of one chunk to a cue. That of neuron {@code first} goes to place
     * {@code at}.
     */
    void respond(float[] votes, int first, int count, NeuronTable.View neurons, float[] responses, int at) {
        single[0] = votes;
        singleResponses[0] = responses;
        respond(single, 1, first, count, neurons, singleResponses, at);
    }

    /** Computes the same for many cues. */
    void respond(
            float[][] votes, int cues, int first, int count, NeuronTable.View neurons, float[][] responses, int at) {
        StripeMapping v = weights.v();
        if (v != null) {
            respond(v.chunkOf(first), v.offsetInChunk(first), votes, cues, count, responses, at);
            return;
        }
        for (int from = 0; from < count; from += DERIVED) {
            int some = Math.min(DERIVED, count - from);
            derive(first + from, some, neurons);
            respond(derived, 0, votes, cues, some, responses, at + from);
        }
    }

    private void respond(
            MemorySegment from, long offset, float[][] votes, int cues, int count, float[][] responses, int at) {
        long needed = cues == 1 ? ResponseKernel.SCRATCH_BYTES : ResponseKernel.scratchBytes(cues);
        if (scratch.byteSize() < needed) {
            scratch = Arena.ofAuto().allocate(needed, StripeLayout.ALIGNMENT_BYTES);
        }
        if (cues == 1) {
            kernel.respond(from, offset, votes[0], count, responses[0], at, scratch);
        } else {
            kernel.respond(from, offset, votes, cues, count, responses, at, scratch);
        }
    }

    private void derive(int first, int count, NeuronTable.View neurons) {
        long stripeBytes = (long) StripeLayout.paddedFloats(weights.geometry()) * Float.BYTES;
        if (derived.byteSize() == 0) {
            derived = Arena.ofAuto().allocate(DERIVED * stripeBytes, StripeLayout.ALIGNMENT_BYTES);
        }
        for (int i = 0; i < count; i++) {
            weights.deriveV(first + i, neurons, derived.asSlice(i * stripeBytes, stripeBytes));
        }
    }
}
