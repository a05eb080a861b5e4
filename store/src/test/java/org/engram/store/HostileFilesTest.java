package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.Checksums;
import org.engram.store.fixture.DamageOracle;
import org.engram.store.fixture.DamagedDirectory;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.Specimen;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bit, every byte, every length and every file of small stores of each layout: what {@link DamageOracle} says. */
class HostileFilesTest {

    /**
     * False: of the first store every bit of the header, some changes of the first record of each kind, and one change of
     * every other byte; of the other stores one change of some bytes. Lengths end in the same records, and beside every other.
     */
    private static final boolean EXHAUSTIVE = Campaign.EXHAUSTIVE;

    private static final int STEP = 11;
    private static final int ALL_CHANGES = 10;
    /** The first changes of a byte, which differ from one byte to the next, so that a record meets all. */
    private static final int SOME_CHANGES = 3;

    private static final int RECORDS = 32;
    /** Of a record's kind within it. */
    private static final int KIND_OFFSET = 8;
    /** A writer waits for the device, so it opens only one of this number of damages. */
    private static final int ONE_WRITTEN_IN = 100;

    private static final int SOME_WRITTEN = EXHAUSTIVE ? 1 : 8;

    private static final Logger LOG = Logger.getLogger("org.engram.store");
    private static final List<Specimen> SPECIMENS = Specimen.all();

    @TempDir
    Path temp;

