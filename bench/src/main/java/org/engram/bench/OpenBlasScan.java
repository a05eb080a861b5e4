package org.engram.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.engram.bench.FloatBlas.Rows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The responses of all neurons to one cue as a matrix-vector product. */
@Touches(bytes = StripeScan.STRIPE_BYTES)
public class OpenBlasScan extends StripeScan {

    /** Which library. */
    @Param("OPENBLAS")
    public Blas blas;

    private FloatBlas library;
    private List<Rows> inPlace;
    private Rows copied;
    private MemorySegment x;
    private MemorySegment y;

    /** JMH makes it. */
    public OpenBlasScan() {}

    @Override
    void prepare() {
        library = blas.open();
        copied = library.copy(stripes);
        inPlace = library.inPlace(stripes, copied);
        x = library.allocate(PIXELS);
        x.copyFrom(MemorySegment.ofArray(votes));
        y = library.allocate(neurons);
    }

    @Override
    void check() {
        ScanReference reference = ScanReference.of(neurons, votes);
        float[] responses = sgemv().toArray(ValueLayout.JAVA_FLOAT);
        reference.requireResponses("sgemv", responses, PIXELS);
        ScanReference.requireWinner("sgemv", responses, shown);
        y.fill((byte) 0);
        responses = sgemvOfCopy().toArray(ValueLayout.JAVA_FLOAT);
        reference.requireResponses("sgemvOfCopy", responses, PIXELS);
        ScanReference.requireWinner("sgemvOfCopy", responses, shown);
    }

    /**
     * A call for every run of stripes that stand one behind the other in the mapped file.
     *
     * @return the responses
     */
    @Benchmark
    public MemorySegment sgemv() {
        for (Rows rows : inPlace) {
            library.sgemv(rows, PIXELS, x, y);
        }
        return y;
    }

    /**
     * One call for all stripes, copied into memory that no file backs.
     *
     * @return the responses
     */
    @Benchmark
    public MemorySegment sgemvOfCopy() {
        library.sgemv(copied, PIXELS, x, y);
        return y;
    }
}
