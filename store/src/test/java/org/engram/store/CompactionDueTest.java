package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose neurons are mostly retired says so: in the report of an inspection, and in the log when it is opened. */
class CompactionDueTest {

    private static final Geometry G = new Geometry(3, 3);

    @TempDir
    Path temp;

    /** What the store logs, kept. A field keeps the logger, which could be collected otherwise. */
    private final Logger logger = Logger.getLogger(PatternStore.class.getPackageName());

    private final List<String> logged = new ArrayList<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord log) {
            logged.add(new SimpleFormatter().formatMessage(log));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Test
    void aThousandReplacesOfOneKeyAreNotedUntilTheStoreIsCompacted() {
        Path dir = temp.resolve("store");
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED);
        try (PatternStore store = PatternStore.create(dir, options)) {
            for (int i = 0; i < 1000; i++) {
                store.put("key", Patterns.random(G, i));
            }
        }
        assertEquals(List.of(), notes(dir));
        assertEquals(List.of(), logOfOpening(dir));
        try (PatternStore store = PatternStore.open(dir)) {
            store.put("key", Patterns.random(G, -1));
        }
        String due =
                "compaction is due %s: 1000 of 1001 neurons are retired; engram compact makes a store of the live ones"
                        .formatted(dir);
        assertEquals(List.of(due), notes(dir));
        assertEquals(List.of(due), logOfOpening(dir));
        Path smaller = temp.resolve("smaller");
        StoreCare.compact(dir, smaller, (done, total) -> {});
        assertEquals(List.of(), notes(smaller));
    }

    /** Under a running reader, which follows on request: it is told, and opens the store of that name again. */
    @Test
    void aCompactedStoreTakesThePlaceOfTheOldOneUnderReaders() throws IOException {
        Path dir = temp.resolve("store");
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED);
        try (PatternStore store = PatternStore.create(dir, options)) {
            for (int i = 0; i < 5000; i++) {
                store.put("key " + i, Patterns.random(G, i));
                store.put("key", Patterns.random(G, -i));
            }
        }
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertEquals(10_000, Doors.view(reader).indexed());
            Path smaller = temp.resolve("smaller");
            StoreCare.compact(dir, smaller, (done, total) -> {});
            Files.move(dir, temp.resolve("old"));
            Files.move(smaller, dir);
            assertEquals(Patterns.random(G, 4), reader.pattern("key 4"));
            assertThrows(EngramException.Superseded.class, reader::refresh);
            assertEquals(Patterns.random(G, -4999), reader.pattern("key"));
            try (PatternStore next = PatternStore.openReadOnly(reader.directory())) {
                assertEquals(5001, Doors.view(next).indexed());
                assertEquals(5001, next.sizeWithRetired());
                assertEquals(5000, next.neuronOf("key").orElseThrow());
                assertEquals(Patterns.random(G, -4999), next.pattern("key"));
            }
        }
        assertEquals(List.of(), notes(dir));
        assertEquals(StoreReport.Index.VALID, StoreCare.inspect(dir).index());
    }

    private static List<String> notes(Path dir) {
        StoreReport report = StoreCare.inspect(dir);
        assertEquals(List.of(), report.problems());
        return Sentences.of(report.notes());
    }

    private List<String> logOfOpening(Path dir) {
        logged.clear();
        logger.addHandler(handler);
        try {
            PatternStore.open(dir).close();
        } finally {
            logger.removeHandler(handler);
        }
        return List.copyOf(logged);
    }
}
