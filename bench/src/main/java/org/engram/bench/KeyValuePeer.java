package org.engram.bench;

/**
 * What another library keeps under string keys. It is in a file, so a value that was put is there after the process
 * died.
 */
interface KeyValuePeer extends AutoCloseable {

    /** Puts a value so that nothing is left to do in this process; nothing waits for the medium. */
    void put(String key, byte[] value);

    /**
     * Copies the value of a key.
     *
     * @param into an array as long as the value
     * @return whether there is such a key
     */
    boolean get(String key, byte[] into);

    @Override
    void close();
}
