package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.engram.store.Criteria;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.engram.store.fixture.Entries;
import org.engram.store.fixture.Sentences;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the records that are left of a journal tell of those that are not. */
class JournalFragmentsTest {

    private static final Header HEADER = new Header(
            Layout.PACKED, new Geometry(5, 3), LearningRule.PAPER, Criteria.DEFAULT, new UUID(1, 2), Instant.EPOCH);
    private static final int MOST = 1 << 29;

    @TempDir
    Path temp;

    private Path path;

    private static JournalEntry neuron(long sequence, int neuron, String key) {
        return Entries.memorized(sequence, neuron, -1, key);
    }

    /** Reads a journal of these records, some of which are lost. */
    private JournalFragments read(Set<Integer> lost, JournalEntry... entries) throws IOException {
        ByteArrayOutputStream journal = new ByteArrayOutputStream();
        JournalRecord record = new JournalRecord(HEADER);
        byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
        for (int i = 0; i < entries.length; i++) {
            int length = record.encode(Entries.at(journal.size(), entries[i]), bytes);
            journal.write(lost.contains(i) ? new byte[length] : bytes, 0, length);
        }
        path = temp.resolve("journal");
        Files.write(path, journal.toByteArray());
        try (StoreFile file = StoreDirectory.onDisk(temp).open("journal", false)) {
            return JournalFragments.read(file, HEADER);
        }
    }

    private static List<String> keys(JournalFragments fragments) {
        return fragments.live().stream()
                .map(neuron -> new String(neuron.key(), StandardCharsets.UTF_8) + neuron.neuron())
                .toList();
    }

    private String records(int at, int record, int until, int next, int hidden) {
        return "records are lost: %s: offset %d: expected record %d, found none up to offset %d, where record %d is; damage hides %d"
                .formatted(path, at, record, until, next, hidden);
    }

    private String neurons(int at, int from, int to) {
        return "neurons are lost: %s: offset %d: expected the records of neurons %d up to %d, found none; their keys are not known"
                .formatted(path, at, from, to);
    }

    private String comeBack(int at) {
        return "a pattern may have come back: %s: offset %d; what the lost records forgot or replaced of the neurons before them is live again"
                .formatted(path, at);
    }

    private String criteria(int at) {
        return "criteria may be older ones: %s: offset %d; a lost record may have set others, engram calibrate recommends some"
                .formatted(path, at);
    }

    @Test
    void aWholeJournalHasLostNothing() throws IOException {
        Criteria strict = new Criteria(0.1f, 0.2f, 0.3f, 0.4f);
        JournalFragments whole = read(
                Set.of(),
                neuron(1, 0, "a"),
                neuron(2, 1, "b"),
                Entries.memorized(3, 2, 0, "a"),
                Entries.forgotten(4, 1, 0, "b"),
                Entries.criteria(5, 3, strict),
                Entries.batch(6, 3, 1),
                neuron(7, 3, "c"),
                Entries.synced(8, 4));
        assertEquals(List.of("a2", "c3"), keys(whole));
        assertEquals(4, whole.neurons());
        assertEquals(0, whole.neuronsWithoutRecord());
        assertEquals(strict, whole.criteria());
        assertEquals(List.of(), Sentences.of(whole.lost()));
        assertEquals(List.of(), Sentences.of(whole.notes()));
    }

    @Test
    void aLostRecordOfTheShortestLengthMayHaveSetCriteria() throws IOException {
        JournalFragments left = read(Set.of(1), neuron(1, 0, "a"), Entries.synced(2, 1), neuron(3, 1, "b"));
        assertEquals(List.of(records(72, 2, 136, 3, 1)), Sentences.of(left.lost()));
        assertEquals(List.of(comeBack(72), criteria(72)), Sentences.of(left.notes()));
        assertEquals(List.of("a0", "b1"), keys(left));
        assertEquals(0, left.neuronsWithoutRecord());
    }

    @Test
    void aLostRecordThatIsLongerHadAKey() throws IOException {
        JournalFragments left = read(Set.of(1), neuron(1, 0, "a"), Entries.forgotten(2, 0, 0, "a"), neuron(3, 1, "b"));
        assertEquals(List.of(records(72, 2, 144, 3, 1)), Sentences.of(left.lost()));
        assertEquals(List.of(comeBack(72)), Sentences.of(left.notes()));
    }

    @Test
    void lostRecordsThatAreAsManyAsLostNeuronsWereTheirs() throws IOException {
        JournalFragments left =
                read(Set.of(1, 2), neuron(1, 0, "a"), neuron(2, 1, "b"), neuron(3, 2, "c"), neuron(4, 3, "d"));
        assertEquals(List.of(records(72, 2, 216, 4, 2), neurons(72, 1, 2)), Sentences.of(left.lost()));
        assertEquals(List.of(comeBack(72)), Sentences.of(left.notes()));
        assertEquals(4, left.neurons());
        assertEquals(2, left.neuronsWithoutRecord());
        JournalFragments other =
                read(Set.of(1, 2), neuron(1, 0, "a"), neuron(2, 1, "b"), Entries.synced(3, 2), neuron(4, 2, "d"));
        assertEquals(List.of(records(72, 2, 208, 4, 2), neurons(72, 1, 1)), Sentences.of(other.lost()));
        assertEquals(List.of(comeBack(72), criteria(72)), Sentences.of(other.notes()));
    }

