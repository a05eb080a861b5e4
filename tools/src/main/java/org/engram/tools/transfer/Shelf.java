package org.engram.tools.transfer;

import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.Neuron;
import org.engram.store.Pattern;

/** Where exported patterns come from. Any thread may ask for a pattern. */
public interface Shelf extends AutoCloseable {

    Geometry geometry();

    /** What is there, in the order in which it is to be written; each has a number of its own. */
    List<Neuron> neurons();

    Pattern pattern(Neuron neuron);

    /** Whether real-valued patterns come back from an array as they were. */
    boolean isExact();

    @Override
    void close();
}
