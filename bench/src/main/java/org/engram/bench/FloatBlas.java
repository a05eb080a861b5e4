package org.engram.bench;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** The two products of a BLAS that a scan can be written as, row-major, in single precision, by one thread. */
interface FloatBlas {

    /**
     * Rows of a matrix that stand one behind the other.
     *
     * @param first the memory of the first; the others follow it
     * @param from the number of the first in the whole matrix
     * @param count how many
     */
    record Rows(MemorySegment first, int from, int count) {}

    /** The library, its version and what it chose for this machine, on one line. */
    String describe();

    /** The stripes copied into memory of the library's liking, as one matrix. */
    Rows copy(MemorySegment[] stripes);

    /** The stripes where they are, as runs that stand one behind the other; or their copy, if only that can be read. */
    List<Rows> inPlace(MemorySegment[] stripes, Rows copy);

    /** Zeros that the library can read and write. */
    MemorySegment allocate(int floats);

    /** Computes y = A x: one product for each row, from y's element {@code rows.from()} on. */
    void sgemv(Rows rows, int columns, MemorySegment x, MemorySegment y);

    /**
     * Computes Y = X A^T: the products of every x with every row.
     *
     * @param x {@code cues} rows of {@code columns} floats
     * @param y {@code cues} rows of {@code width} floats, filled from column {@code rows.from()} on
     */
    void sgemm(Rows rows, int columns, MemorySegment x, int cues, MemorySegment y, int width);

    /** The stripes copied one behind the other. */
    static Rows copy(MemorySegment[] stripes, MemorySegment to) {
        long at = 0;
        for (MemorySegment stripe : stripes) {
            MemorySegment.copy(stripe, 0, to, at, stripe.byteSize());
            at += stripe.byteSize();
        }
        return new Rows(to, 0, stripes.length);
    }
}
