package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.engram.store.Doors;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Checksums;
import org.engram.store.fixture.IndexedStore;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.IndexHeader;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/**
 * A store of 22 neurons under the keys k000, k001 and so on. 0, 3 and 5 are forgotten; 3, 10, 17 and 21 are real-valued; the
 * others have gains of several values. Its index has a segment of the first 20, and one of the other two.
 */
final class TwoSegments implements AutoCloseable {

    static final int FIRST = 20;
    static final int ALL = 22;
    static final List<Integer> RETIRED = List.of(0, 3, 5);
    static final List<Integer> REAL_VALUED = List.of(3, 10, 17, 21);

    private static final Geometry G = new Geometry(5, 7);
    private static final StoreOptions OPTIONS =
            StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.FULL).withRule(new LearningRule(1, 0.004f, 1, 3));

    final StoreDirectory directory;
    final Header header;
    final StoreFile journal;
    /** Where the first segment ends, and the length of the journal. */
    final long middle;

    final long end;
    final String second;

    TwoSegments(Path store) throws IOException {
        PatternStore.create(store, OPTIONS).close();
        Path path = store.resolve(StoreDirectory.JOURNAL);
        try (PatternStore open = Doors.open(store, IndexedStore.access(1))) {
            memorize(open, 0, FIRST);
            open.forget(key(3));
            open.forget(key(5));
        }
        middle = Files.size(path);
        try (PatternStore open = Doors.open(store, IndexedStore.access(1))) {
            memorize(open, FIRST, ALL);
            open.forget(key(0));
        }
        end = Files.size(path);
        second = "index-" + middle;
        assertEquals(List.of("index-0", second), IndexedStore.segments(store));
        directory = StoreDirectory.onDisk(store);
        header = Header.read(directory);
        journal = directory.open(StoreDirectory.JOURNAL, false);
    }

    private static void memorize(PatternStore open, int from, int to) {
        for (int i = from; i < to; i++) {
            Pattern pattern = REAL_VALUED.contains(i) ? Patterns.realValued(G, i) : Patterns.random(G, i);
            assertEquals(i, open.memorize(key(i), pattern));
        }
    }

    static String key(int neuron) {
        return "k%03d".formatted(neuron);
    }

    /** Changes a segment, and puts its checksums right. */
    void forge(String name, Consumer<ByteBuffer> change) throws IOException {
        Path path = directory.resolve(name);
        byte[] bytes = Files.readAllBytes(path);
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        Checksums.fixSegment(bytes);
        Files.write(path, bytes);
    }

    IndexHeader header(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve(name));
        return IndexHeader.decode(Arrays.copyOf(bytes, IndexHeader.LENGTH)).orElseThrow();
    }

    IndexChain chain() {
        return IndexChain.open(directory, header, journal);
    }

    @Override
    public void close() {
        journal.close();
    }
}
