package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Knows what a damaged store has to show, from its undamaged bytes alone. Let the <em>intact</em> records be those before
 * the first whose bytes are not what was written, at the place where they were written. Then an opening
 *
 * <ul>
 *   <li>is refused when the header is not what was written, a file is missing, a SYNC that is what was written stands
 *       behind the intact records, a file of stripes is shorter than the last SYNC among the intact records tells, or
 *       fewer neurons would be shown than the header counts as derived;
 *   <li>otherwise shows exactly the live neurons after the first k records, where k ends with the intact records, or
 *       before the first neuron behind the last SYNC of which a stripe is not what was written: so never less than the last
 *       SYNC among the intact records vouches for, and never a part of a change;
 *   <li>shows the pattern of every live neuron whose stripes are what was written; a neuron of which a stripe is not is
 *       shown only where a SYNC vouches for it, or the header for its bits, and a verification names file and neuron;
 *   <li>says with {@code recovery()} that the journal goes on behind what it shows.
 * </ul>
 *
 * A refusal is a typed exception of one line that names a file of the store, and a verification then finds damage too.
 * Whatever was damaged, nothing else is thrown, and reading changes no byte.
 */
final class DamageOracle {

    private static final int REFUSED = -1;
    private static final int MANY_PIXELS = 1 << 16;

    private final Specimen specimen;
    private final Path store;
    private final Map<Integer, List<Recall>> answers = new HashMap<>();
    private int refused;
    private int opened;
    private int told;

    DamageOracle(Specimen specimen, Path store) {
        this.specimen = specimen;
        this.store = store;
    }

    int refused() {
        return refused;
    }

    int opened() {
        return opened;
    }

    /** How many were opened, and found by a verification. */
    int told() {
        return told;
    }

    /**
     * Checks readers, inspection and verification on what stands in the directory.
     *
     * @param forged whether somebody put checksums right again
     */
    void checkReading(Map<String, byte[]> found, boolean forged) {
        if (forged) {
            checkForged(store);
            return;
        }
        int records = records(found);
        checkTyped(() -> StoreCare.inspect(store));
        StoreReport verified = checkTyped(() -> StoreCare.verify(store, (done, total) -> {}));
        if (verified != null) {
            checkLines(verified);
            checkVerified(verified, found);
        }
        if (records == REFUSED) {
            assertFalse(verified != null && verified.isSound(), "refused, and verify finds nothing");
            refused++;
        } else {
            opened++;
            told += verified == null || verified.isSound() ? 0 : 1;
        }
        PatternStore reader = checkShown(records, found, () -> PatternStore.openReadOnly(store));
        if (reader != null
                && found.get(StoreDirectory.JOURNAL).length
                        > specimen.states().get(records).end()) {
            assertFalse(reader.recovery().isEmpty(), "not told that the journal goes on");
        }
    }

    /** The same for a writer, which changes the files. */
    void checkWriting(Map<String, byte[]> found, boolean forged) {
        if (forged) {
            checkForgedWriting(store);
            return;
        }
        int records = records(found);
        checkShown(records, found, () -> PatternStore.open(store));
        if (records != REFUSED) {
            checkShown(records, found, () -> PatternStore.openReadOnly(store));
        }
    }

    /** For damage under valid checksums, of which nobody can know what it has to show: only that it is told as it should be. */
    static void checkForged(Path store) {
        checkTyped(() -> StoreCare.inspect(store));
        StoreReport verified = checkTyped(() -> StoreCare.verify(store, (done, total) -> {}));
        if (verified != null) {
            checkLines(verified);
        }
        checkTyped(() -> useAll(PatternStore.openReadOnly(store)));
    }

    /** The same for a writer, which also stores a neuron. */
    private static void checkForgedWriting(Path store) {
        checkTyped(() -> {
            try (PatternStore open = PatternStore.open(store)) {
                return open.geometry().pixels() > MANY_PIXELS
                        ? null
                        : open.memorize("a new key", Patterns.all(open.geometry(), 1));
            } catch (EngramException.DivergingRule e) {
                return null; // a forged rule may refuse the pattern, and that is about no file
            }
        });
    }

