package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Entries;
import org.engram.store.fixture.Sentences;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small files with checksums that match, which claim numbers and sizes that no heap of 24 MB holds: every verb answers there. */
class ForgedCountTest {

    private static final int HUGE = 1 << 29;
    private static final Geometry SMALL = new Geometry(5, 7);
    private static final Geometry LARGEST = new Geometry(4096, 4096);

    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void nameStore() {
        dir = temp.resolve("store");
    }

    private void write(Layout layout, Geometry geometry, JournalEntry... entries) throws IOException {
        PatternStore.create(
                        dir, StoreOptions.DEFAULT.withLayout(layout).withGeometry(geometry))
                .close();
        Header header = Header.read(dir);
        ByteArrayOutputStream journal = new ByteArrayOutputStream();
        byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
        for (JournalEntry entry : entries) {
            int length = new JournalRecord(header).encode(Entries.at(journal.size(), entry), bytes);
            journal.write(bytes, 0, length);
        }
        Files.write(dir.resolve(StoreDirectory.JOURNAL), journal.toByteArray());
    }

    /** What every verb says in a JVM of that heap, by its name. */
    private List<String> answers() {
        try (ChildJvm child =
                ChildJvm.start(EveryVerb.class, List.of("-Xmx24m", "-XX:MaxDirectMemorySize=24m"), dir.toString())) {
            List<String> lines = child.remainingLines();
            assertEquals(0, child.exitCode(), child.err());
            return lines.stream()
                    .map(line -> line.replace(dir.toString(), "store"))
                    .toList();
        }
    }

    @Test
    void theNumberOfANeuron() throws IOException {
        write(Layout.FULL, SMALL, Entries.memorized(1, HUGE, -1, "a"), Entries.forgotten(2, HUGE - 1, 0, "b"));
        assertEquals(List.of(), answers());
    }

    @Test
    void theNumberOfANeuronThatIsReplaced() throws IOException {
        write(Layout.TIED, SMALL, Entries.memorized(1, 0, HUGE - 1, "a"), Entries.forgotten(2, HUGE, 0, "b"));
        assertEquals(List.of(), answers());
    }

    @Test
    void theCountOfASync() throws IOException {
        write(Layout.PACKED, SMALL, Entries.memorized(1, 0, -1, "a"), Entries.synced(2, HUGE));
        assertEquals(List.of(), answers());
    }

    @Test
    void theCountOfCriteria() throws IOException {
        write(Layout.PACKED, SMALL, Entries.criteria(1, HUGE, Criteria.DEFAULT));
        assertEquals(List.of(), answers());
    }

    /** Its one neuron would take 64 MB a file of floats. */
    @ParameterizedTest
    @EnumSource
    void aSizeOfPatternsThatNoFileHas(Layout layout) throws IOException {
        write(layout, LARGEST, Entries.memorized(1, 0, -1, "a"));
        assertEquals(List.of(), answers());
    }

    @ParameterizedTest
    @EnumSource
    void aSizeOfPatternsThatNoFileHasAndASyncVouchesFor(Layout layout) throws IOException {
        write(layout, LARGEST, Entries.memorized(1, 0, -1, "a"), Entries.synced(2, 1));
        assertEquals(List.of(), answers());
    }

    /** Prints what each verb says of a store, that of the writer last. */
    static final class EveryVerb {

        private static final Progress NONE = (done, total) -> {};

        private EveryVerb() {}

        public static void main(String[] args) {
            Logger.getLogger("org.engram.store").setLevel(Level.OFF); // of every recovery
            Path store = Path.of(args[0]);
            say("read", () -> opened(PatternStore.openReadOnly(store)));
            for (VerifyLevel level : VerifyLevel.values()) {
                say("verify " + level, () -> {
                    StoreReport report = StoreCare.verify(store, level, NONE);
                    return report.live() + " live, notes " + Sentences.of(report.notes()) + ", problems "
                            + Sentences.of(report.problems());
                });
            }
            say("salvage", () -> {
                SalvageReport report = StoreCare.salvage(store, store.resolveSibling("salvaged"), NONE);
                return report.neurons() + " live, " + report.lostNeurons() + " lost, " + Sentences.of(report.lost());
            });
            say("copy", () -> StoreCare.copy(store, store.resolveSibling("copy"), NONE)
                    .toString());
            say("compact", () -> StoreCare.compact(store, store.resolveSibling("compact"), NONE)
                    .toString());
            say("rebuild", () -> StoreCare.rebuild(store, NONE) + " neurons");
            say("write", () -> opened(PatternStore.open(store)));
        }

        private static String opened(PatternStore opened) {
            try (PatternStore store = opened) {
                return store.size() + " live, " + Sentences.of(store.recovery());
            }
        }

        private static void say(String verb, Supplier<String> call) {
            String answer;
            try {
                answer = call.get();
            } catch (EngramException e) {
                answer = e.getMessage();
            }
            System.out.println(verb + ": " + answer);
        }
    }
}
