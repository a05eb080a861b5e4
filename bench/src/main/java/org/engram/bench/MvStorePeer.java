package org.engram.bench;

import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's MVStore in one file, as it comes: no compression, a cache of 16 MB, written through a file channel. */
final class MvStorePeer implements KeyValuePeer {

    private final MVStore store;
    private final MVMap<String, byte[]> map;
    private final boolean commits;

    /** The caller commits every put if {@code commits} is true, and then no other thread commits. */
    MvStorePeer(Path directory, boolean commits) {
        MVStore.Builder builder =
                new MVStore.Builder().fileName(directory.resolve("entries.mv").toString());
        store = (commits ? builder.autoCommitDisabled() : builder).open();
        map = store.openMap("entries");
        this.commits = commits;
    }

    @Override
    public void put(String key, byte[] value) {
        map.put(key, value);
        if (commits) {
            store.commit();
        }
    }

    @Override
    public boolean get(String key, byte[] into) {
        byte[] found = map.get(key);
        if (found == null) {
            return false;
        }
        System.arraycopy(found, 0, into, 0, found.length);
        return true;
    }

    @Override
    public void close() {
        store.close();
    }
}
