package org.engram.bench;

import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** Puts into a library that others use for such entries; {@link Peer} says how each is set up. */
public class PeerPuts extends Appending {

    /** Which library. */
    @Param
    public Peer peer;

    private KeyValuePeer map;

    /** JMH makes it. */
    public PeerPuts() {}

    @Override
    void check(Path empty, Entries few) {
        peer.check(empty, few);
    }

    @Override
    void open(Path empty) {
        map = peer.open(empty, APPENDS, bytes);
    }

    /** Puts entries under new keys. */
    @Benchmark
    @OperationsPerInvocation(APPENDS)
    public void put() {
        for (int i = 0; i < APPENDS; i++) {
            map.put(entries.keys[i], entries.value(i));
        }
    }

    @Override
    void closeFiles() {
        map.close();
    }
}
