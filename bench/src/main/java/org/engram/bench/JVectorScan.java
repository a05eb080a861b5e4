package org.engram.bench;

import io.github.jbellis.jvector.vector.VectorUtil;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;

/** The responses of all neurons to one cue by JVector's dot product, on vectors of its own kind. */
@Touches(bytes = StripeScan.STRIPE_BYTES)
public class JVectorScan extends StripeScan {

    private VectorFloat<?>[] rows;
    private VectorFloat<?> vote;

    /** JMH makes it. */
    public JVectorScan() {}

    @Override
    void prepare() {
        VectorTypeSupport types = VectorizationProvider.getInstance().getVectorTypeSupport();
        rows = new VectorFloat<?>[neurons];
        for (int i = 0; i < neurons; i++) {
            rows[i] = types.createFloatVector(stripes[i].toArray(ValueLayout.JAVA_FLOAT));
        }
        vote = types.createFloatVector(votes);
    }

    @Override
    void check() {
        float[] responses = jvector();
        ScanReference.of(neurons, votes).requireResponses("jvector", responses, PIXELS);
        ScanReference.requireWinner("jvector", responses, shown);
    }

    /**
     * A dot product for every stripe.
     *
     * @return the responses
     */
    @Benchmark
    public float[] jvector() {
        float[] responses = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            responses[i] = VectorUtil.dotProduct(rows[i], vote);
        }
        return responses;
    }
}
