package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.store.StoreOptions;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;
import org.engram.store.fixture.InterceptedMedium;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.medium.Medium;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InspectorTest {

    private static final Geometry G = new Geometry(5, 7);
    private static final int STRIPE = 192;

    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void fill() {
        dir = temp.resolve("store");
        try (PatternStore store = PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G))) {
            for (int i = 0; i < 4; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
            store.forget("k1");
            store.replace("k2", Patterns.realValued(G, 9));
        }
    }

    private static StoreReport verify(Path dir) {
        return StoreCare.verify(dir, (done, total) -> {});
    }

    private void flip(String name, long at) throws IOException {
        StoreBytes.flip(dir.resolve(name), at);
    }

    @Test
    void aSoundStoreIsReportedWithAllItsNeurons() {
        List<Integer> done = new ArrayList<>();
        StoreReport report = StoreCare.verify(dir, (at, total) -> {
            assertEquals(5, total);
            done.add(at);
        });
        assertEquals(List.of(1, 2, 3, 4, 5), done);
        assertTrue(report.isSound());
        assertEquals(3, report.live());
        assertEquals(2, report.retired());
        assertEquals(5, report.checked());
        assertEquals("1", report.format());
        assertEquals(Layout.FULL, report.layout());
        assertEquals(2 * STRIPE + 64, report.bytesPerNeuron());
        assertEquals(List.of(), Sentences.of(report.notes()));
        assertEquals(
                List.of("k0 true false", "k1 true true", "k2 true true", "k3 true false", "k2 false false"),
                report.neurons().stream()
                        .map(n -> n.key() + " " + n.twoValued() + " " + n.retired())
                        .toList());
        assertEquals(
                List.of(
                        "header 128",
                        "journal 496",
                        "w.stripes 960",
                        "v.stripes 960",
                        "sketch.bits 320",
                        "plane.bits 0"),
                report.files().stream()
                        .map(file -> file.name() + " " + file.bytes())
                        .toList());
        assertEquals(128 + 6 * 72 + 64 + 5 * (2 * STRIPE + 64), report.bytes());
        assertTrue(report.writer().isEmpty());
        assertEquals(0, StoreCare.inspect(dir).checked());
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aFlippedBitOfAnyPartIsFoundWithItsPlaceAndItsRemedy(Layout layout) throws IOException {
        Geometry wide = new Geometry(19, 29);
        dir = temp.resolve("wide");
        try (PatternStore store =
                PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(wide).withLayout(layout))) {
            for (int i = 0; i < 4; i++) {
                store.memorize("k" + i, Patterns.random(wide, i));
            }
            store.forget("k1");
            store.replace("k2", layout == Layout.PACKED ? Patterns.random(wide, 9) : Patterns.realValued(wide, 9));
        }
        for (Part part : Part.of(layout)) {
            int stripe = Math.toIntExact(part.stripeBytes(wide));
            String remedy = part.isBits() && layout != Layout.PACKED
                    ? "engram rebuild derives it anew"
                    : "restore it from a copy, or run engram salvage";
            Path file = dir.resolve(part.fileName);
            assertEquals(5L * stripe, Files.size(file));
            for (int at = 0; at < 5 * stripe; at += 1 + stripe / 37) {
                StoreBytes.flip(file, at);
                StoreReport report = verify(dir);
                assertEquals(1, report.problems().size());
                int neuron = at / stripe;
                String problem = Sentences.of(report.problems()).get(0);
                assertTrue(
                        problem.matches(
                                "stripe is damaged: \\Q%s\\E: offset %d: expected CRC32C [0-9a-f]{8} for neuron %d, found [0-9a-f]{8}; %s"
                                        .formatted(file, neuron * stripe, neuron, remedy)),
                        problem);
                assertEquals(List.of(), Sentences.of(report.notes()));
                StoreBytes.flip(file, at);
            }
        }
        assertTrue(verify(dir).isSound());
        assertEquals(5, verify(dir).checked());
    }

    @Test
    void aMissingFileIsAProblemThatNamesItsRemedy() throws IOException {
        for (Part part : Part.of(Layout.FULL)) {
            Path file = dir.resolve(part.fileName);
            byte[] whole = Files.readAllBytes(file);
            Files.delete(file);
            String remedy =
                    part.isBits() ? "engram rebuild derives it anew" : "restore it from a copy, or run engram salvage";
            assertEquals(
                    List.of("store is incomplete: %s: expected a regular file, found none; %s".formatted(file, remedy)),
                    Sentences.of(verify(dir).problems()));
            Files.write(file, whole);
        }
        assertTrue(verify(dir).isSound());
    }

    @Test
    void aCutStripeFileAndADamagedJournalAreProblemsNotExceptions() throws IOException {
        byte[] v = Files.readAllBytes(dir.resolve("v.stripes"));
        Files.write(dir.resolve("v.stripes"), java.util.Arrays.copyOf(v, 700));
        StoreReport cut = verify(dir);
        assertEquals(
                "stripe file is cut: %s: expected 960 bytes for 5 neurons, found 700; restore it from a copy, or run engram salvage"
                        .formatted(dir.resolve("v.stripes")),
                Sentences.of(cut.problems()).get(0));
        assertEquals(
                "stripe is damaged: %s: offset 576: expected the 192 bytes of neuron 3, found 124; restore it from a copy, or run engram salvage"
                        .formatted(dir.resolve("v.stripes")),
                Sentences.of(cut.problems()).get(1));
        Files.write(dir.resolve("v.stripes"), v);
        flip("journal", 80);
        StoreReport damaged = verify(dir);
        assertFalse(damaged.isSound());
        assertTrue(Sentences.of(damaged.problems())
                .get(0)
                .startsWith("journal is damaged: " + dir.resolve("journal") + ": offset 72: "));
        Files.delete(dir.resolve("w.stripes"));
        assertFalse(StoreCare.inspect(dir).isSound());
    }

    @Test
    void theRemainsOfAnAppendAreANoteAndAWriterIsNamed() throws IOException {
        try (PatternStore writer = PatternStore.open(dir)) {
            writer.memorize("more", Patterns.random(G, 5));
            StoreReport report = verify(dir);
            assertTrue(report.isSound());
            assertEquals(4, report.live());
            assertEquals(
                    ProcessHandle.current().pid(),
                    report.writer().orElseThrow().pid().getAsLong());
        }
        Files.write(dir.resolve("journal"), new byte[5], java.nio.file.StandardOpenOption.APPEND);
        Files.write(dir.resolve("w.stripes"), new byte[9], java.nio.file.StandardOpenOption.APPEND);
        long end = Files.size(dir.resolve("journal")) - 5;
        StoreReport report = verify(dir);
        assertTrue(report.isSound());
        assertEquals(
                List.of(
                        "incomplete append: %s: offset %d: expected a record, found the remains of one"
                                .formatted(dir.resolve("journal"), end),
                        "incomplete append: %s: offset 1152: expected the end of the file, found 9 bytes more"
                                .formatted(dir.resolve("w.stripes"))),
                Sentences.of(report.notes()));
        assertEquals(5, Files.size(dir.resolve("journal")) - end, "an inspection writes nothing");
    }

    @Test
    void whatNoSyncVouchesForIsANoteWhenAPowerLossTookIt() throws IOException {
        try (PatternStore writer = PatternStore.open(dir)) {
            writer.memorize("more", Patterns.random(G, 5));
        }
        byte[] journal = Files.readAllBytes(dir.resolve("journal"));
        Files.write(dir.resolve("journal"), java.util.Arrays.copyOf(journal, journal.length - 64));
        flip("v.stripes", 5 * STRIPE + 3);
        StoreReport report = verify(dir);
        assertTrue(report.isSound(), Sentences.of(report.problems()).toString());
        assertEquals(1, report.notes().size());
        String note = Sentences.of(report.notes()).get(0);
        assertTrue(
                note.startsWith("stripe is damaged: " + dir.resolve("v.stripes") + ": offset 960: expected CRC32C ")
                        && note.endsWith("; no SYNC vouches for it, and opening leaves it out"),
                note);
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertFalse(reader.contains("more"));
            assertTrue(
                    Sentences.of(reader.recovery())
                            .startsWith("incomplete append: " + dir.resolve("v.stripes") + ": offset 960: "),
                    Sentences.of(reader.recovery()));
        }
    }

    @Test
    void whatNoSyncVouchesForCountsWhenItIsWhole() throws IOException {
        try (PatternStore writer = PatternStore.open(dir)) {
            writer.forget("k3");
            writer.memorize("more", Patterns.random(G, 5));
        }
        StoreBytes.cut(dir.resolve("journal"), Files.size(dir.resolve("journal")) - JournalRecord.HEAD);
        StoreReport report = verify(dir);
        assertEquals(List.of(), Sentences.of(report.problems()));
        assertEquals(List.of(), Sentences.of(report.notes()));
        assertEquals(3, report.live());
        assertEquals(6, report.checked());
    }

    @Test
    void theStripesOfABatchThatIsNotWholeAreItsRemains() throws IOException {
        try (PatternStore writer = PatternStore.open(dir)) {
            writer.memorizeAll(Map.of("m0", Patterns.random(G, 5), "m1", Patterns.random(G, 6))
                    .entrySet());
        }
        long end = Files.size(dir.resolve("journal"));
        StoreBytes.cut(dir.resolve("journal"), end - JournalRecord.HEAD - 72);
        StoreReport report = verify(dir);
        assertEquals(List.of(), Sentences.of(report.problems()));
        assertEquals(
                List.of("incomplete append: %s: offset %d: expected the records of 2 neurons, found those of fewer"
                        .formatted(dir.resolve("journal"), end - 2 * JournalRecord.HEAD - 2 * 72)),
                Sentences.of(report.notes()));
        assertEquals(5, report.checked());
    }

    @Test
    void stripesThatTheDiskDoesNotGiveAreDamagedAndTheOthersAreChecked() throws IOException {
        Path v = dir.resolve("v.stripes");
        Medium broken = new InterceptedMedium(StoreDirectory.DISK) {
            @Override
            protected void on(Call call, Path path, Pending pending) throws IOException {
                if (call == Call.READ && path.equals(v)) {
                    throw new IOException("Input/output error");
                }
                pending.make();
            }
        };
        flip("w.stripes", 3 * STRIPE);
        StoreReport report =
                Inspector.verify(new StoreDirectory(dir, broken), VerifyLevel.CHECKSUMS, (done, total) -> {});
        List<String> problems = new ArrayList<>(Sentences.of(report.problems()));
        assertEquals(6, problems.size());
        assertTrue(problems.remove(3).startsWith("stripe is damaged: " + dir.resolve("w.stripes")));
        for (int neuron = 0; neuron < 5; neuron++) {
            assertEquals(
                    "stripe is damaged: %s: offset %d: expected the bytes of neuron %d, found none (Input/output error); restore it from a copy, or run engram salvage"
                            .formatted(v, neuron * STRIPE, neuron),
                    problems.get(neuron));
        }
        assertEquals(5, report.checked());
    }

    @Test
    void aJournalThatEndsLongBeforeTheStripesIsNotedAsAPowerLossLeavesIt() throws IOException {
        byte[] journal = Files.readAllBytes(dir.resolve("journal"));
        Files.write(dir.resolve("journal"), java.util.Arrays.copyOf(journal, 2 * 72));
        StoreReport report = verify(dir);
        assertEquals(
                "journal lacks records: %s: expected 384 bytes for 2 neurons, found 960; a power loss leaves this, and appends overwrite it; if the journal was cut, restore it from a copy first"
                        .formatted(dir.resolve("w.stripes")),
                Sentences.of(report.notes()).get(0));
        assertTrue(report.isSound());
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertEquals(
                    "journal lacks records: %s: expected 2 stripes, as the journal has, found 5; appends overwrite the others"
                            .formatted(dir.resolve("w.stripes")),
                    Sentences.of(reader.recovery()));
        }
        Files.write(dir.resolve("journal"), new byte[0]);
        assertTrue(verify(dir).isSound());
        assertEquals(List.of(), verify(dir).neurons());
    }

    /** To the byte: one append leaves a stripe at most. */
    @Test
    void moreThanOneStripeWithoutARecordIsMoreThanAnAppendLeaves() throws IOException {
        Path w = dir.resolve("w.stripes");
        byte[] whole = Files.readAllBytes(w);
        Files.write(w, java.util.Arrays.copyOf(whole, 960 + 192));
        assertEquals(
                List.of("incomplete append: %s: offset 960: expected the end of the file, found 192 bytes more"
                        .formatted(w)),
                Sentences.of(verify(dir).notes()));
        Files.write(w, java.util.Arrays.copyOf(whole, 960 + 193));
        assertEquals(
                List.of(
                        "journal lacks records: %s: expected 960 bytes for 5 neurons, found 1153; a power loss leaves this, and appends overwrite it; if the journal was cut, restore it from a copy first"
                                .formatted(w)),
                Sentences.of(verify(dir).notes()));
        Files.write(w, java.util.Arrays.copyOf(whole, 959));
        assertEquals(
                List.of(
                        "stripe file is cut: %s: expected 960 bytes for 5 neurons, found 959; restore it from a copy, or run engram salvage"
                                .formatted(w),
                        "stripe is damaged: %s: offset 768: expected the 192 bytes of neuron 4, found 191; restore it from a copy, or run engram salvage"
                                .formatted(w)),
                Sentences.of(verify(dir).problems()));
    }
}
