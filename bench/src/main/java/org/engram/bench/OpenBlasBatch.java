package org.engram.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.engram.bench.FloatBlas.Rows;
import org.engram.store.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** The responses of all neurons to many cues at once as a matrix product; one operation is one cue. */
public class OpenBlasBatch extends StripeScan {

    /** How many cues are answered together. */
    static final int CUES = 64;

    /** Which library. */
    @Param("OPENBLAS")
    public Blas blas;

    private FloatBlas library;
    private List<Rows> inPlace;
    private Rows copied;
    private Pattern[] damaged;
    private MemorySegment x;
    private MemorySegment y;

    /** JMH makes it. */
    public OpenBlasBatch() {}

    @Override
    void prepare() {
        library = blas.open();
        copied = library.copy(stripes);
        inPlace = library.inPlace(stripes, copied);
        damaged = damaged(neurons);
        x = library.allocate(CUES * PIXELS);
        for (int cue = 0; cue < CUES; cue++) {
            MemorySegment.copy(
                    votes(damaged[cue]), 0, x, ValueLayout.JAVA_FLOAT, (long) cue * PIXELS * Float.BYTES, PIXELS);
        }
        y = library.allocate(CUES * neurons);
    }

    /** The symbols of a batch, damaged: spread over the neurons. */
    static Pattern[] damaged(int neurons) {
        Pattern[] damaged = new Pattern[CUES];
        for (int cue = 0; cue < CUES; cue++) {
            damaged[cue] = Symbols.damaged(neuronOf(cue, neurons));
        }
        return damaged;
    }

    /** The neuron that a cue of a batch shows: the cues are spread over all neurons. */
    static int neuronOf(int cue, int neurons) {
        return (int) ((long) cue * neurons / CUES);
    }

    @Override
    void check() {
        BatchReference reference = BatchReference.of(neurons, damaged);
        reference.requireResponses("sgemm", sgemm().toArray(ValueLayout.JAVA_FLOAT));
        y.fill((byte) 0);
        reference.requireResponses("sgemmOfCopy", sgemmOfCopy().toArray(ValueLayout.JAVA_FLOAT));
    }

    /**
     * A call for every run of stripes that stand one behind the other in the mapped file.
     *
     * @return the responses to one cue after the other
     */
    @Benchmark
    @OperationsPerInvocation(CUES)
    public MemorySegment sgemm() {
        for (Rows rows : inPlace) {
            library.sgemm(rows, PIXELS, x, CUES, y, neurons);
        }
        return y;
    }

    /**
     * One call for all stripes, copied into memory that no file backs.
     *
     * @return the responses to one cue after the other
     */
    @Benchmark
    @OperationsPerInvocation(CUES)
    public MemorySegment sgemmOfCopy() {
        library.sgemm(copied, PIXELS, x, CUES, y, neurons);
        return y;
    }
}
