package org.engram.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Param;

/**
 * A suite that {@code --suite} can name: benchmark classes whose results stand in one table. The rows of one size, a
 * number of neurons or of bytes, are compared with the reference of that size.
 */
enum Suite {
    FLOAT_SCAN("float-scan", "One cue, floats: the responses of all neurons", "neurons", "vectorSum"),
    BATCH("batch", "64 cues at once, floats: the responses of all neurons to one", "neurons", "sgemm"),
    RECALL("recall", "One cue, bits: the winner", "neurons", "packedSum"),
    FAISS("faiss", "One cue, bits: the ten nearest", "neurons", "faissStyle"),
    SUBSET("subset", "One cue, bits: the winner of a part, or all that is near", "neurons", "plain"),
    APPEND("append", "One entry appended", "bytes", "fileChannel"),
    GET("get", "One entry got", "bytes", "mappedCopy"),
    OPEN("open", "A store opened", "neurons", "read");

    private final String label;
    private final String title;
    private final String size;
    private final String reference;

    Suite(String label, String title, String size, String reference) {
        this.label = label;
        this.title = title;
        this.size = size;
        this.reference = reference;
    }

    /** The classes that hold its benchmarks. */
    List<Class<?>> benchmarks() {
        return switch (this) {
            case FLOAT_SCAN -> List.of(FloatScan.class, OpenBlasScan.class, LuceneScan.class, JVectorScan.class);
            case BATCH -> List.of(StoreBatch.class, OpenBlasBatch.class);
            case RECALL ->
                List.of(
                        PackedLimit.class,
                        BitRecall.class,
                        BitBatch.class,
                        ShapeBatch.class,
                        FaissStyleHamming.class,
                        RecallByStripes.class);
            case FAISS -> List.of(FaissStyleHamming.class, TenNearest.class, FaissScan.class, FaissGraph.class);
            case SUBSET -> List.of(SubsetRecall.class, FaissStyleRange.class, MaskedRecall.class);
            case APPEND -> List.of(PositionedWrites.class, StoreAppends.class, PeerPuts.class);
            case GET -> List.of(MappedCopy.class, StoreGets.class, PeerGets.class);
            case OPEN -> List.of(StoreOpening.class);
        };
    }

    /** The largest store that a class is run with, whatever is asked for. */
    static int mostNeurons(Class<?> benchmarks) {
        if (benchmarks == FaissGraph.class) {
            return FaissGraph.MOST_NEURONS;
        }
        return benchmarks == RecallByStripes.class ? RecallByStripes.MOST_NEURONS : Integer.MAX_VALUE;
    }

    /** The sizes that a class is run with where none is asked for; none if it has no number of neurons. */
    static List<Integer> usualSizes(Class<?> benchmarks) {
        return Arrays.stream(benchmarks.getFields())
                .filter(field -> field.getName().equals("neurons"))
                .flatMap(field -> Arrays.stream(field.getAnnotation(Param.class).value()))
                .map(Integer::valueOf)
                .filter(size -> size <= mostNeurons(benchmarks))
                .toList();
    }

    /** What one operation does, for the head of a plot. */
    String title() {
        return title;
    }

    /** The parameter that the rows are grouped by. */
    String size() {
        return size;
    }

    /** The benchmark whose time is 1.00. */
    String reference() {
        return reference;
    }

    /** The suite of that name, or all suites that this machine has what they need for. */
    static List<Suite> named(String label) {
        if (label.equals("all")) {
            return Arrays.stream(values())
                    .filter(suite -> suite != FAISS || Faiss.python().isPresent())
                    .toList();
        }
        return Arrays.stream(values())
                .filter(suite -> suite.label.equals(label))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new IllegalArgumentException("unknown suite: expected %s or all, found %s"
                        .formatted(
                                Arrays.stream(values()).map(Suite::toString).collect(Collectors.joining(", ")),
                                label)));
    }

    @Override
    public String toString() {
        return label;
    }
}
