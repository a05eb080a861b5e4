package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.engram.store.Doors;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Progress;
import org.engram.store.SalvageReport;
import org.engram.store.StoreCare;
import org.engram.store.StoreOptions;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.neurons.Learner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is whole in a damaged store comes out of it, and nothing else does. */
class SalvageTest {

    private static final Progress SILENT = CareStores.SILENT;
    private static final int STEP = Campaign.SALVAGE_STEP;

    @TempDir
    Path temp;

    private int targets;

    private Path target() {
        return temp.resolve("salvaged " + targets);
    }

    /** Salvages into a new place, and makes sure that the source is untouched and that what came out is sound. */
    private SalvageReport salvage(Path store) throws IOException {
        targets++;
        Map<String, byte[]> before = StoreBytes.of(store);
        SalvageReport report = StoreCare.salvage(store, target(), SILENT);
        StoreBytes.assertSame(before, StoreBytes.of(store));
        StoreReport salvaged = StoreCare.verify(target(), VerifyLevel.WEIGHTS, SILENT);
        assertEquals(List.of(), Sentences.of(salvaged.problems()));
        assertEquals(List.of(), Sentences.of(salvaged.notes()));
        assertEquals(report.neurons(), salvaged.live());
        assertEquals(0, salvaged.retired());
        return report;
    }

    private void assertRefused(Class<? extends EngramException> type, String message, Path store) {
        targets++;
        assertEquals(
                message,
                assertThrows(type, () -> StoreCare.salvage(store, target(), SILENT))
                        .getMessage());
        assertTrue(Files.notExists(target()));
    }

    private static void assertLines(List<String> patterns, List<String> lines) {
        assertEquals(patterns.size(), lines.size(), lines.toString());
        for (int i = 0; i < patterns.size(); i++) {
            assertTrue(lines.get(i).matches(patterns.get(i)), lines.get(i));
        }
    }

    @Test
    void aSoundStoreOfAnyKindIsSalvagedWhole() throws IOException {
        for (Path store : CareStores.all(temp)) {
            SalvageReport report = salvage(store);
            int live = StoreCare.inspect(store).live();
            assertEquals(new SalvageReport(live, 0, List.of(), List.of()), report, store.toString());
            assertTrue(StoreCare.diff(store, target(), SILENT).isEmpty());
            StoreReport salvaged = StoreCare.inspect(target());
            assertEquals("1", salvaged.format());
            assertEquals(StoreCare.inspect(store).layout(), salvaged.layout());
            assertNotEquals(StoreCare.inspect(store).uuid(), salvaged.uuid());
        }
    }

    /** Where the records of a journal begin, and its end. */
    private static List<Integer> records(byte[] journal) {
        List<Integer> offsets = new ArrayList<>();
        for (int at = 0; at < journal.length; at += (journal[at] & 0xFF) | (journal[at + 1] & 0xFF) << 8) {
            offsets.add(at);
        }
        offsets.add(journal.length);
        return offsets;
    }

    /** What each key has ever shown. */
    private static Map<String, Set<Pattern>> everShown(Layout layout) {
        Map<String, Set<Pattern>> shown = new HashMap<>();
        Geometry g = CareStores.G;
        for (int i = 0; i < 4; i++) {
            shown.put("k" + i, new HashSet<>(Set.of(shown(Patterns.random(g, i)))));
        }
        shown.get("k2").add(shown(Patterns.random(g, 4)));
        boolean soft = layout != Layout.PACKED;
        shown.put(
                "soft",
                Set.of(
                        shown(soft ? Patterns.realValued(g, 5) : Patterns.random(g, 5)),
                        shown(soft ? Patterns.realValued(g, 6) : Patterns.random(g, 6))));
        shown.put("black", Set.of(Patterns.all(g, 0)));
        return shown;
    }

