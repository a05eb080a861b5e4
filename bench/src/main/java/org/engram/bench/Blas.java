package org.engram.bench;

import java.util.Optional;

/** Which BLAS a benchmark calls; the table and the JSON name it. */
public enum Blas {
    /** The installed library. */
    OPENBLAS,
    /** Its stand-in in Java. */
    NETLIB;

    private static final String REMEDY = "apt-get install libopenblas0-pthread";

    /** What this machine has. */
    static Blas here() {
        return OpenBlas.find().isPresent() ? OPENBLAS : NETLIB;
    }

    FloatBlas open() {
        if (this == NETLIB) {
            return new NetlibBlas();
        }
        Optional<OpenBlas> found = OpenBlas.find();
        return found.orElseThrow(() -> new IllegalStateException(
                "no OpenBLAS found: expected libopenblas.so.0 among the system's libraries or where -D%s says; %s"
                        .formatted(OpenBlas.PATH_PROPERTY, REMEDY)));
    }

    /** One line for the surroundings of a run. */
    static String describe() {
        Blas blas = here();
        return blas.open().describe() + (blas == NETLIB ? "; no OpenBLAS found: " + REMEDY : "");
    }
}
