package org.engram.tools.transfer;

/** A source of patterns in their order. Any thread may use it, one at a time. */
interface Source extends AutoCloseable {

    /** The next item; null after the last. Fails if the source breaks off; the items before are good. */
    Item next();

    /** How many items there are, as far as can be told now; the UNKNOWN of ProgressLine otherwise. */
    long total();

    /** Whether decoding an item waits for a file of its own. */
    default boolean waitsInDecoding() {
        return false;
    }

    /** Ends the source, even while another thread waits for the next item, which is then dropped. */
    @Override
    void close();
}
