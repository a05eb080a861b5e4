package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import org.engram.store.fixture.Checksums;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.format.Part;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Every bad input gets one line that says what, where, expected, found and what to do; the whole text is asserted. */
class BadInputTest {

    private static final Geometry G = Patterns.SMALL;

    @TempDir
    Path temp;

    private Path dir;
    private Path header;

    @BeforeEach
    void createStore() {
        dir = temp.resolve("store");
        header = dir.resolve("header");
        try (PatternStore store = PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G))) {
            store.memorize("a", Patterns.random(G, 0));
        }
    }

    private static <E extends RuntimeException> void assertRefused(Class<E> type, String message, Executable call) {
        E e = assertThrows(type, call);
        assertEquals(message, e.getMessage());
        assertFalse(message.contains("\n"));
    }

    /** As a hostile or newer writer would: the checksum is put right again. */
    private void editHeader(int at, int value) throws IOException {
        byte[] bytes = Files.readAllBytes(header);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        Checksums.fixHeader(bytes);
        Files.write(header, bytes);
    }

    @Test
    void aDirectoryWithoutAHeaderIsNotAStore() {
        assertRefused(
                EngramException.NotAStore.class,
                "not a store: %s: expected a file named header, found none; name the directory of a store, or create one"
                        .formatted(temp),
                () -> PatternStore.open(temp));
        Path missing = temp.resolve("missing");
        assertRefused(
                EngramException.NotAStore.class,
                "not a store: %s: expected a directory, found nothing; name the directory of a store, or create one"
                        .formatted(missing),
                () -> PatternStore.openReadOnly(missing));
        assertRefused(
                EngramException.NotAStore.class,
                "not a store: %s: expected a directory, found a file; name the directory of a store, or create one"
                        .formatted(header),
                () -> StoreCare.inspect(header));
    }

    @Test
    void aHeaderOfSomethingElseIsNotAStore() throws IOException {
        Files.writeString(header, "#!/bin/sh\n");
        assertRefused(
                EngramException.NotAStore.class,
                "not a store: %s: offset 0: expected magic 89 45 4e 47 52 41 4d 1a, found 23 21 2f 62 69 6e 2f 73; name the directory of a store"
                        .formatted(header),
                () -> PatternStore.open(dir));
        Files.write(header, new byte[0]);
        assertRefused(
                EngramException.NotAStore.class,
                "not a store: %s: offset 0: expected magic 89 45 4e 47 52 41 4d 1a, found nothing; name the directory of a store"
                        .formatted(header),
                () -> PatternStore.open(dir));
    }

    @Test
    void aNewerFormatIsRefusedByNumber() throws IOException {
        editHeader(8, 2);
        assertRefused(
                EngramException.NewerFormat.class,
                "store has a newer format: %s: offset 8: expected 1, found 2; open it with a newer Engram"
                        .formatted(header),
                () -> PatternStore.open(dir));
        editHeader(8, 1 | 3 << 16);
        assertRefused(
                EngramException.NewerFormat.class,
                "store has a newer format: %s: offset 8: expected 1, found 196609; open it with a newer Engram"
                        .formatted(header),
                () -> PatternStore.openReadOnly(dir));
        // A newer header may be shorter; it has a version all the same, if it is long enough for one.
        editHeader(8, 7);
        byte[] newer = Files.readAllBytes(header);
        Files.write(header, Arrays.copyOf(newer, 12));
        assertRefused(
                EngramException.NewerFormat.class,
                "store has a newer format: %s: offset 8: expected 1, found 7; open it with a newer Engram"
                        .formatted(header),
                () -> PatternStore.open(dir));
        Files.write(header, Arrays.copyOf(newer, 11));
        assertRefused(
                EngramException.Corrupt.class,
                "header is damaged: %s: offset 0: expected 128 bytes, found 11; restore the header from a copy of this store, or run engram salvage"
                        .formatted(header),
                () -> PatternStore.open(dir));
    }

    @Test
    void everyFlippedBitOfTheHeaderIsFoundAndNothingIsChanged() throws IOException {
        byte[] whole = Files.readAllBytes(header);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(header, damaged);
            EngramException e = assertThrows(EngramException.class, () -> PatternStore.open(dir), "bit " + bit);
            Class<?> expected = bit < 64 ? EngramException.NotAStore.class : EngramException.Corrupt.class;
            assertEquals(expected, e.getClass(), "bit " + bit);
            assertEquals(Arrays.toString(damaged), Arrays.toString(Files.readAllBytes(header)));
        }
        whole[100] ^= 1;
        Files.write(header, whole);
        EngramException e = assertThrows(EngramException.Corrupt.class, () -> PatternStore.open(dir));
        assertEquals(
                "header is damaged: %s: offset 124: expected CRC32C".formatted(header),
                e.getMessage()
                        .replaceAll(
                                " [0-9a-f]{8}, found [0-9a-f]{8}; restore the header from a copy of this store, or run engram salvage",
                                ""));
    }

    @Test
    void aHeaderOfAnyOtherLengthIsDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(header);
        for (int length = 8; length < whole.length; length++) {
            Files.write(header, Arrays.copyOf(whole, length));
            assertRefused(
                    EngramException.Corrupt.class,
                    "header is damaged: %s: offset 0: expected 128 bytes, found %d; restore the header from a copy of this store, or run engram salvage"
                            .formatted(header, length),
                    () -> PatternStore.open(dir));
        }
        Files.write(header, Arrays.copyOf(whole, 129));
        assertRefused(
                EngramException.Corrupt.class,
                "header is damaged: %s: offset 0: expected 128 bytes, found more; restore the header from a copy of this store, or run engram salvage"
                        .formatted(header),
                () -> PatternStore.open(dir));
    }

    @Test
    void aHeaderWithAValidChecksumIsStillNotTrusted() throws IOException {
        byte[] whole = Files.readAllBytes(header);
        Object[][] cases = {
            {16, 0, "offset 16: expected a geometry of 1 x 1 to 4096 x 4096, found 0 x 20"},
            {20, 4097, "offset 16: expected a geometry of 1 x 1 to 4096 x 4096, found 20 x 4097"},
            {20, -1, "offset 16: expected a geometry of 1 x 1 to 4096 x 4096, found 20 x -1"},
            {8, 0, "offset 8: expected 1, found 0"},
            {12, 64, "offset 12: expected 128, found 64"},
            {
                28,
                0,
                "offset 28: expected 1 to 10000 steps, epsW, epsV and theta above 0, and epsW below 2 where there are more steps than one, found 0, 1.0, 1.0, 1.0"
            },
            {
                32,
                0,
                "offset 28: expected 1 to 10000 steps, epsW, epsV and theta above 0, and epsW below 2 where there are more steps than one, found 1, 0.0, 1.0, 1.0"
            },
            {44, 9, "offset 44: expected 0, found 9"},
            {24, 3, "offset 24: expected layout 0, 1 or 2, found 3"},
            {24, -1, "offset 24: expected layout 0, 1 or 2, found -1"},
            {88, -1, "offset 88: expected 0 or 1, found -1"},
            {92, 9, "offset 92: expected 0, found 9"},
            {96, 9, "offset 96: expected 0, found 9"},
            {100, 9, "offset 100: expected 0, found 9"},
            {120, 9, "offset 120: expected 0, found 9"},
            {76, 0x7FC00000, "offset 72: expected criteria from 0 to 1, found 0.7, NaN, 0.35, 0.95"},
        };
        for (Object[] one : cases) {
            Files.write(header, whole);
            editHeader((Integer) one[0], (Integer) one[1]);
            assertRefused(
                    EngramException.Corrupt.class,
                    "header is damaged: %s: %s; restore the header from a copy of this store, or run engram salvage"
                            .formatted(header, one[2]),
                    () -> PatternStore.open(dir));
        }
    }

    @Test
    void aDirectoryOrALinkInPlaceOfAFileIsRefused() throws IOException {
        Path journal = dir.resolve("journal");
        Path elsewhere = temp.resolve("elsewhere");
        Files.move(journal, elsewhere);
        Files.createDirectory(journal);
        assertRefused(
                EngramException.Corrupt.class,
                "store is damaged: %s: expected a regular file, found a directory; restore it from a copy, or run engram salvage"
                        .formatted(journal),
                () -> PatternStore.open(dir));
        Files.delete(journal);
        Files.createSymbolicLink(journal, elsewhere);
        assertRefused(
                EngramException.Corrupt.class,
                "store is damaged: %s: expected a regular file, found a link; restore it from a copy, or run engram salvage"
                        .formatted(journal),
                () -> PatternStore.openReadOnly(dir));
    }

    @Test
    void aPipeInPlaceOfAFileIsRefusedWithoutWaitingForIt() throws IOException, InterruptedException {
        Path stripes = dir.resolve("v.stripes");
        Files.delete(stripes);
        assertEquals(0, new ProcessBuilder("mkfifo", stripes.toString()).start().waitFor());
        assertRefused(
                EngramException.Corrupt.class,
                "store is damaged: %s: expected a regular file, found a device or pipe; restore it from a copy, or run engram salvage"
                        .formatted(stripes),
                () -> PatternStore.openReadOnly(dir));
    }

    @Test
    void aStoreIsOnlyCreatedWhereNothingIs() throws IOException {
        assertRefused(
                EngramException.AlreadyExists.class,
                "cannot create a store: %s: expected an empty directory or none, found header in it; choose another path"
                        .formatted(dir),
                () -> PatternStore.create(dir));
        assertRefused(
                EngramException.AlreadyExists.class,
                "cannot create a store: %s: expected an empty directory or none, found a file; choose another path"
                        .formatted(header),
                () -> PatternStore.create(header));
        Path empty = Files.createDirectory(temp.resolve("empty"));
        PatternStore.create(empty).close();
    }

    @Test
    void keysThatCannotBeAreRefused() {
        try (PatternStore store = PatternStore.open(dir)) {
            Pattern pattern = Patterns.random(G, 1);
            assertRefused(
                    EngramException.InvalidKey.class,
                    "key is empty: expected 1 to 4096 bytes of UTF-8, found 0; choose another",
                    () -> store.memorize("", pattern));
            assertRefused(
                    EngramException.InvalidKey.class,
                    "key is too long: expected 1 to 4096 bytes of UTF-8, found 4098; choose another",
                    () -> store.memorize("ギ".repeat(1366), pattern));
            assertRefused(
                    EngramException.InvalidKey.class,
                    "key is malformed: expected Unicode text, found a lone surrogate among its 3 characters; mend the text",
                    () -> store.memorize("a\ud800b", pattern));
            store.memorize("k".repeat(4096), pattern);
            assertEquals(pattern, store.pattern("k".repeat(4096)));
            store.memorize("line\nbreak\u0000", pattern);
        }
        try (PatternStore store = PatternStore.open(dir)) {
            assertEquals(Patterns.random(G, 1), store.pattern("k".repeat(4096)));
            assertRefused(
                    EngramException.DuplicateKey.class,
                    "key is in use: \"line?break?\" names neuron 2; choose another key, or replace it",
                    () -> store.memorize("line\nbreak\u0000", Patterns.random(G, 1)));
            assertRefused(
                    EngramException.UnknownKey.class,
                    "key is unknown: %s: expected a key of the store, found \"%s...\"; engram ls shows the keys"
                            .formatted(dir, "x".repeat(60)),
                    () -> store.forget("x".repeat(61)));
            assertRefused(
                    EngramException.UnknownKey.class,
                    "key is unknown: %s: expected a key of the store, found \"%s\"; engram ls shows the keys"
                            .formatted(dir, "x".repeat(60)),
                    () -> store.forget("x".repeat(60)));
            assertRefused(
                    EngramException.UnknownKey.class,
                    "key is unknown: %s: expected a key of the store, found \"b\"; engram ls shows the keys"
                            .formatted(dir),
                    () -> store.replace("b", Patterns.random(G, 1)));
            assertRefused(
                    EngramException.UnknownNeuron.class,
                    "neuron is unknown: %s: expected 0 to 2, found 3".formatted(dir),
                    () -> store.pattern(3));
            assertRefused(
                    EngramException.UnknownNeuron.class,
                    "neuron is unknown: %s: expected 0 to 2, found -1".formatted(dir),
                    () -> store.network().vStripe(-1));
        }
    }

    @Test
    void patternsAndCuesThatDoNotFitAreRefused() {
        Pattern other = Patterns.random(new Geometry(20, 21), 0);
        try (PatternStore store = PatternStore.open(dir)) {
            assertRefused(
                    EngramException.WrongGeometry.class,
                    "pattern does not fit the store: %s: expected 20 x 20 pixels, found 20 x 21".formatted(dir),
                    () -> store.memorize("b", other));
            assertRefused(
                    EngramException.WrongGeometry.class,
                    "cue does not fit the store: %s: expected 20 x 20 pixels, found 20 x 21".formatted(dir),
                    () -> store.recall(Cue.bipolar(other)));
            assertRefused(
                    EngramException.WrongGeometry.class,
                    "mask does not fit the cue: expected 20 x 21, found 20 x 20",
                    () -> Cue.bipolar(other, Mask.all(G)));
        }
    }

    @Test
    void valuesThatAreNoFiniteNumbersAreRefused() {
        float[] values = new float[400];
        values[21] = Float.NaN;
        assertRefused(
                EngramException.InvalidPattern.class,
                "pattern value is not a finite number: pixel (1, 1) is NaN; replace it before storing or recalling",
                () -> Pattern.of(G, values));
        values[21] = Float.NEGATIVE_INFINITY;
        assertRefused(
                EngramException.InvalidPattern.class,
                "pattern value is not a finite number: pixel (1, 1) is -Infinity; replace it before storing or recalling",
                () -> Pattern.of(G, values));
        assertRefused(
                EngramException.InvalidPattern.class,
                "pattern has the wrong number of values: expected 400 for 20 x 20, found 399",
                () -> Pattern.of(G, new float[399]));
        BitSet white = new BitSet();
        white.set(400);
        assertRefused(
                EngramException.InvalidPattern.class,
                "pattern has a white pixel outside the picture: expected pixels 0 to 399, found 400",
                () -> Pattern.twoValued(G, white));
        assertRefused(
                EngramException.InvalidPattern.class,
                "cue value is too large: pixel (0, 0) is 3.0E38; scale it down",
                () -> Cue.bipolar(Patterns.all(G, 3e38f)));
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        assertRefused(
                IllegalArgumentException.class,
                "geometry out of range: expected 1 x 1 to 4096 x 4096, found 0 x 5",
                () -> new Geometry(0, 5));
        assertRefused(
                IllegalArgumentException.class,
                "visible rectangle is not inside the picture: expected within 20 x 20, found 10,10,11,1 (x,y,width,height)",
                () -> Mask.rectangle(G, 10, 10, 11, 1));
        assertRefused(
                IllegalArgumentException.class,
                "visible rectangle is not inside the picture: expected within 20 x 20, found 1,1,2147483647,1 (x,y,width,height)",
                () -> Mask.rectangle(G, 1, 1, Integer.MAX_VALUE, 1));
        assertRefused(
                IllegalArgumentException.class,
                "criteria out of range: threshold must be finite and the others 0 to 1, found threshold 0.7, contrast 1.5, disagreement 0.35, agreement 0.95",
                () -> new Criteria(0.7f, 1.5f, 0.35f, 0.95f));
        assertRefused(
                IndexOutOfBoundsException.class,
                "pixel (20, 0) is outside 20 x 20",
                () -> Patterns.all(G, 0).value(20, 0));
    }

    @Test
    void aChangeToAReadOnlyStoreIsRefused() {
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            String message = "store was opened read-only: %s; open it for writing to change it".formatted(dir);
            assertRefused(EngramException.ReadOnly.class, message, () -> store.memorize("b", Patterns.random(G, 1)));
            assertRefused(EngramException.ReadOnly.class, message, () -> store.forget("a"));
            assertRefused(EngramException.ReadOnly.class, message, () -> store.replace("a", Patterns.random(G, 1)));
            assertRefused(EngramException.ReadOnly.class, message, store::sync);
        }
    }

    @Test
    void anIoFailureHasACause() {
        Diagnosis diagnosis = Diagnosis.of("cannot read");
        assertThrows(NullPointerException.class, () -> new EngramException.IoFailure(diagnosis, null));
    }

    @Test
    void aDivergingRuleChangesNothing() throws IOException {
        Path other = temp.resolve("other");
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withRule(new LearningRule(1, 0.1f, 1, 2));
        try (PatternStore store = PatternStore.create(other, options)) {
            assertThrows(EngramException.DivergingRule.class, () -> store.memorize("a", Patterns.random(G, 0)));
            assertEquals(0, store.size());
            for (Part part : Part.of(Layout.FULL)) {
                assertEquals(0, Files.size(other.resolve(part.fileName)), part.fileName);
            }
            store.memorize("a", Patterns.all(G, 0.1f));
        }
    }
}
