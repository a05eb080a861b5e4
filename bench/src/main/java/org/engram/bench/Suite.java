package org.engram.bench;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What {@code --suite} can name. */
enum Suite {
    FLOAT_SCAN("float-scan", FloatScan.class, "vectorSum", FloatScan.STRIPE_BYTES);

    private final String label;
    private final Class<?> benchmarks;
    private final String reference;
    private final long bytesPerNeuron;

    Suite(String label, Class<?> benchmarks, String reference, long bytesPerNeuron) {
        this.label = label;
        this.benchmarks = benchmarks;
        this.reference = reference;
        this.bytesPerNeuron = bytesPerNeuron;
    }

    /** The class that holds its benchmarks. */
    Class<?> benchmarks() {
        return benchmarks;
    }

    /** The benchmark whose time is 1.00. */
    String reference() {
        return reference;
    }

    /** What one operation reads of each neuron, in bytes. */
    long bytesPerNeuron() {
        return bytesPerNeuron;
    }

    static Suite named(String label) {
        return Arrays.stream(values())
                .filter(suite -> suite.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown suite: expected %s, found %s"
                        .formatted(
                                Arrays.stream(values()).map(Suite::toString).collect(Collectors.joining(" or ")),
                                label)));
    }

    @Override
    public String toString() {
        return label;
    }
}
