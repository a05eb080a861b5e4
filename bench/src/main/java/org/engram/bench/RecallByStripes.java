package org.engram.bench;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The work that a recall from bits spares: the responses of all neurons to the same damaged symbol from floats. Stores
 * larger than {@link #MOST_NEURONS} are left out. Their time grows with their size.
 */
@Touches(bytes = StripeScan.STRIPE_BYTES)
public class RecallByStripes extends StripeScan {

    /** A store of this many neurons takes 2.2 GB. */
    static final int MOST_NEURONS = 20_000;

    /** JMH makes it. */
    public RecallByStripes() {}

    @Override
    void prepare() {}

    @Override
    void check() {
        float[] responses = floatScan();
        ScanReference.of(neurons, votes).requireResponses("floatScan", responses, TERMS_OF_A_LANE);
        ScanReference.requireWinner("floatScan", responses, shown);
    }

    /**
     * The public call, told to read the floats.
     *
     * @return the responses
     */
    @Benchmark
    public float[] floatScan() {
        return store.network().responses(cue, STRIPES);
    }
}