    @Test
    void behindARecordThatCountsNoNeuronsNobodyKnowsWhatWasLost() throws IOException {
        JournalFragments left = read(
                Set.of(1, 3, 4),
                neuron(1, 0, "a"),
                Entries.synced(2, 1),
                Entries.forgotten(3, 0, 0, "a"),
                neuron(4, 1, "b"),
                neuron(5, 2, "c"),
                neuron(6, 3, "d"));
        assertEquals(
                List.of(records(72, 2, 136, 3, 1), records(208, 4, 352, 6, 2), neurons(72, 1, 2)),
                Sentences.of(left.lost()));
        assertEquals(List.of(comeBack(72), criteria(72), criteria(208)), Sentences.of(left.notes()));
        assertEquals(List.of("d3"), keys(left));
        assertEquals(2, left.neuronsWithoutRecord());
    }

    @Test
    void everyRecordThatCountsTellsOfNeuronsWithoutARecord() throws IOException {
        for (JournalEntry counting :
                List.of(Entries.synced(3, 2), Entries.criteria(3, 2, Criteria.DEFAULT), Entries.batch(3, 2, 5))) {
            JournalFragments left = read(Set.of(1), neuron(1, 0, "a"), neuron(2, 1, "b"), counting);
            assertEquals(List.of(records(72, 2, 144, 3, 1), neurons(72, 1, 1)), Sentences.of(left.lost()));
            assertEquals(List.of(comeBack(72)), Sentences.of(left.notes()));
            assertEquals(1, left.neuronsWithoutRecord());
        }
    }

    @Test
    void aNeuronThatIsKnownToBeRetiredIsNotLost() throws IOException {
        JournalFragments replaced =
                read(Set.of(0), neuron(1, 0, "a"), Entries.memorized(2, 1, 0, "a"), Entries.synced(3, 2));
        assertEquals(0, replaced.neuronsWithoutRecord());
        assertEquals(List.of(records(0, 1, 72, 2, 1), neurons(0, 0, 0)), Sentences.of(replaced.lost()));
        assertEquals(List.of(), Sentences.of(replaced.notes()));
        JournalFragments forgotten =
                read(Set.of(0), neuron(1, 0, "a"), Entries.forgotten(2, 0, 0, "a"), Entries.synced(3, 1));
        assertEquals(0, forgotten.neuronsWithoutRecord());
        assertEquals(1, forgotten.neurons());
    }

    /** Nothing but what forgot it tells that there was such a neuron. */
    @Test
    void aNeuronThatOnlyForgettingTellsOfIsNotLost() throws IOException {
        JournalFragments left = read(Set.of(1), neuron(1, 0, "a"), neuron(2, 1, "b"), Entries.forgotten(3, 1, 0, "b"));
        assertEquals(1, left.neurons());
        assertEquals(0, left.neuronsWithoutRecord());
        assertEquals(List.of("a0"), keys(left));
    }

    @Test
    void whatIsLostAtTheBeginningMakesWhatIsLostLaterUncertain() throws IOException {
        JournalFragments left = read(
                Set.of(0, 2, 3),
                neuron(1, 0, "a"),
                Entries.forgotten(2, 0, 0, "a"),
                neuron(3, 1, "b"),
                Entries.criteria(4, 2, Criteria.DEFAULT),
                neuron(5, 2, "c"));
        assertEquals(
                List.of(records(0, 1, 72, 2, 1), records(144, 3, 280, 5, 2), neurons(0, 0, 1)),
                Sentences.of(left.lost()));
        assertEquals(List.of(criteria(144)), Sentences.of(left.notes()));
        assertEquals(1, left.neuronsWithoutRecord());
    }

    @Test
    void bytesBehindTheLastRecordAreNoted() throws IOException {
        JournalFragments left = read(Set.of(1), neuron(1, 0, "a"), neuron(2, 1, "b"));
        assertEquals(
                List.of(
                        "journal has no record at its end: %s: offset 72: expected a record, found 72 bytes that are no record; they are the remains of an append, or damage that hides what it memorized, and what it forgot or replaced is live again"
                                .formatted(path)),
                Sentences.of(left.notes()));
        assertEquals(List.of(), Sentences.of(left.lost()));
    }

    @Test
    void aRecordOfANumberThatNoNeuronHasIsNone() throws IOException {
        for (JournalEntry forged : List.of(
                neuron(2, -1, "b"),
                neuron(2, MOST + 1, "b"),
                Entries.memorized(2, 1, MOST, "b"),
                Entries.forgotten(2, -1, 0, "a"),
                Entries.forgotten(2, MOST + 1, 0, "a"),
                Entries.synced(2, -1),
                Entries.synced(2, MOST + 1),
                Entries.criteria(2, -1, Criteria.DEFAULT),
                Entries.criteria(2, MOST + 1, Criteria.DEFAULT),
                Entries.batch(2, -1, 1),
                Entries.batch(2, MOST + 1, 1))) {
            JournalFragments left = read(Set.of(), neuron(1, 0, "a"), forged);
            assertEquals(1, left.neurons(), forged::toString);
            assertEquals(List.of("a0"), keys(left));
            assertEquals(1, left.notes().size());
        }
        assertEquals(MOST, read(Set.of(), Entries.synced(1, MOST)).neurons());
        assertEquals(
                List.of("a0", "b1"), keys(read(Set.of(), neuron(1, 0, "a"), Entries.memorized(2, 1, MOST - 1, "b"))));
    }
}
