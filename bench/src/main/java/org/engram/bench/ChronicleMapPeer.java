package org.engram.bench;

import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.map.ChronicleMap;

/** A Chronicle Map persisted to one mapped file, which has its full length, as a sparse file, from the start. */
final class ChronicleMapPeer implements KeyValuePeer {

    private final ChronicleMap<String, byte[]> map;

    ChronicleMapPeer(Path directory, int entries, int bytes) throws IOException {
        map = ChronicleMap.of(String.class, byte[].class)
                .name("entries")
                .entries(entries)
                .averageKey(Symbols.key(entries))
                .constantValueSizeBySample(new byte[bytes])
                .createPersistedTo(directory.resolve("entries.map").toFile());
    }

    @Override
    public void put(String key, byte[] value) {
        map.put(key, value);
    }

    @Override
    public boolean get(String key, byte[] into) {
        return map.getUsing(key, into) != null;
    }

    @Override
    public void close() {
        map.close();
    }
}
