package org.engram.tools.transfer;

/** Where patterns come from, in their order. For any thread, but one at a time. */
interface Source extends AutoCloseable {

    /**
     * Goes on.
     *
     * @return the next item; null after the last
     * @throws org.engram.tools.console.Failure if there is no going on; what came before is good
     */
    Item next();

    /** How many items there are, as far as can be told now; {@link org.engram.tools.console.Progress#UNKNOWN} else. */
    long total();

    /** Whether decoding an item waits for a file of its own. */
    default boolean waitsInDecoding() {
        return false;
    }

    /** Ends it, even while another thread waits for the next item, which then comes or fails, and nobody takes it. */
    @Override
    void close();
}