    private static Boolean useAll(PatternStore open) {
        try (open) {
            Geometry geometry = open.geometry();
            if (geometry.pixels() > MANY_PIXELS) {
                return true;
            }
            for (Neuron neuron : open.neurons()) {
                checkTyped(() -> open.pattern(neuron.neuron()));
                open.contains(neuron.key());
            }
            for (RecallPath path : RecallPath.values()) {
                RecallOptions options = RecallOptions.DEFAULT.withPath(path).withCandidates(3);
                open.recall(Cue.bipolar(Patterns.random(geometry, 1)), options);
                open.recall(Cue.unipolar(Patterns.realValued(geometry, 2)), options);
            }
            return true;
        }
    }

    /** What a call returns, or null when it refuses as it should. */
    private static <T> T checkTyped(Callable<T> call) {
        try {
            return call.call();
        } catch (EngramException e) {
            checkLine(e.getMessage(), e);
            return null;
        } catch (Exception e) {
            throw new AssertionError("an untyped exception: " + e, e);
        }
    }

    private static void checkLine(String line, Throwable cause) {
        if (line == null || line.isBlank() || line.contains("\n") || line.contains("\r") || !line.contains("/")) {
            throw new AssertionError("expected one line that names a file, found: " + line, cause);
        }
    }

    private static void checkLines(StoreReport report) {
        report.problems().forEach(line -> checkLine(line, null));
        report.notes().forEach(line -> checkLine(line, null));
    }

    /** The store that was opened, closed again; null when it was refused. */
    private PatternStore checkShown(int records, Map<String, byte[]> found, Callable<PatternStore> opening) {
        PatternStore opened = checkTyped(opening);
        if (opened == null) {
            assertEquals(REFUSED, records, "records that an opening takes in, and it was refused");
            return null;
        }
        try (opened) {
            if (records == REFUSED) {
                fail("expected to be refused, opened with " + opened.neurons() + ", " + opened.recovery());
            }
            Specimen.State state = specimen.states().get(records);
            assertEquals(state.live(), ChangeScript.liveIn(opened));
            assertEquals(state.criteria(), opened.criteria());
            state.live().keySet().forEach(neuron -> {
                if (isIntact(found, neuron)) {
                    assertEquals(specimen.patterns().get(neuron), opened.pattern(neuron));
                } else {
                    checkTyped(() -> opened.pattern(neuron));
                }
            });
            List<Recall> recalls = recalls(opened, state);
            if (isIntact(found, state)) {
                assertEquals(answers.computeIfAbsent(records, k -> recalls), recalls, "the answers of an intact store");
            }
            return opened;
        } catch (EngramException e) {
            throw new AssertionError("an opened store fails: " + e.getMessage(), e);
        }
    }

    private List<Recall> recalls(PatternStore open, Specimen.State state) {
        Pattern shown = specimen.patterns().get(state.neurons() / 2);
        RecallOptions options = RecallOptions.DEFAULT.withCandidates(3);
        return List.of(
                open.recall(Cue.bipolar(shown), options),
                open.recall(
                        Cue.unipolar(shown, Patterns.mask(open.geometry(), 0.5, 1)),
                        options.withPath(RecallPath.PLANES)));
    }

    /** Every neuron in the intact records of which a stripe is not what was written is named, and where it is vouched for, as damage. */
    private void checkVerified(StoreReport report, Map<String, byte[]> found) {
        if (!Arrays.equals(found.get(StoreDirectory.HEADER), specimen.header()) || !hasAllFiles(found)) {
            return;
        }
        int intact = intactRecords(found.get(StoreDirectory.JOURNAL));
        int vouched = vouched(found);
        for (int neuron = 0; neuron < specimen.states().get(intact).neurons(); neuron++) {
            for (Part part : specimen.parts()) {
                if (isIntact(found, part, neuron)) {
                    continue;
                }
                String file = store.resolve(part.fileName).toString();
                boolean derived = part.isBits() && neuron < specimen.derived();
                String named = derived ? "neurons 0 to " + (specimen.derived() - 1) : "neuron " + neuron;
                List<String> lines = derived || neuron < vouched ? report.problems() : report.notes();
                assertTrue(
                        lines.stream().anyMatch(line -> line.contains(file) && line.matches(".*\\b" + named + "\\b.*")),
                        () -> "verify does not name %s of %s: %s".formatted(named, file, lines));
            }
        }
    }

