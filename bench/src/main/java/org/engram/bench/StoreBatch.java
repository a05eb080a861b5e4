package org.engram.bench;

import java.util.Arrays;
import java.util.List;
import org.engram.store.Cue;
import org.engram.store.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** The responses of all neurons to many cues at once, as the store gives them; one operation is one cue. */
public class StoreBatch extends StripeScan {

    private Pattern[] damaged;
    private List<Cue> cues;

    /** JMH makes it. */
    public StoreBatch() {}

    @Override
    void prepare() {
        damaged = OpenBlasBatch.damaged(neurons);
        cues = Arrays.stream(damaged).map(Cue::bipolar).toList();
    }

    @Override
    void check() {
        float[] responses = new float[OpenBlasBatch.CUES * neurons];
        float[][] found = engram();
        for (int c = 0; c < found.length; c++) {
            System.arraycopy(found[c], 0, responses, c * neurons, neurons);
        }
        BatchReference.of(neurons, damaged).requireResponses("engram", responses);
    }

    /**
     * The public call, told to read the floats.
     *
     * @return the responses to one cue after the other
     */
    @Benchmark
    @OperationsPerInvocation(OpenBlasBatch.CUES)
    public float[][] engram() {
        return store.network().responsesToAll(cues, STRIPES);
    }
}
