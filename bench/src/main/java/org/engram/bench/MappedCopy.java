package org.engram.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;

/** The limit of a get: a hash map on the heap tells where in a mapped file the entry stands, and its bytes are copied. */
@Touches(bytes = 1, each = "bytes")
public class MappedCopy extends Getting {

    private final Map<String, Integer> index = new HashMap<>();
    private MemorySegment file;

    /** JMH makes it. */
    public MappedCopy() {}

    @Override
    void open(Path empty, Entries entries) throws IOException {
        Path path = empty.resolve("entries");
        try (OutputStream out = Files.newOutputStream(path)) {
            for (int i = 0; i < entries.count(); i++) {
                out.write(entries.value(i));
                index.put(entries.keys[i], i);
            }
        }
        try (FileChannel channel = FileChannel.open(path)) {
            file = channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
        for (int i = 0; i < entries.count(); i++) {
            if (!Arrays.equals(copy(entries.keys[i]), entries.value(i))) {
                throw new IllegalStateException(
                        "mappedCopy is wrong: %s does not hold what was put".formatted(entries.keys[i]));
            }
        }
    }

    /**
     * Looks a key up and copies its value.
     *
     * @return the copy
     */
    @Benchmark
    @Limit
    public byte[] mappedCopy() {
        return copy(nextKey());
    }

    private byte[] copy(String key) {
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, (long) index.get(key) * bytes, into, 0, bytes);
        return into;
    }

    @Override
    void closeFiles() {
        file = null;
    }
}
