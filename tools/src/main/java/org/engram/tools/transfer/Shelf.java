package org.engram.tools.transfer;

import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.Neuron;
import org.engram.store.Pattern;

/** A source of exported patterns. Any thread may ask for a pattern. */
public interface Shelf extends AutoCloseable {

    Geometry geometry();

    /** The neurons, in the order in which they are to be written. Each has a number of its own. */
    List<Neuron> neurons();

    Pattern pattern(Neuron neuron);

    /** Whether real-valued patterns are the same when they come back from an array. */
    boolean isExact();

    @Override
    void close();
}