    /** A pattern as the store gives it back: what its rule made of a real-valued one is turned round, and rounds. */
    private static Pattern shown(Pattern pattern) {
        if (pattern.isTwoValued()) {
            return pattern;
        }
        Learner learner = new Learner(CareStores.RULE, pattern.geometry());
        learner.learn(Doors.picture(pattern));
        float[] values = Arrays.copyOf(learner.w(), pattern.geometry().pixels());
        Learner.unlearnW(CareStores.RULE, values);
        return Pattern.of(pattern.geometry(), values);
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void oneDamagedByteOfTheJournalLosesItsRecordAtMostAndLetsNothingWrongIn(Layout layout) throws IOException {
        Path store = CareStores.create(temp.resolve("store"), layout);
        Map<String, Pattern> whole = CareStores.contents(store);
        Map<String, Set<Pattern>> ever = everShown(layout);
        byte[] journal = Files.readAllBytes(store.resolve("journal"));
        // Which live keys each record memorized; the others are FORGETs, SYNCs, and what was replaced since.
        List<String> keys = List.of("k0", "", "", "k3", "", "", "k2", "", "soft", "black", "");
        List<Integer> records = records(journal);
        assertEquals(keys.size() + 1, records.size());
        for (int at = 0; at < journal.length; at += STEP) {
            int offset = at;
            int record = (int) records.stream().filter(begin -> begin <= offset).count() - 1;
            byte[] damaged = journal.clone();
            damaged[at] ^= (byte) 0x41;
            Files.write(store.resolve("journal"), damaged);
            SalvageReport report = salvage(store);
            boolean last = record == keys.size() - 1;
            assertEquals(
                    last ? 0 : 1,
                    report.lost().stream()
                            .filter(loss -> loss.what().equals("records are lost"))
                            .count());
            assertEquals(
                    last, report.lost().isEmpty(), Sentences.of(report.lost()).toString());
            assertFalse(record > 0 && report.notes().isEmpty());
            Map<String, Pattern> found = CareStores.contents(target());
            for (Map.Entry<String, Pattern> one : whole.entrySet()) {
                if (!keys.get(record).equals(one.getKey())) {
                    assertEquals(one.getValue(), found.get(one.getKey()), one.getKey() + " at " + at);
                }
            }
            found.forEach((key, pattern) -> assertTrue(ever.get(key).contains(pattern), key));
            if (report.notes().stream().noneMatch(note -> note.what().equals("a pattern may have come back"))) {
                found.forEach((key, pattern) -> assertEquals(whole.get(key), pattern));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void noDamageToOneByteOfAPartLosesANeuronThatAnotherPartTells(Layout layout) throws IOException {
        Path store = CareStores.create(temp.resolve("store"), layout);
        Map<String, Pattern> whole = CareStores.contents(store);
        List<Integer> live = List.of(0, 3, 4, 6, 7);
        Map<Integer, String> keys = Map.of(0, "k0", 3, "k3", 4, "k2", 6, "soft", 7, "black");
        for (Part part : Part.of(layout)) {
            Path file = store.resolve(part.fileName);
            byte[] bytes = Files.readAllBytes(file);
            int stripe = bytes.length / 8;
            for (int at = 0; at < bytes.length; at += stripe > 64 ? 31 * STEP : STEP) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) 0x41;
                Files.write(file, damaged);
                SalvageReport report = salvage(store);
                int neuron = at / stripe;
                Map<String, Pattern> found = CareStores.contents(target());
                Map<String, Pattern> expected = new HashMap<>(whole);
                // Of real values only w tells w, where v is not w times a power of two, or is not there.
                boolean lost = live.contains(neuron) && (layout == Layout.PACKED || (part == Part.W && neuron == 6));
                if (lost) {
                    expected.remove(keys.get(neuron));
                    assertLines(
                            List.of(
                                    "neuron is lost: \\Q%s\\E: offset %d: expected CRC32C [0-9a-f]{8} for neuron %d, found [0-9a-f]{8}; nothing else tells the weights of neuron %d under \"%s\""
                                            .formatted(file, neuron * stripe, neuron, neuron, keys.get(neuron))),
                            Sentences.of(report.lost()));
                } else {
                    assertEquals(List.of(), Sentences.of(report.lost()));
                }
                assertLines(
                        lost || !live.contains(neuron)
                                ? List.of()
                                : List.of(
                                        "derived anew: \\Q%s\\E, neurons: 1, the first because of damage: \\Q%s\\E: offset %d: expected CRC32C [0-9a-f]{8} for neuron %d, found [0-9a-f]{8}"
                                                .formatted(part.fileName, file, neuron * stripe, neuron)),
                        Sentences.of(report.notes()));
                assertEquals(lost ? 1 : 0, report.lostNeurons());
                assertEquals(expected, found, file + " at " + at);
            }
            Files.write(file, bytes);
        }
    }

    @Test
    void anyOneBitOfTheHeaderIsMendedAndMoreAreNot() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.TIED);
        Map<String, Pattern> whole = CareStores.contents(store);
        Path file = store.resolve("header");
        byte[] header = Files.readAllBytes(file);
        for (int bit = 0; bit < 1024; bit += STEP) {
            byte[] damaged = header.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            SalvageReport report = salvage(store);
            assertEquals(
                    List.of(
                            "header is damaged: %s: offset %d: expected byte %02x, found %02x; read as if that bit had not flipped"
                                    .formatted(file, bit / 8, header[bit / 8], damaged[bit / 8])),
                    Sentences.of(report.notes()));
            assertEquals(List.of(), Sentences.of(report.lost()));
            assertEquals(whole, CareStores.contents(target()));
            assertEquals(header(header), header(Files.readAllBytes(target().resolve("header"))));
        }
        String beyond =
                "header is damaged: %s: offset 0: expected the 128 bytes of a header, or all but one bit of them, found %s; copy the file header from a copy of this store, as engram copy makes them: it never changes";
        header[20] ^= 3;
        Files.write(file, header);
        assertRefused(EngramException.Corrupt.class, beyond.formatted(file, "more than one wrong bit"), store);
        Files.write(file, Arrays.copyOf(header, 127));
        assertRefused(EngramException.Corrupt.class, beyond.formatted(file, "127 bytes"), store);
        Files.write(file, Arrays.copyOf(header, 129));
        assertRefused(EngramException.Corrupt.class, beyond.formatted(file, "more"), store);
        Files.delete(file);
        assertRefused(EngramException.Corrupt.class, beyond.formatted(file, "none"), store);
        Files.createDirectory(temp.resolve("nothing"));
        assertRefused(
                EngramException.NotAStore.class,
                "not a store: %s: expected a file named header, found none; name the directory of a store, or create one"
                        .formatted(temp.resolve("nothing")),
                temp.resolve("nothing"));
    }

