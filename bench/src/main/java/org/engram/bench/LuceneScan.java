package org.engram.bench;

import java.lang.foreign.ValueLayout;
import org.apache.lucene.util.VectorUtil;
import org.openjdk.jmh.annotations.Benchmark;

/** The responses of all neurons to one cue by Lucene's dot product, which takes arrays: the stripes are on the heap. */
@Touches(bytes = StripeScan.STRIPE_BYTES)
public class LuceneScan extends StripeScan {

    private float[][] rows;

    /** JMH makes it. */
    public LuceneScan() {}

    @Override
    void prepare() {
        rows = new float[neurons][];
        for (int i = 0; i < neurons; i++) {
            rows[i] = stripes[i].toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    @Override
    void check() {
        float[] responses = lucene();
        ScanReference.of(neurons, votes).requireResponses("lucene", responses, PIXELS);
        ScanReference.requireWinner("lucene", responses, shown);
    }

    /**
     * A dot product for every stripe.
     *
     * @return the responses
     */
    @Benchmark
    public float[] lucene() {
        float[] responses = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            responses[i] = VectorUtil.dotProduct(rows[i], votes);
        }
        return responses;
    }
}
