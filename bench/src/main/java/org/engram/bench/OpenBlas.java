package org.engram.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OpenBLAS as it is installed on this machine, called in place on mapped memory. */
@SuppressWarnings("restricted")
final class OpenBlas implements FloatBlas {

    /** The system property that names the library's file; without it the usual places are looked at. */
    static final String PATH_PROPERTY = "engram.bench.openblas";

    private static final List<String> PLACES = List.of(
            "libopenblas.so.0",
            "libopenblas.so",
            "/usr/lib/x86_64-linux-gnu/libopenblas.so.0",
            "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so.0",
            "/usr/lib/aarch64-linux-gnu/libopenblas.so.0",
            "/usr/lib64/libopenblas.so.0",
            "/opt/homebrew/opt/openblas/lib/libopenblas.dylib");

    private static final int ROW_MAJOR = 101;
    private static final int AS_IT_IS = 111;
    private static final int TRANSPOSED = 112;
    private static final long ALIGNMENT = 64;

    private static final ValueLayout INT = ValueLayout.JAVA_INT;
    private static final ValueLayout FLOAT = ValueLayout.JAVA_FLOAT;
    private static final ValueLayout ADDRESS = ValueLayout.ADDRESS;

    private final MethodHandle sgemv;
    private final MethodHandle sgemm;
    private final String description;

    private OpenBlas(SymbolLookup library) {
        sgemv = procedure(
                library, "cblas_sgemv", INT, INT, INT, INT, FLOAT, ADDRESS, INT, ADDRESS, INT, FLOAT, ADDRESS, INT);
        sgemm = procedure(library, "cblas_sgemm", new ValueLayout[] {
            INT, INT, INT, INT, INT, INT, FLOAT, ADDRESS, INT, ADDRESS, INT, FLOAT, ADDRESS, INT
        });
        try {
            procedure(library, "openblas_set_num_threads", INT).invokeExact(1);
            description = "%s, by one thread".formatted(text(library, "openblas_get_config"));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** Loads the library; empty when there is none in any of the usual places. */
    static Optional<OpenBlas> find() {
        String chosen = System.getProperty(PATH_PROPERTY, "");
        return (chosen.isEmpty() ? PLACES : List.of(chosen))
                .stream().map(OpenBlas::load).flatMap(Optional::stream).findFirst();
    }

    private static Optional<OpenBlas> load(String place) {
        try {
            return Optional.of(new OpenBlas(SymbolLookup.libraryLookup(place, Arena.global())));
        } catch (IllegalArgumentException notThere) {
            return Optional.empty();
        }
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public List<Rows> inPlace(MemorySegment[] stripes, Rows copy) {
        List<Rows> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= stripes.length; i++) {
            if (i == stripes.length || stripes[i].address() != stripes[i - 1].address() + stripes[i - 1].byteSize()) {
                runs.add(new Rows(stripes[from], from, i - from));
                from = i;
            }
        }
        return runs;
    }

    @Override
    public Rows copy(MemorySegment[] stripes) {
        long bytes = 0;
        for (MemorySegment stripe : stripes) {
            bytes += stripe.byteSize();
        }
        return FloatBlas.copy(stripes, Arena.ofAuto().allocate(bytes, ALIGNMENT));
    }

    @Override
    public MemorySegment allocate(int floats) {
        return Arena.ofAuto().allocate((long) floats * Float.BYTES, ALIGNMENT);
    }

    @Override
    public void sgemv(Rows rows, int columns, MemorySegment x, MemorySegment y) {
        try {
            sgemv.invokeExact(
                    ROW_MAJOR,
                    AS_IT_IS,
                    rows.count(),
                    columns,
                    1f,
                    rows.first(),
                    columns,
                    x,
                    1,
                    0f,
                    y.asSlice((long) rows.from() * Float.BYTES),
                    1);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    @Override
    public void sgemm(Rows rows, int columns, MemorySegment x, int cues, MemorySegment y, int width) {
        try {
            sgemm.invokeExact(
                    ROW_MAJOR,
                    AS_IT_IS,
                    TRANSPOSED,
                    cues,
                    rows.count(),
                    columns,
                    1f,
                    x,
                    columns,
                    rows.first(),
                    columns,
                    0f,
                    y.asSlice((long) rows.from() * Float.BYTES),
                    width);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private static MethodHandle procedure(SymbolLookup library, String name, MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
    }

    private static String text(SymbolLookup library, String name) throws Throwable {
        MethodHandle call = Linker.nativeLinker()
                .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(ValueLayout.ADDRESS));
        return ((MemorySegment) call.invokeExact())
                .reinterpret(Long.MAX_VALUE)
                .getString(0)
                .strip();
    }

    private static IllegalStateException failure(Throwable cause) {
        return new IllegalStateException("OpenBLAS cannot be called: " + cause.getMessage(), cause);
    }
}
