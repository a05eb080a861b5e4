package org.engram.store.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.engram.store.Criteria;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.engram.store.fixture.Sentences;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stripes of w of a small store: what the file must hold, and what is wrong with one. */
class StripeFileTest {

    private static final int STRIPE = 192;
    private static final Header HEADER = new Header(
            Layout.FULL, new Geometry(5, 7), LearningRule.PAPER, Criteria.DEFAULT, new UUID(1, 2), Instant.EPOCH);

    @TempDir
    Path temp;

    private Path path;
    private StripeFile stripes;

    @BeforeEach
    void writeTwoStripes() throws IOException {
        path = temp.resolve("w.stripes");
        byte[] bytes = new byte[2 * STRIPE];
        Arrays.fill(bytes, STRIPE, 2 * STRIPE, (byte) 7);
        Files.write(path, bytes);
        stripes = StripeFile.open(StoreDirectory.onDisk(temp), HEADER, Part.W);
    }

    @AfterEach
    void close() {
        stripes.file().close();
    }

    private static byte[] sevens() {
        byte[] stripe = new byte[STRIPE];
        Arrays.fill(stripe, (byte) 7);
        return stripe;
    }

    private static JournalEntry.Memorized neuron(int number, int checksum) {
        return new JournalEntry.Memorized(
                0,
                1,
                0,
                number,
                -1,
                true,
                1,
                new JournalEntry.Checksums(checksum, checksum + 1, checksum + 2, checksum + 3, checksum + 4),
                new byte[] {'k'});
    }

    @Test
    void theFileHoldsTheFirstNeuronsOrIsCut() throws IOException {
        assertEquals(0, stripes.surplus(2));
        assertEquals(STRIPE, stripes.surplus(1));
        assertEquals(-STRIPE, stripes.surplus(3));
        stripes.requireHolds(2, HEADER);
        stripes.requireHolds(-1, HEADER);
        String message = assertThrows(EngramException.Corrupt.class, () -> stripes.requireHolds(3, HEADER))
                .getMessage();
        assertEquals(
                "stripe file is cut: %s: expected at least 576 bytes for 3 neurons, found 384; restore it from a copy, or run engram salvage"
                        .formatted(path),
                message);
        Files.write(path, new byte[2 * STRIPE - 1]);
        assertThrows(EngramException.Corrupt.class, () -> stripes.requireHolds(2, HEADER));
        stripes.requireHolds(1, HEADER);
    }

    @Test
    void roomIsMadeWhereTheFileHasAStripeToPutIntoIt() {
        byte[] none = {};
        assertEquals(STRIPE, stripes.room(1, none).length);
        assertSame(none, stripes.room(2, none));
        byte[] exact = new byte[STRIPE];
        assertSame(exact, stripes.room(1, exact));
        byte[] shorter = new byte[STRIPE - 1];
        assertNotSame(shorter, stripes.room(1, shorter));
    }

    private String mismatch(JournalEntry.Memorized neuron, byte[] buffer) {
        return Sentences.of(stripes.mismatch(neuron, buffer));
    }

    @Test
    void aStripeIsWholeWhenItIsThereAndItsChecksumMatches() throws IOException {
        int checksum = Checksum.of(sevens());
        assertEquals("", mismatch(neuron(1, checksum), new byte[STRIPE]));
        assertEquals("", mismatch(neuron(1, checksum), new byte[STRIPE + 9]));
        assertEquals(
                "stripe is damaged: %s: offset 192: expected CRC32C %08x for neuron 1, found %08x"
                        .formatted(path, checksum + 1, checksum),
                mismatch(neuron(1, checksum + 1), new byte[STRIPE]));
        String missing = "stripe is damaged: %s: offset %d: expected the 192 bytes of neuron %d, found %d";
        assertEquals(missing.formatted(path, 384, 2, 0), mismatch(neuron(2, checksum), new byte[STRIPE]));
        assertEquals(missing.formatted(path, 384, 2, 0), mismatch(neuron(2, checksum), new byte[0]));
        assertEquals(missing.formatted(path, 576, 3, 0), mismatch(neuron(3, checksum), new byte[0]));
        Files.write(path, new byte[2 * STRIPE + 5]);
        assertEquals(missing.formatted(path, 384, 2, 5), mismatch(neuron(2, checksum), new byte[STRIPE]));
        assertEquals(missing.formatted(path, 384, 2, 5), mismatch(neuron(2, checksum), new byte[STRIPE - 1]));
        // a buffer that is too short is none for a stripe that came meanwhile
        assertEquals(missing.formatted(path, 192, 1, 191), mismatch(neuron(1, checksum), new byte[0]));
    }

    @Test
    void allPartsOfANeuronAreComparedInTheirOrder() throws IOException {
        Files.write(temp.resolve("v.stripes"), new byte[STRIPE]);
        StripeFile other = StripeFile.open(StoreDirectory.onDisk(temp), HEADER, Part.V);
        try (var _ = other.file()) {
            StripeCheck check = new StripeCheck(List.of(stripes, other));
            int zeros = Checksum.of(new byte[STRIPE]);
            JournalEntry.Memorized neuron = neuron(0, zeros - 1);
            assertEquals(zeros, neuron.checksum(Part.V));
            String w = "stripe is damaged: %s: offset 0: expected CRC32C %08x for neuron 0, found %08x"
                    .formatted(path, zeros - 1, zeros);
            assertEquals(w, Sentences.of(check.mismatch(neuron)));
            assertEquals(List.of(w), Sentences.of(check.mismatches(neuron).toList()));
            JournalEntry.Memorized next = neuron(1, Checksum.of(sevens()));
            assertEquals(
                    "stripe is damaged: %s: offset 192: expected the 192 bytes of neuron 1, found 0"
                            .formatted(temp.resolve("v.stripes")),
                    Sentences.of(check.mismatch(next)));
            assertEquals(1, check.mismatches(next).count());
            assertEquals(Optional.empty(), new StripeCheck(List.of(stripes)).mismatch(next));
        }
    }
}
