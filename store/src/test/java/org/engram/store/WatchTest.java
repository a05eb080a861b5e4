package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Quiet;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a host sees of a store that runs: counts, and events of JDK Flight Recorder. */
@ExtendWith(Quiet.class)
class WatchTest {

    private static final Geometry G = Patterns.SMALL;
    private static final StoreStats.Count NONE = new StoreStats.Count(0, 0);

    @TempDir
    Path temp;

    private static Map<String, Pattern> three() {
        return Map.of("a", Patterns.random(G, 1), "b", Patterns.random(G, 2), "c", Patterns.random(G, 3));
    }

    private static Cue cue(long seed) {
        return Cue.bipolar(Patterns.random(G, seed));
    }

    private static Path create(Path dir) {
        PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G)).close();
        return dir;
    }

    /** Appends 5, retires 1, recalls 2 known, 1 stranger, 1 of real values, and 3 in a batch. */
    private static void use(PatternStore store) {
        store.memorizeAll(three().entrySet());
        store.memorize("d", Patterns.random(G, 4));
        store.put("d", Patterns.random(G, 5));
        store.sync();
        store.recall(cue(1));
        store.recall(cue(2));
        store.recall(cue(77));
        store.recall(Cue.bipolar(Patterns.realValued(G, 1)));
        store.recallAll(List.of(cue(1), cue(2), cue(78)));
    }

    @Test
    void theBytesOfAStoreWithMasksAreThoseOfItsFiles() throws IOException {
        Path dir = temp.resolve("masks");
        StoreOptions masks =
                StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED).withMasks();
        try (PatternStore store = PatternStore.create(dir, masks)) {
            store.memorize("a", Patterns.random(G, 1));
            long bytes = 0;
            for (String name : List.of("header", "journal", "sketch.bits", "plane.bits", "known.bits")) {
                bytes += Files.size(dir.resolve(name));
            }
            assertEquals(bytes, store.stats().bytes());
        }
    }

    @Test
    void countsTellWhatIsThereAndWhatWasDoneThroughThisOpening() throws IOException {
        Path dir = create(temp.resolve("store"));
        try (PatternStore store = PatternStore.open(dir)) {
            use(store);
            StoreStats stats = store.stats();
            assertEquals(4, stats.neurons());
            assertEquals(1, stats.retired());
            long bytes = 0;
            for (String name : List.of("header", "journal", "w.stripes", "v.stripes", "sketch.bits", "plane.bits")) {
                bytes += Files.size(dir.resolve(name));
            }
            assertEquals(bytes, stats.bytes());
            assertEquals(5, stats.appends().number());
            assertEquals(1, stats.syncs().number());
            assertEquals(NONE, stats.refreshes());
            assertEquals(7, stats.recalls().number());
            assertEquals(
                    4, stats.recalls(StoreStats.Path.BITS, Verdict.RECOGNISED).number());
            assertEquals(2, stats.recalls(StoreStats.Path.BITS, Verdict.UNKNOWN).number());
            assertEquals(NONE, stats.recalls(StoreStats.Path.BITS, Verdict.AMBIGUOUS));
            assertTrue(stats.recalls().nanoseconds() > 0);
            assertTrue(stats.appends().nanoseconds() > 0);
            assertTrue(stats.syncs().nanoseconds() > 0);
            assertEquals("4 neurons, 1 retired, %s bytes, 5 appends, 7 recalls".formatted(bytes), stats.toString());
            assertEquals(stats, store.stats());
            assertEquals(stats.hashCode(), store.stats().hashCode());
            store.recall(cue(1));
            assertNotEquals(stats, store.stats());
            assertEquals(7, stats.recalls().number(), "a value does not change");
            assertEquals(dir, store.directory());
            assertEquals(StoreCare.inspect(dir).uuid(), store.uuid());
        }
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            reader.refresh();
            assertEquals(NONE, reader.stats().appends());
            assertEquals(NONE, reader.stats().recalls());
            assertEquals(1, reader.stats().refreshes().number());
        }
    }

    @Test
    void threadsThatCountAtOnceLoseNothing() throws InterruptedException {
        try (PatternStore store = PatternStore.open(create(temp.resolve("store")))) {
            store.memorize("a", Patterns.random(G, 1));
            List<Thread> threads = Stream.generate(() -> new Thread(() -> {
                        for (int i = 0; i < 2000; i++) {
                            store.recall(cue(1));
                        }
                    }))
                    .limit(4)
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(8000, store.stats().recalls().number());
        }
    }

    private static List<RecordedEvent> record(Path file, Runnable call) throws IOException {
        try (Recording recording = new Recording()) {
            for (String name :
                    List.of("Open", "Recover", "Append", "Recall", "RecallAll", "Sync", "Refresh", "CompactionDue")) {
                recording.enable("org.engram.store." + name).withoutThreshold();
            }
            recording.start();
            call.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("org.engram."))
                .toList();
    }

    private static List<String> described(List<RecordedEvent> events, String name, String... fields) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("org.engram.store." + name))
                .map(event -> String.join(
                        " ",
                        Stream.of(fields)
                                .map(field -> event.getValue(field).toString())
                                .toList()))
                .toList();
    }

    @Test
    void aRecordingTellsThatCompactionIsDue() throws IOException {
        Path dir = create(temp.resolve("store"));
        List<RecordedEvent> events = record(temp.resolve("run.jfr"), () -> {
            try (PatternStore store = PatternStore.open(dir)) {
                Pattern pattern = Patterns.random(store.geometry(), 1);
                for (int i = 0; i < 1001; i++) {
                    store.put("key", pattern);
                }
                store.sync();
            }
            PatternStore.openReadOnly(dir).close();
        });
        assertEquals(List.of("1000 1001", "1000 1001"), described(events, "CompactionDue", "retired", "neurons"));
    }

    @Test
    void aRecordingTellsOfEveryCallWithItsPathAndVerdict() throws IOException {
        Path dir = create(temp.resolve("store"));
        StoreBytes.append(dir.resolve(StoreDirectory.JOURNAL), new byte[24]);
        List<RecordedEvent> events = record(temp.resolve("run.jfr"), () -> {
            try (PatternStore store = PatternStore.open(dir);
                    PatternStore reader = PatternStore.openReadOnly(dir)) {
                use(store);
                reader.refresh();
            }
        });
        assertEquals(List.of("true 0", "false 0"), described(events, "Open", "writable", "neurons"));
        assertEquals(
                List.of("incomplete append: %s: offset 0: expected a record, found the remains of one"
                        .formatted(dir.resolve(StoreDirectory.JOURNAL))),
                described(events, "Recover", "found"));
        assertEquals(List.of("0 3", "3 1", "4 1"), described(events, "Append", "firstNeuron", "neurons"));
        List<String> recalls = described(events, "Recall", "path", "verdict", "neurons");
        assertEquals(List.of("BITS RECOGNISED 4", "BITS RECOGNISED 4", "BITS UNKNOWN 4"), recalls.subList(0, 3));
        assertEquals(4, recalls.size());
        assertTrue(recalls.get(3).startsWith("STRIPES "), recalls.get(3));
        assertEquals(List.of("3 2 4"), described(events, "RecallAll", "cues", "recognised", "neurons"));
        assertEquals(List.of(dir.toString()), described(events, "Sync", "store"));
        assertEquals(List.of("7"), described(events, "Refresh", "changes"));
        print(events);
        Map<String, Long> durations = new HashMap<>();
        events.forEach(event -> durations.merge(
                event.getEventType().getName(), event.getDuration().toNanos(), Long::sum));
        assertTrue(durations.get("org.engram.store.Recall") > 0, durations::toString);
        assertTrue(durations.get("org.engram.store.Open") > 0, durations::toString);
    }

    /** A line for each event, with all that it tells but threads and stack traces. */
    private void print(List<RecordedEvent> events) {
        System.out.printf("%-13s %9s  %s%n", "event", "us", "what it tells");
        for (RecordedEvent event : events) {
            String told = event.getFields().stream()
                    .map(ValueDescriptor::getName)
                    .filter(field -> !List.of("startTime", "duration", "eventThread", "stackTrace", "store")
                            .contains(field))
                    .map(field -> field + " " + event.getValue(field).toString().replace(temp.toString(), "..."))
                    .collect(Collectors.joining(", "));
            String name = event.getEventType().getName().replace("org.engram.store.", "");
            System.out.printf("%-13s %9d  %s%n", name, event.getDuration().toNanos() / 1000, told);
        }
    }

    /** A small image leaves it out. */
    @Test
    void aRuntimeWithoutFlightRecorderAppendsAndRecallsAllTheSame() {
        List<String> flags = List.of("--limit-modules", "java.se,jdk.unsupported,jdk.incubator.vector");
        try (ChildJvm child = ChildJvm.start(
                WithoutRecorder.class, flags, temp.resolve("store").toString())) {
            child.expect("Optional.empty");
            child.expect("7 recalls");
            assertEquals(0, child.exitCode(), child::err);
        }
    }

    /** Says whether there is a recorder, and what was counted. */
    static final class WithoutRecorder {

        private WithoutRecorder() {}

        public static void main(String[] args) {
            System.out.println(ModuleLayer.boot().findModule("jdk.jfr"));
            try (PatternStore store = PatternStore.open(create(Path.of(args[0])))) {
                use(store);
                System.out.println(store.stats().recalls().number() + " recalls");
            }
        }
    }
}