    /** How many records an opening has to take in, or REFUSED. */
    private int records(Map<String, byte[]> found) {
        int records = recordsTakenIn(found);
        return records != REFUSED && specimen.states().get(records).neurons() < specimen.derived() ? REFUSED : records;
    }

    private int recordsTakenIn(Map<String, byte[]> found) {
        if (!Arrays.equals(found.get(StoreDirectory.HEADER), specimen.header()) || !hasAllFiles(found)) {
            return REFUSED;
        }
        byte[] journal = found.get(StoreDirectory.JOURNAL);
        int intact = intactRecords(journal);
        for (int k = intact + 1; k < specimen.states().size(); k++) {
            if (specimen.states().get(k).isSync() && isIntact(journal, k)) {
                return REFUSED;
            }
        }
        int sync = lastSync(intact);
        for (Part part : specimen.parts()) {
            if (found.get(part.fileName).length < vouched(found) * part.stripeBytes(specimen.geometry())) {
                return REFUSED;
            }
        }
        for (int k = sync + 1; k <= intact; k++) {
            int neuron = specimen.states().get(k - 1).neurons();
            if (specimen.states().get(k).neurons() > neuron && !isChecked(found, neuron)) {
                return k - 1;
            }
        }
        return intact;
    }

    private boolean hasAllFiles(Map<String, byte[]> found) {
        return found.keySet().containsAll(specimen.files().keySet());
    }

    /** How many neurons the last SYNC among the intact records vouches for. */
    private int vouched(Map<String, byte[]> found) {
        return specimen.states()
                .get(lastSync(intactRecords(found.get(StoreDirectory.JOURNAL))))
                .neurons();
    }

    private int lastSync(int records) {
        int last = records;
        while (last > 0 && !specimen.states().get(last).isSync()) {
            last--;
        }
        return last;
    }

    private int intactRecords(byte[] journal) {
        int records = 0;
        while (records + 1 < specimen.states().size() && isIntact(journal, records + 1)) {
            records++;
        }
        return records;
    }

    private boolean isIntact(byte[] journal, int record) {
        int end = specimen.states().get(record).end();
        int start = specimen.states().get(record - 1).end();
        return journal.length >= end && Arrays.equals(journal, start, end, specimen.journal(), start, end);
    }

    private boolean isIntact(Map<String, byte[]> found, Specimen.State state) {
        for (int neuron = 0; neuron < state.neurons(); neuron++) {
            if (!isIntact(found, neuron)) {
                return false;
            }
        }
        return true;
    }

    private boolean isIntact(Map<String, byte[]> found, int neuron) {
        return specimen.parts().stream().allMatch(part -> isIntact(found, part, neuron));
    }

    /** Whether all of a neuron is what was written that its record has a checksum of, and the rest is there. */
    private boolean isChecked(Map<String, byte[]> found, int neuron) {
        return specimen.parts().stream()
                .allMatch(part -> (part.isBits() && neuron < specimen.derived())
                        ? found.get(part.fileName).length >= (neuron + 1) * part.stripeBytes(specimen.geometry())
                        : isIntact(found, part, neuron));
    }

    private boolean isIntact(Map<String, byte[]> found, Part part, int neuron) {
        byte[] bytes = found.get(part.fileName);
        int stripe = Math.toIntExact(part.stripeBytes(specimen.geometry()));
        int start = neuron * stripe;
        int end = start + stripe;
        byte[] written = specimen.files().get(part.fileName);
        return bytes.length >= end && Arrays.equals(bytes, start, end, written, start, end);
    }
}
