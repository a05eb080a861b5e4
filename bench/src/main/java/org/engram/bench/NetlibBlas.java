package org.engram.bench;

import dev.ludovic.netlib.blas.JavaBLAS;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The BLAS in Java that stands in where no OpenBLAS is installed. It reads arrays on the heap only. */
final class NetlibBlas implements FloatBlas {

    private final JavaBLAS blas = JavaBLAS.getInstance();

    @Override
    public String describe() {
        return "%s of dev.ludovic.netlib, on copies in the heap"
                .formatted(blas.getClass().getSimpleName());
    }

    @Override
    public List<Rows> inPlace(MemorySegment[] stripes, Rows copy) {
        return List.of(copy);
    }

    @Override
    public Rows copy(MemorySegment[] stripes) {
        long bytes = 0;
        for (MemorySegment stripe : stripes) {
            bytes += stripe.byteSize();
        }
        return FloatBlas.copy(stripes, allocate(Math.toIntExact(bytes / Float.BYTES)));
    }

    @Override
    public MemorySegment allocate(int floats) {
        return MemorySegment.ofArray(new float[floats]);
    }

    /** Fortran's matrices are column-major, so that our rows are its columns. */
    @Override
    public void sgemv(Rows rows, int columns, MemorySegment x, MemorySegment y) {
        blas.sgemv(
                "T",
                columns,
                rows.count(),
                1,
                array(rows.first()),
                0,
                columns,
                array(x),
                0,
                1,
                0,
                array(y),
                rows.from(),
                1);
    }

    @Override
    public void sgemm(Rows rows, int columns, MemorySegment x, int cues, MemorySegment y, int width) {
        blas.sgemm(
                "T",
                "N",
                rows.count(),
                cues,
                columns,
                1,
                array(rows.first()),
                0,
                columns,
                array(x),
                0,
                columns,
                0,
                array(y),
                rows.from(),
                width);
    }

    private static float[] array(MemorySegment segment) {
        return (float[]) segment.heapBase().orElseThrow();
    }
}
