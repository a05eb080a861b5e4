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

/** The v stripes as one thread sums over them: mapped where a file has them, otherwise derived a few at a time. */
public final class Stripes {

    /** Stripes that are derived together. */
    private static final int DERIVED = 8;

    private final Weights weights;
    private final ResponseKernel kernel = Kernels.selected();
    private MemorySegment scratch = MemorySegment.NULL;
    private final float[][] single = new float[1][];
    private final float[][] singleResponses = new float[1][];
    private MemorySegment derived;

    Stripes(Weights weights) {
        this.weights = weights;
    }

    /** One for each thread: those there are, when they are enough. */
    static Stripes[] forThreads(int threads, Stripes[] there, Weights weights) {
        return there.length >= threads
                ? there
                : Stream.generate(() -> new Stripes(weights)).limit(threads).toArray(Stripes[]::new);
    }

    /** The responses of neighbouring neurons of one chunk to a cue. */
    void respond(float[] votes, int first, int count, NeuronTable.View neurons, float[] responses) {
        single[0] = votes;
        singleResponses[0] = responses;
        respond(single, 1, first, count, neurons, singleResponses);
    }

    /** The same for many cues. */
    void respond(float[][] votes, int cues, int first, int count, NeuronTable.View neurons, float[][] responses) {
        StripeMapping v = weights.v();
        if (v != null) {
            respond(v.chunkOf(first), v.offsetInChunk(first), votes, cues, count, responses, first);
            return;
        }
        for (int from = first; from < first + count; from += DERIVED) {
            int some = Math.min(DERIVED, first + count - from);
            derive(from, some, neurons);
            respond(derived, 0, votes, cues, some, responses, from);
        }
    }

    private void respond(
            MemorySegment from, long at, float[][] votes, int cues, int count, float[][] responses, int first) {
        long needed = cues == 1 ? ResponseKernel.SCRATCH_BYTES : ResponseKernel.scratchBytes(cues);
        if (scratch.byteSize() < needed) {
            scratch = Arena.ofAuto().allocate(needed, StripeLayout.ALIGNMENT_BYTES);
        }
        if (cues == 1) {
            kernel.respond(from, at, votes[0], count, responses[0], first, scratch);
        } else {
            kernel.respond(from, at, votes, cues, count, responses, first, scratch);
        }
    }

    private void derive(int first, int count, NeuronTable.View neurons) {
        long stripeBytes = (long) StripeLayout.paddedFloats(weights.geometry()) * Float.BYTES;
        if (derived == null) {
            derived = Arena.ofAuto().allocate(DERIVED * stripeBytes, StripeLayout.ALIGNMENT_BYTES);
        }
        for (int i = 0; i < count; i++) {
            weights.deriveV(first + i, neurons, derived.asSlice(i * stripeBytes, stripeBytes));
        }
    }
}
