package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.Python;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.fixture.StoreDescription;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer and a reader in another language, which know FORMAT.md and nothing of this code, agree with it to the last bit. */
class IndependentFormatTest {

    private static final int HISTORIES = Campaign.HISTORIES;

    private static final List<Layout> LAYOUTS = List.of(Layout.values());

    private static final List<Geometry> GEOMETRIES = List.of(
            new Geometry(1, 1),
            new Geometry(5, 7),
            new Geometry(20, 20),
            new Geometry(30, 20),
            new Geometry(64, 8),
            new Geometry(513, 1),
            new Geometry(23, 31),
            Geometry.PAPER);

    /** All settle on every pattern of a {@link ChangeScript} of these geometries, the largest with the paper's alone. */
    private static final List<LearningRule> RULES = List.of(
            LearningRule.PAPER,
            LearningRule.PAPER,
            new LearningRule(0.75f, 0.5f, 3, 1),
            new LearningRule(0.5f, 0.0002f, 3, 4));

    private static final Logger LOG = Logger.getLogger("org.engram.store");

    @TempDir
    Path temp;

    @BeforeAll
    static void findPython() {
        Python.assumeThere();
        LOG.setLevel(Level.OFF); // of every recovery
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    @Test
    void whatItWritesIsSoundAndHoldsWhatItMeant() throws IOException {
        Python.run("write_stores.py", temp, 0, HISTORIES - 1);
        int recalls = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            Path dir = temp.resolve(String.valueOf(seed));
            List<String> meant = Files.readAllLines(temp.resolve(seed + ".txt"));
            assertSound(dir, seed);
            try (PatternStore store = PatternStore.openReadOnly(dir)) {
                List<String> facts = meant.stream()
                        .filter(line -> !line.startsWith("recall"))
                        .toList();
                assertEquals(facts, describe(store, dir), "seed " + seed);
                for (String line : meant.subList(facts.size(), meant.size())) {
                    assertRecalls(store, line.split(" "));
                    recalls++;
                }
            }
        }
        assertTrue(recalls >= HISTORIES, "only " + recalls + " recalls were compared");
    }

    private static void assertSound(Path dir, int seed) {
        for (VerifyLevel level : VerifyLevel.values()) {
            StoreReport report = StoreCare.verify(dir, level, (done, total) -> {});
            assertEquals(List.of(), Sentences.of(report.problems()), "seed " + seed + " at level " + level);
        }
    }

    /** "recall CUE WINNER Q": the pattern of a neuron as a bipolar cue. */
    private static void assertRecalls(PatternStore store, String[] words) {
        Pattern shown = store.pattern(Integer.parseInt(words[1]));
        Recall recall = store.recall(Cue.bipolar(shown));
        assertEquals(Integer.parseInt(words[2]), recall.neuron());
        assertEquals((double) Integer.parseInt(words[3]) / store.geometry().pixels(), recall.normalisedQ(), 1e-6);
    }

    private static List<String> describe(PatternStore store, Path dir) {
        StoreReport report = StoreCare.verify(dir, VerifyLevel.STRUCTURE, (done, total) -> {});
        return StoreDescription.of(store, report.created());
    }

    /** Its remains of an append are cut off, and its records are followed by others. */
    @Test
    void whatItWritesCanBeAppendedTo() throws IOException {
        Python.run("write_stores.py", temp, 0, HISTORIES - 1);
        for (int seed = 0; seed < HISTORIES; seed++) {
            Path dir = temp.resolve(String.valueOf(seed));
            try (PatternStore store = PatternStore.open(dir)) {
                store.put(
                        "one more",
                        Pattern.of(store.geometry(), new float[store.geometry().pixels()]));
            }
            assertSound(dir, seed);
        }
        assertReadAlike();
    }

    @Test
    void itReadsWhatThisCodeWritesAndPowerLossesAndDamageLeave() throws IOException {
        for (int seed = 0; seed < HISTORIES; seed++) {
            writeAndDamage(temp.resolve(String.valueOf(seed)), seed);
        }
        assertReadAlike();
    }

    private void assertReadAlike() throws IOException {
        Python.run("read_stores.py", temp, 0, HISTORIES - 1);
        for (int seed = 0; seed < HISTORIES; seed++) {
            assertEquals(
                    asReaderSees(temp.resolve(String.valueOf(seed))),
                    Files.readAllLines(temp.resolve(seed + ".txt")),
                    "seed " + seed);
        }
    }

    private static List<String> asReaderSees(Path dir) {
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            return describe(store, dir);
        } catch (EngramException.Corrupt e) {
            return List.of("damaged");
        }
    }

    private static void writeAndDamage(Path dir, int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Geometry geometry = GEOMETRIES.get(seed % GEOMETRIES.size());
        Layout layout = LAYOUTS.get(seed / GEOMETRIES.size() % LAYOUTS.size());
        LearningRule rule =
                geometry.equals(Geometry.PAPER) ? LearningRule.PAPER : RULES.get(random.nextInt(RULES.size()));
        ChangeScript script = new ChangeScript(geometry, seed, layout != Layout.PACKED);
        PatternStore.create(dir, new StoreOptions(layout, geometry, rule, Criteria.DEFAULT))
                .close();
        int steps = random.nextInt(1, geometry.pixels() > 1000 ? 8 : 40);
        try (PatternStore store = PatternStore.open(dir)) {
            while (script.step() < steps) {
                script.perform(store);
            }
        }
        Map<String, byte[]> unvouched;
        try (PatternStore store = PatternStore.open(dir)) {
            while (script.step() < steps + 6) {
                script.perform(store);
            }
            unvouched = StoreBytes.of(dir);
        }
        damage(dir, layout, unvouched, random);
    }

    private static void damage(Path dir, Layout layout, Map<String, byte[]> unvouched, SplittableRandom random)
            throws IOException {
        Path journal = dir.resolve(StoreDirectory.JOURNAL);
        long length = Files.size(journal);
        switch (random.nextInt(6)) {
            case 0 -> {}
            case 1 -> StoreBytes.cut(journal, random.nextLong(length));
            case 2 -> StoreBytes.append(journal, new byte[random.nextInt(1, 5000)]);
            case 3 -> StoreBytes.flip(journal, random.nextLong(length));
            case 4 -> StoreBytes.restore(dir, unvouched);
            default -> {
                StoreBytes.restore(dir, unvouched);
                List<Part> parts = Part.of(layout);
                Path file = dir.resolve(parts.get(random.nextInt(parts.size())).fileName);
                long size = Files.size(file);
                if (size > 0) {
                    StoreBytes.flip(file, size - 1 - random.nextLong(size / 4 + 1));
                }
            }
        }
    }
}
