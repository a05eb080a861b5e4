package org.engram.tools.transfer;

import java.util.Collection;
import org.engram.store.Geometry;
import org.engram.store.Pattern;

/** A target of imported patterns. For one thread. */
public interface Target extends AutoCloseable {

    Geometry geometry();

    /** Whether it takes patterns with unknown pixels. */
    boolean hasMasks();

    /** How many items are stored at once. */
    int batch();

    /** Begins a batch. Everything that is asked and stored in it has one of these keys. */
    void begin(Collection<String> keys);

    boolean holds(String key, Pattern pattern);

    /** Stores a pattern under a key, new or in use, and tells whether it was in use. */
    boolean put(String key, Pattern pattern);

    /** Stores a pattern under a new key; throws DuplicateKey when it is in use. */
    void memorize(String key, Pattern pattern);

    /** Ends a batch. All of it is stored then. */
    void end();

    /** Makes durable what was stored. */
    void sync();

    /** How many patterns there are now. */
    long size();

    @Override
    void close();
}