    /** The settings of a header, without identity, time and checksum. */
    private static List<Byte> header(byte[] header) {
        List<Byte> settings = new ArrayList<>();
        for (int at = 0; at < 124; at++) {
            if (at < 48 || at >= 72) {
                settings.add(header[at]);
            }
        }
        return settings;
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aFileThatIsMissingOrCutIsALossOfThatPartOnly(Layout layout) throws IOException {
        Path store = CareStores.create(temp.resolve("store"), layout);
        Map<String, byte[]> files = StoreBytes.of(store);
        Map<String, Pattern> whole = CareStores.contents(store);
        Map<String, Pattern> twoValued = new HashMap<>(whole);
        twoValued.remove("soft");
        for (Part part : Part.of(layout)) {
            Path file = store.resolve(part.fileName);
            Files.delete(file);
            SalvageReport report = salvage(store);
            assertEquals(
                    "store is incomplete: %s: expected a regular file, found none; what it held is derived where something else tells it"
                            .formatted(file),
                    Sentences.of(report.lost()).get(0));
            Map<String, Pattern> expected = layout == Layout.PACKED ? Map.of() : part == Part.W ? twoValued : whole;
            assertEquals(expected, CareStores.contents(target()), part.fileName);
            assertEquals(whole.size() - expected.size(), report.lostNeurons());
            assertEquals(1 + report.lostNeurons(), report.lost().size());
            StoreBytes.restore(store, files);
            StoreBytes.cut(file, Files.size(file) / 8 * 6 + 1);
            report = salvage(store);
            Map<String, Pattern> found = CareStores.contents(target());
            assertEquals(whole.get("k2"), found.get("k2"));
            assertEquals(layout == Layout.PACKED || part == Part.W, !found.containsKey("soft"));
            assertEquals(layout == Layout.PACKED, !found.containsKey("black"));
            assertEquals(whole.size() - found.size(), report.lostNeurons());
            StoreBytes.restore(store, files);
        }
        Files.delete(store.resolve("journal"));
        assertRefused(
                EngramException.Corrupt.class,
                "store is incomplete: %s: expected a regular file, found none; restore it from a copy"
                        .formatted(store.resolve("journal")),
                store);
    }

    @Test
    void weightsWhoseGainIsAPowerOfTwoComeBackFromV() throws IOException {
        Path store =
                CareStores.create(temp.resolve("store"), Layout.FULL, CareStores.G, new LearningRule(0.7f, 0.5f, 1, 1));
        Map<String, Pattern> whole = CareStores.contents(store);
        Files.delete(store.resolve("w.stripes"));
        assertEquals(5, salvage(store).neurons());
        assertEquals(whole, CareStores.contents(target()));
    }

    /** A bit that is no pixel's: the checksum of the bits does not match, and yet they are those of the weights. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED"})
    void bitsWithoutAChecksumAreProvenByThatOfTheWeights(Layout layout) throws IOException {
        Path store = CareStores.create(temp.resolve("store"), layout);
        Map<String, Pattern> whole = CareStores.contents(store);
        StoreBytes.flip(store.resolve("w.stripes"), 3 * 2240 + 8);
        if (layout == Layout.FULL) {
            StoreBytes.flip(store.resolve("v.stripes"), 3 * 2240 + 8);
        }
        Path planes = store.resolve("plane.bits");
        byte[] bits = Files.readAllBytes(planes);
        bits[3 * 64 + 63] ^= (byte) 0x80;
        Files.write(planes, bits);
        SalvageReport report = salvage(store);
        assertEquals(List.of(), Sentences.of(report.lost()));
        assertEquals(layout == Layout.FULL ? 3 : 2, report.notes().size());
        assertEquals(whole, CareStores.contents(target()));
        bits[3 * 64] ^= 1;
        Files.write(planes, bits);
        assertEquals(1, salvage(store).lostNeurons());
    }

    @Test
    void weightsOfTheFirstNeuronAreDerivedWhenItIsRealValued() throws IOException {
        Path store = temp.resolve("store");
        try (PatternStore made = PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(CareStores.G))) {
            made.memorize("soft", Patterns.realValued(CareStores.G, 1));
        }
        Map<String, Pattern> whole = CareStores.contents(store);
        StoreBytes.flip(store.resolve("v.stripes"), 5);
        assertEquals(1, salvage(store).neurons());
        assertEquals(whole, CareStores.contents(target()));
    }

    @Test
    void stripesThatAreDerivedAnewAreCountedAndTheFirstIsNamed() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Path v = store.resolve("v.stripes");
        long stripe = Files.size(v) / 8;
        for (int neuron : new int[] {3, 4, 7}) {
            StoreBytes.flip(v, neuron * stripe + 5);
        }
        targets++;
        List<String> progress = new ArrayList<>();
        SalvageReport report = StoreCare.salvage(store, target(), (done, total) -> progress.add(done + " of " + total));
        assertLines(
                List.of(
                        "derived anew: v.stripes, neurons: 3, the first because of damage: \\Q%s\\E: offset %d: expected CRC32C .* for neuron 3, found .*"
                                .formatted(v, 3 * stripe)),
                Sentences.of(report.notes()));
        assertEquals(List.of("1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5"), progress);
        assertEquals(CareStores.contents(store), CareStores.contents(target()));
    }

    @Test
    void lostRecordsAreToldWithTheirPlaceAndWhatTheyMayHaveForgotten() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Path journal = store.resolve("journal");
        byte[] bytes = Files.readAllBytes(journal);
        List<Integer> at = records(bytes);
        Files.write(journal, zeroed(bytes, at.get(4), at.get(7)));
        SalvageReport report = salvage(store);
        assertEquals(
                List.of(
                        "records are lost: %s: offset %d: expected record 5, found none up to offset %d, where record 8 is; damage hides 3"
                                .formatted(journal, at.get(4), at.get(7)),
                        "neurons are lost: %s: offset %d: expected the records of neurons 4 up to 4, found none; their keys are not known"
                                .formatted(journal, at.get(4))),
                Sentences.of(report.lost()));
        assertEquals(
                List.of(
                        "a pattern may have come back: %s: offset %d; what the lost records forgot or replaced of the neurons before them is live again"
                                .formatted(journal, at.get(4)),
                        "criteria may be older ones: %s: offset %d; a lost record may have set others, engram calibrate recommends some"
                                .formatted(journal, at.get(4))),
                Sentences.of(report.notes()));
        assertEquals(1, report.lostNeurons());
        Map<String, Pattern> found = CareStores.contents(target());
        assertEquals(Set.of("k0", "k1", "k2", "k3", "soft", "black"), found.keySet());
        assertEquals(shown(Patterns.random(CareStores.G, 2)), found.get("k2"), "as before it was replaced");
        Files.write(journal, zeroed(bytes, at.get(1), at.get(2)));
        assertEquals(0, salvage(store).lostNeurons(), "a later record says that k1 is forgotten");
        Files.write(journal, zeroed(bytes, 0, bytes.length));
        report = salvage(store);
        assertEquals(0, report.neurons());
        assertEquals(List.of(), Sentences.of(report.lost()));
        assertLines(
                List.of(
                        "journal has no record at its end: .*: offset 0: expected a record, found %d bytes that are no record; .*"
                                .formatted(bytes.length),
                        "stripes have no record: .*w.stripes: offset 0: .*",
                        "stripes have no record: .*v.stripes: offset 0: .*",
                        "stripes have no record: .*sketch.bits: offset 0: .*",
                        "stripes have no record: .*plane.bits: offset 0: .*"),
                Sentences.of(report.notes()));
    }

    private static byte[] zeroed(byte[] bytes, int from, int to) {
        byte[] copy = bytes.clone();
        Arrays.fill(copy, from, to, (byte) 0);
        return copy;
    }

    /** The journal is longer than what is read of it at a time, and damaged there too. */
    @Test
    void aLongJournalIsReadOnBehindEveryDamage() throws IOException {
        Path store = temp.resolve("store");
        Geometry g = new Geometry(3, 3);
        String prefix = "k".repeat(1000);
        try (PatternStore open = PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(g))) {
            for (int i = 0; i < 600; i++) {
                open.memorize(prefix + i, Patterns.random(g, i));
            }
        }
        Path journal = store.resolve("journal");
        byte[] bytes = Files.readAllBytes(journal);
        List<Integer> at = records(bytes);
        List<Integer> damaged = List.of(0, 100, 101, 244, 245, 300, 599);
        damaged.forEach(record -> bytes[at.get(record) + 70] ^= 1);
        Arrays.fill(bytes, (256 << 10) - 5, (256 << 10) + 5, (byte) 0x40);
        Files.write(journal, bytes);
        SalvageReport report = salvage(store);
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 600; i++) {
            int record = i;
            boolean hit =
                    damaged.contains(i) || (at.get(record) < (256 << 10) + 5 && at.get(record + 1) > (256 << 10) - 5);
            if (!hit) {
                expected.add(prefix + i);
            }
        }
        assertEquals(expected, CareStores.contents(target()).keySet());
        assertEquals(600 - expected.size(), report.lostNeurons());
    }

    @Test
    void forgedWeightsDoNotGetIn() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        byte[] planes = Files.readAllBytes(store.resolve("plane.bits"));
        planes[3 * 64 + 63] = 8;
        Files.write(store.resolve("plane.bits"), planes);
        CareStores.sign(store);
        SalvageReport report = salvage(store);
        assertEquals(
                List.of(
                        "neuron is lost, its weights contradict the learning rule: %s: offset 255: expected byte 00 in the bits of neuron 3, found 08; it is under \"k3\""
                                .formatted(store.resolve("plane.bits"))),
                Sentences.of(report.lost()));
        assertEquals(
                Set.of("k0", "k2", "soft", "black"),
                CareStores.contents(target()).keySet());
    }

    @Test
    void aStoreThatAWriterHasOpenIsRefused() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        try (PatternStore open = PatternStore.open(store)) {
            assertFalse(open.isReadOnly());
            assertRefused(
                    EngramException.Locked.class,
                    "store is open for writing: %s: expected no writer, found %s; close it there"
                            .formatted(store, StoreCare.writer(store).orElseThrow()),
                    store);
        }
        assertEquals(5, salvage(store).neurons());
    }

    @Test
    void aTargetInTheWayIsRefusedAndAFailureLeavesNothing() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Path inside = store.resolve("salvaged");
        EngramException e =
                assertThrows(EngramException.AlreadyExists.class, () -> StoreCare.salvage(store, inside, SILENT));
        assertEquals(
                "cannot create a store: %s: expected a place outside of %s, found one within; choose another path"
                        .formatted(inside, store),
                e.getMessage());
        RuntimeException stop = new IllegalStateException("stop");
        assertThrows(
                IllegalStateException.class,
                () -> StoreCare.salvage(store, target(), (done, total) -> {
                    throw stop;
                }));
        try (Stream<Path> left = Files.list(temp)) {
            assertEquals(List.of(store), left.toList());
        }
    }
}
