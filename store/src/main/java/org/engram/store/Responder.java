package org.engram.store;

import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/** Runs the response kernel over the mapped v stripes, chunk by chunk. Safe for any number of threads. */
final class Responder {

    /** Neurons are computed one by one when they are fewer than one in so many: a scan of all reads them faster. */
    private static final int SCATTERED = 8;

    private final StripeMapping v;
    private final StripeLayout layout;
    private final ResponseKernel kernel = Kernels.selected();
    /** Arrays of earlier recalls, lent to later ones, so that recalls one after the other allocate none. */
    private final ManyToManyConcurrentArrayQueue<float[]> spare = new ManyToManyConcurrentArrayQueue<>(2);

    Responder(StripeMapping v, StripeLayout layout) {
        this.v = v;
        this.layout = layout;
    }

    /** The responses of all neurons of a view, NaN for those that do not live. */
    float[] respond(Cue cue, NeuronTable.View neurons) {
        float[] responses = new float[neurons.count()];
        respond(cue, responses.length, responses);
        for (int i = 0; i < responses.length; i++) {
            responses[i] = neurons.isLive(i) ? responses[i] : Float.NaN;
        }
        return responses;
    }

    /** The responses of neurons 0 to count - 1, in an array of at least that length, to be given back. */
    float[] borrowResponses(Cue cue, int count) {
        float[] responses = borrow(count);
        respond(cue, count, responses);
        return responses;
    }

    /** As {@link #borrowResponses(Cue, int)}, but only those of the given neurons have to be there. */
    float[] borrowResponses(Cue cue, int[] neurons, int count) {
        if (neurons.length > count / SCATTERED) {
            return borrowResponses(cue, count);
        }
        float[] responses = borrow(count);
        for (int neuron : neurons) {
            MemorySegment chunk = v.chunk(layout.chunkOf(neuron));
            kernel.respond(chunk, layout.offsetInChunk(neuron), cue.votes(), 1, responses, neuron);
        }
        return responses;
    }

    void giveBack(float[] responses) {
        spare.offer(responses);
    }

    private float[] borrow(int count) {
        float[] responses = spare.poll();
        return responses != null && responses.length >= count ? responses : new float[count + (count >> 3)];
    }

    private void respond(Cue cue, int count, float[] responses) {
        int perChunk = layout.stripesPerChunk();
        for (int first = 0; first < count; first += perChunk) {
            int inChunk = Math.min(perChunk, count - first);
            kernel.respond(v.chunk(layout.chunkOf(first)), 0, cue.votes(), inChunk, responses, first);
        }
    }
}
