package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.provider.CsvSource;

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
        PatternStore.create(dir, StoreOptions.DEFAULT.withLayout(layout).withGeometry(geometry))
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

    /** What every verb says in a JVM of that heap; all of them end, and none in an error of the JVM. */
    private Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        try (ChildJvm child =
                ChildJvm.start(EveryVerb.class, List.of("-Xmx24m", "-XX:MaxDirectMemorySize=24m"), dir.toString())) {
            for (String line : child.remainingLines()) {
                String[] words = line.replace(dir.toString(), "store").split(": ", 2);
                answers.put(words[0], words[1]);
            }
            assertEquals(0, child.exitCode(), child.err());
        }
        assertEquals(9, answers.size(), answers.toString());
        return answers;
    }

    private static String damaged(long offset, String expected, String found) {
        return "journal is damaged: store/journal: offset %d: expected %s, found %s; run engram verify, restore it from a copy, or run engram salvage"
                .formatted(offset, expected, found);
    }

    private static String lostUpTo(int first) {
        return "neurons are lost: store/journal: offset 0: expected the records of neurons %d up to 536870911, found none; their keys are not known"
                .formatted(first);
    }

    private static String lost(String place, int bytes, int neuron) {
        return "neuron is lost: store/%s: expected the %d bytes of neuron %d, found 0; nothing else tells the weights of neuron %3$d under \"a\""
                .formatted(place, bytes, neuron);
    }

    @Test
    void theNumberOfANeuron() throws IOException {
        write(Layout.PACKED, SMALL, Entries.memorized(1, HUGE, -1, "a"), Entries.forgotten(2, HUGE - 1, 0, "b"));
        Map<String, String> answers = answers();
        assertEquals(
                "0 live, incomplete append: store/sketch.bits: offset 34359738368: expected the 64 bytes of neuron 536870912, found 0",
                answers.get("read"));
        assertEquals("0 live, [" + damaged(0, "neuron 0", "536870912") + "]", answers.get("verify WEIGHTS"));
        // It knows of neurons 0 to 2^29, of which one has a record and one was forgotten; the first is lost all the
        // same.
        assertEquals(
                "0 live, 536870912 lost, [%s, %s]"
                        .formatted(lostUpTo(0), lost("sketch.bits: offset 34359738368", 64, HUGE)),
                answers.get("salvage"));
    }

    @Test
    void theNumberOfANeuronThatIsReplaced() throws IOException {
        write(Layout.TIED, SMALL, Entries.memorized(1, 0, HUGE - 1, "a"), Entries.forgotten(2, HUGE, 0, "b"));
        Map<String, String> answers = answers();
        assertEquals(
                "0 live, [" + damaged(0, "the key's live neuron -1 retired", "536870911") + "]",
                answers.get("verify WEIGHTS"));
        assertEquals(
                "0 live, 1 lost, [%s, %s]"
                        .formatted(lost("w.stripes: offset 0", 192, 0), lost("sketch.bits: offset 0", 64, 0)),
                answers.get("salvage"));
    }

    @Test
    void theCountOfASync() throws IOException {
        write(Layout.PACKED, SMALL, Entries.memorized(1, 0, -1, "a"), Entries.synced(2, HUGE));
        Map<String, String> answers = answers();
        String cut =
                "stripe file is cut: store/sketch.bits: expected at least 34359738368 bytes for 536870912 neurons, found 0; ";
        assertEquals(cut + "restore it from a copy, or run engram salvage", answers.get("read"));
        assertEquals(cut + "restore it from a copy, or run engram salvage", answers.get("write"));
        assertEquals(cut + "run engram salvage", answers.get("copy"));
        assertEquals("1 live, [" + damaged(72, "neuron count 1", "536870912") + "]", answers.get("verify WEIGHTS"));
        assertEquals(
                "0 live, 536870912 lost, [%s, %s]".formatted(lostUpTo(1), lost("sketch.bits: offset 0", 64, 0)),
                answers.get("salvage"));
    }

    @Test
    void theCountOfCriteria() throws IOException {
        write(Layout.PACKED, SMALL, Entries.criteria(1, HUGE, Criteria.DEFAULT));
        Map<String, String> answers = answers();
        assertEquals(damaged(0, "neuron count 0", "536870912"), answers.get("read"));
        assertEquals(damaged(0, "neuron count 0", "536870912"), answers.get("write"));
        assertEquals("0 live, 536870912 lost, [" + lostUpTo(0) + "]", answers.get("salvage"));
    }

    /** One neuron of it would take 64 MB in every file of floats. */
    @ParameterizedTest
    @CsvSource({"FULL, w.stripes, 67108864", "TIED, w.stripes, 67108864", "PACKED, sketch.bits, 64"})
    void aSizeOfPatternsThatNoFileHas(Layout layout, String first, int bytes) throws IOException {
        write(layout, LARGEST, Entries.memorized(1, 0, -1, "a"));
        Map<String, String> answers = answers();
        String nothing = "0 live, incomplete append: store/%s: offset 0: expected the %d bytes of neuron 0, found 0"
                .formatted(first, bytes);
        assertEquals(nothing, answers.get("read"));
        assertEquals(nothing, answers.get("write"));
        assertSalvagesNothing(first, bytes, answers.get("salvage"));
    }

    @ParameterizedTest
    @CsvSource({"FULL, w.stripes, 67108864", "TIED, w.stripes, 67108864", "PACKED, sketch.bits, 64"})
    void aSizeOfPatternsThatNoFileHasAndASyncVouchesFor(Layout layout, String first, int bytes) throws IOException {
        write(layout, LARGEST, Entries.memorized(1, 0, -1, "a"), Entries.synced(2, 1));
        Map<String, String> answers = answers();
        String cut =
                "stripe file is cut: store/%s: expected at least %d bytes for 1 neurons, found 0; restore it from a copy, or run engram salvage"
                        .formatted(first, bytes);
        assertEquals(cut, answers.get("read"));
        assertEquals(cut, answers.get("write"));
        assertSalvagesNothing(first, bytes, answers.get("salvage"));
    }

    private static void assertSalvagesNothing(String first, int bytes, String answer) {
        String expected = "0 live, 1 lost, [" + lost(first + ": offset 0", bytes, 0) + ", ";
        assertEquals(expected, answer.substring(0, Math.min(expected.length(), answer.length())));
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
                    return report.live() + " live, " + Sentences.of(report.problems());
                });
            }
            say("salvage", () -> {
                SalvageReport report = StoreCare.salvage(store, store.resolveSibling("salvaged"), NONE);
                return report.neurons() + " live, " + report.lostNeurons() + " lost, " + Sentences.of(report.lost());
            });
            say(
                    "copy",
                    () -> StoreCare.copy(store, store.resolveSibling("copy"), NONE)
                            .toString());
            say(
                    "compact",
                    () -> StoreCare.compact(store, store.resolveSibling("compact"), NONE)
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
