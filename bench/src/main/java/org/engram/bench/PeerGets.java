package org.engram.bench;

import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Gets from a library that others use for such entries; {@link Peer} says how each is set up. */
@Touches(bytes = 1, each = "bytes")
public class PeerGets extends Getting {

    /** Which library; a get does not depend on who commits. */
    @Param({"CHRONICLE_MAP", "LMDB", "MVSTORE"})
    public Peer peer;

    private KeyValuePeer map;

    /** JMH makes it. */
    public PeerGets() {}

    @Override
    void open(Path empty, Entries entries) {
        peer.check(empty, entries);
        map = peer.open(empty, entries.count(), bytes);
    }

    /**
     * Looks a key up and copies its value.
     *
     * @return the copy
     */
    @Benchmark
    public byte[] get() {
        map.get(nextKey(), into);
        return into;
    }

    @Override
    void closeFiles() {
        map.close();
    }
}
