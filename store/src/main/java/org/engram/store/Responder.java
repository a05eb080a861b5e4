package org.engram.store;

import java.util.concurrent.atomic.AtomicReference;

/** Runs the response kernel over the mapped v stripes, chunk by chunk. Safe for any number of threads. */
final class Responder {

    private final StripeMapping v;
    private final StripeLayout layout;
    private final ResponseKernel kernel = Kernels.selected();
    /** The array of the last recall, lent to the next, so that recalls one after the other allocate none. */
    private final AtomicReference<float[]> spare = new AtomicReference<>(new float[0]);

    Responder(StripeMapping v, StripeLayout layout) {
        this.v = v;
        this.layout = layout;
    }

    /** The responses of neurons 0 to count - 1, in an array of at least that length, to be given back. */
    float[] borrowResponses(Cue cue, int count) {
        float[] responses = spare.getAndSet(null);
        if (responses == null || responses.length < count) {
            responses = new float[count + (count >> 3)];
        }
        respond(cue, count, responses);
        return responses;
    }

    void giveBack(float[] responses) {
        spare.set(responses);
    }

    private void respond(Cue cue, int count, float[] responses) {
        int perChunk = layout.stripesPerChunk();
        for (int first = 0; first < count; first += perChunk) {
            int inChunk = Math.min(perChunk, count - first);
            kernel.respond(v.chunk(layout.chunkOf(first)), 0, cue.votes(), inChunk, responses, first);
        }
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

    /** The response of one neuron: the same bits as in a scan of all. */
    float responseOf(int neuron, Cue cue, float[] one) {
        kernel.respond(v.chunk(layout.chunkOf(neuron)), layout.offsetInChunk(neuron), cue.votes(), 1, one, 0);
        return one[0];
    }
}