    private int checked;

    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF); // of every recovery
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    static List<Specimen> specimens() {
        return SPECIMENS;
    }

    /** What a test does with every damage. */
    private interface Check {
        void of(Map<String, byte[]> files) throws IOException;
    }

    private interface Damages {
        void each(Check check) throws IOException;
    }

    /** Checks every damage, and that reading it changed nothing. */
    private void check(Specimen specimen, boolean forged, int oneWrittenIn, Damages damages) throws IOException {
        try (DamagedDirectory directory = new DamagedDirectory(temp.resolve("store"))) {
            DamageOracle oracle = new DamageOracle(specimen, directory.path());
            damages.each(files -> {
                directory.put(files);
                oracle.checkReading(files, forged);
                StoreBytes.assertSame(files, StoreBytes.of(directory.path()));
                if (checked++ % oneWrittenIn == 0) {
                    oracle.checkWriting(files, forged);
                    directory.clear();
                }
            });
        }
    }

    private static int step(Specimen specimen) {
        return EXHAUSTIVE || specimen.equals(SPECIMENS.get(0)) ? 1 : STEP;
    }

    /** How many changes a byte of a record gets: some where it is the first of its kind in the first store. */
    private static int changes(Specimen specimen, int record) {
        boolean some = specimen.equals(SPECIMENS.get(0)) && isFirstOfItsKind(specimen, record);
        return EXHAUSTIVE ? ALL_CHANGES : some ? SOME_CHANGES : 1;
    }

    private static boolean isFirstOfItsKind(Specimen specimen, int record) {
        byte kind = specimen.journal()[record + KIND_OFFSET];
        return starts(specimen)
                .takeWhile(start -> start < record)
                .noneMatch(start -> specimen.journal()[start + KIND_OFFSET] == kind);
    }

    /** Where the records begin. */
    private static IntStream starts(Specimen specimen) {
        return specimen.states().stream()
                .mapToInt(Specimen.State::end)
                .limit(specimen.states().size() - 1);
    }

    private static Map<String, byte[]> with(Specimen specimen, String name, byte[] bytes) {
        Map<String, byte[]> files = new TreeMap<>(specimen.files());
        files.put(name, bytes);
        return files;
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void anUndamagedStoreIsSoundAndShowsEverything(Specimen specimen) throws IOException {
        check(specimen, false, 1, check -> check.of(specimen.files()));
        try (DamagedDirectory directory = new DamagedDirectory(temp.resolve("sound"))) {
            directory.put(specimen.files());
            StoreReport report = StoreCare.verify(directory.path(), (done, total) -> {});
            assertEquals(List.of(), Sentences.of(report.problems()));
            assertEquals(List.of(), Sentences.of(report.notes()));
            try (PatternStore reader = PatternStore.openReadOnly(directory.path())) {
                assertEquals("", Sentences.of(reader.recovery()));
                assertEquals(specimen.last().live(), ChangeScript.liveIn(reader));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void everyBitOfTheHeader(Specimen specimen) throws IOException {
        for (boolean forged : new boolean[] {false, true}) {
            check(specimen, forged, ONE_WRITTEN_IN, check -> {
                for (int bit = 0; bit < 8 * specimen.header().length; bit += step(specimen)) {
                    byte[] header = specimen.header().clone();
                    header[bit / 8] ^= (byte) (1 << bit % 8);
                    if (forged) {
                        Checksums.fixHeader(header);
                    }
                    check.of(with(specimen, StoreDirectory.HEADER, header));
                }
            });
        }
    }

    /** Bits flipped, and 00 and FF in its place; with the record's checksum as it was, and put right. */
    @ParameterizedTest
    @MethodSource("specimens")
    void everyByteOfTheJournal(Specimen specimen) throws IOException {
        int end = specimen.states()
                .get(Math.min(RECORDS, specimen.states().size() - 1))
                .end();
        for (boolean forged : new boolean[] {false, true}) {
            check(specimen, forged, ONE_WRITTEN_IN, check -> {
                for (int at = 0; at < end; at += step(specimen)) {
                    int record = recordAt(specimen, at);
                    for (int change = 0; change < changes(specimen, record); change++) {
                        byte[] journal = specimen.journal().clone();
                        journal[at] = changed(journal[at], (at + change) % ALL_CHANGES);
                        if (forged) {
                            Checksums.fixRecord(journal, record, specimen.header());
                        }
                        check.of(with(specimen, StoreDirectory.JOURNAL, journal));
                    }
                }
            });
        }
    }

    private static byte changed(byte value, int change) {
        return switch (change) {
            case 8 -> 0;
            case 9 -> (byte) 0xFF;
            default -> (byte) (value ^ 1 << change);
        };
    }

    private static int recordAt(Specimen specimen, int at) {
        int start = 0;
        for (Specimen.State state : specimen.states()) {
            start = state.end() <= at ? state.end() : start;
        }
        return start;
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void everyLengthOfTheJournal(Specimen specimen) throws IOException {
        check(specimen, false, ONE_WRITTEN_IN, check -> {
            for (int length = 0; length < specimen.journal().length; length++) {
                if (isTried(specimen, length)) {
                    check.of(with(specimen, StoreDirectory.JOURNAL, Arrays.copyOf(specimen.journal(), length)));
                }
            }
        });
    }

    private static boolean isTried(Specimen specimen, int length) {
        int record = recordAt(specimen, length);
        boolean besideAnEnd = starts(specimen).anyMatch(start -> Math.abs(start - length) <= 1);
        return changes(specimen, record) > 1 || besideAnEnd || length % STEP == 0;
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void stripesThatAreCutOrGrown(Specimen specimen) throws IOException {
        check(specimen, false, SOME_WRITTEN, check -> {
            for (Part part : specimen.parts()) {
                byte[] bytes = specimen.files().get(part.fileName);
                int stripe = Math.toIntExact(part.stripeBytes(specimen.geometry()));
                for (int length : new int[] {
                    0,
                    1,
                    stripe / 2,
                    bytes.length - stripe,
                    bytes.length - stripe - 1,
                    bytes.length - 1,
                    bytes.length + 1,
                    bytes.length + stripe,
                    bytes.length + stripe + 1,
                    bytes.length + 50 * stripe
                }) {
                    check.of(with(specimen, part.fileName, Arrays.copyOf(bytes, Math.max(0, length))));
                }
            }
        });
    }

    /** With another file of the same store, and with that of a store of the same shape. */
    @ParameterizedTest
    @MethodSource("specimens")
    void filesThatAreSwapped(Specimen specimen) throws IOException {
        List<String> names = List.copyOf(specimen.files().keySet());
        check(specimen, false, SOME_WRITTEN, check -> {
            for (String one : names) {
                for (String other : names) {
                    Map<String, byte[]> files =
                            with(specimen, one, specimen.files().get(other));
                    files.put(other, specimen.files().get(one));
                    check.of(files);
                }
            }
            for (String name : names.subList(1, names.size())) {
                swapWithStrangers(specimen, name, check);
            }
        });
        // With a sound header it is another store, of which nothing is known.
        check(specimen, true, SOME_WRITTEN, check -> swapWithStrangers(specimen, StoreDirectory.HEADER, check));
    }

    private static void swapWithStrangers(Specimen specimen, String name, Check check) throws IOException {
        for (Specimen stranger : SPECIMENS) {
            if (!stranger.equals(specimen) && stranger.files().containsKey(name)) {
                check.of(with(specimen, name, stranger.files().get(name)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void filesThatAreMissing(Specimen specimen) throws IOException {
        check(specimen, false, 1, check -> {
            for (String name : specimen.files().keySet()) {
                Map<String, byte[]> files = new TreeMap<>(specimen.files());
                files.remove(name);
                check.of(files);
            }
        });
    }

    @Test
    void aWeightThatIsNoNumberIsToldWithItsFile() throws IOException {
        Path dir = temp.resolve("store");
        Geometry geometry = new Geometry(5, 3);
        try (PatternStore store = PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(geometry))) {
            store.memorize("a", Patterns.random(geometry, 1));
            store.memorize("soft", Patterns.realValued(geometry, 2));
        }
        Path stripes = dir.resolve("w.stripes");
        byte[] bytes = Files.readAllBytes(stripes);
        Arrays.fill(bytes, 64 + 8, 64 + 12, (byte) 0xFF);
        Files.write(stripes, bytes);
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertEquals(
                    "stripe is damaged: %s: offset 64: expected finite weights of neuron 1, found weights that are not finite; restore it from a copy, or run engram salvage"
                            .formatted(stripes),
                    assertThrows(EngramException.Corrupt.class, () -> reader.pattern("soft"))
                            .getMessage());
            assertEquals(Patterns.random(geometry, 1), reader.pattern("a"));
        }
    }
}
