package org.engram.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/** The libraries that entries are put into and got from. */
public enum Peer {
    /** Chronicle Map, persisted. */
    CHRONICLE_MAP,
    /** LMDB through LMDBJava, a transaction a put. */
    LMDB,
    /** H2's MVStore, a commit a put. */
    MVSTORE,
    /** H2's MVStore as it comes: a thread of its own commits within a second, so that a put is not yet in the file. */
    MVSTORE_LATER;

    /** Whether a value survives the process as soon as the put returns. */
    boolean keepsWhatWasPut() {
        return this != MVSTORE_LATER;
    }

    /**
     * Opens what a directory holds, or makes it.
     *
     * @param directory that exists
     * @param entries how many entries there will be at most
     * @param bytes of every value
     */
    KeyValuePeer open(Path directory, int entries, int bytes) {
        try {
            return switch (this) {
                case CHRONICLE_MAP -> new ChronicleMapPeer(directory, entries, bytes);
                case LMDB -> new LmdbPeer(directory, entries, bytes);
                case MVSTORE -> new MvStorePeer(directory, true);
                case MVSTORE_LATER -> new MvStorePeer(directory, false);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be opened: %s".formatted(this, e.getMessage()), e);
        }
    }

    /**
     * Fills an empty directory, opens it again and compares every value.
     *
     * @throws IllegalStateException if one is not what was put
     */
    void check(Path directory, Entries entries) {
        int bytes = entries.value(0).length;
        try (KeyValuePeer peer = open(directory, entries.count(), bytes)) {
            for (int i = 0; i < entries.count(); i++) {
                peer.put(entries.keys[i], entries.value(i));
            }
        }
        try (KeyValuePeer peer = open(directory, entries.count(), bytes)) {
            requireAll(peer, entries);
        }
    }

    void requireAll(KeyValuePeer peer, Entries entries) {
        byte[] found = new byte[entries.value(0).length];
        for (int i = 0; i < entries.count(); i++) {
            Arrays.fill(found, (byte) 0);
            if (!peer.get(entries.keys[i], found) || !Arrays.equals(found, entries.value(i))) {
                throw new IllegalStateException(
                        "%s is wrong: %s does not hold what was put".formatted(this, entries.keys[i]));
            }
        }
    }
}
