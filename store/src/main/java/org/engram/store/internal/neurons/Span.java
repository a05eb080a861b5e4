package org.engram.store.internal.neurons;

/** Takes neighbouring neurons. */
@FunctionalInterface
public interface Span {
    void over(int first, int count);
}
