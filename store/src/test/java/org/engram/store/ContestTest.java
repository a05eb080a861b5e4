package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.neurons.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A contest over several stores is that of one store with all their neurons. */
class ContestTest {

    private static final Geometry G = new Geometry(28, 28);

    @TempDir
    Path temp;

    private PatternStore create(String name) {
        Path dir = temp.resolve(name);
        PatternStore.create(dir, StoreOptions.DEFAULT.withLayout(Layout.PACKED).withGeometry(G))
                .close();
        return Doors.open(
                dir, Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC()).withChunkBytes(1));
    }

    private static Pattern pattern(int i) {
        return Patterns.flipped(Patterns.random(G, i / 4), i % 4 * 0.02, i);
    }

    private static List<Cue> cues(int stored) {
        Random random = new Random(3);
        List<Cue> cues = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Pattern near = pattern(random.nextInt(stored));
            Mask corner = Mask.lowerRight(G, 9);
            cues.add(
                    switch (i % 5) {
                        case 0 -> Cue.bipolar(near);
                        case 1 -> Cue.bipolar(near, corner);
                        case 2 -> Cue.bipolar(Patterns.flipped(near, 0.1, i));
                        case 3 -> Cue.unipolar(near, corner);
                        default -> Cue.bipolar(Patterns.random(G, -i));
                    });
        }
        return cues;
    }

    private void assertAsInOneStore(int stored) {
        try (PatternStore whole = create("whole" + stored);
                PatternStore a = create("a" + stored);
                PatternStore b = create("b" + stored);
                PatternStore c = create("c" + stored)) {
            List<PatternStore> parts = List.of(a, b, c);
            for (int i = 0; i < stored; i++) {
                whole.memorize("k" + i, pattern(i));
                parts.get(i % 3).memorize("k" + i, pattern(i));
            }
            int retired = stored / 2;
            whole.forget("k" + retired);
            parts.get(retired % 3).forget("k" + retired);
            RecallOptions two = RecallOptions.DEFAULT.withCandidates(2);
            for (Cue cue : cues(stored)) {
                Recall expected = whole.recall(cue, two);
                Candidate winner = expected.winner();
                int[] sketches = {};
                for (PatternStore part : parts) {
                    sketches = Contest.together(sketches, part.network().sketches(cue, two));
                }
                Contest contest = new Contest(cue, whole.pattern(winner.key()), sketches);
                Contest knowing = new Contest(cue, whole.pattern(winner.key()), sketches);
                whole.recall(cue, RecallOptions.DEFAULT.withinDeficit(winner.deficit())).candidates().stream()
                        .filter(tied -> tied.neuron() != winner.neuron())
                        .forEach(tied -> knowing.add(whole.pattern(tied.neuron())));
                knowing.knowTies();
                for (PatternStore part : parts) {
                    int home = part.neuronOf(winner.key()).orElse(-1);
                    part.network().addRivals(contest, home, two);
                    part.network().addRivals(knowing, home, two);
                }
                assertEquals(contest.least(), knowing.least());
                assertEquals(contest.hasTwin(), knowing.hasTwin());
                Candidate second = expected.candidates().get(1);
                Judgement judgement = contest.judgement(
                        winner,
                        second.q() == winner.q(),
                        whole.size(),
                        Criteria.DEFAULT,
                        expected.judgement().rivals());
                assertEquals(expected.judgement(), judgement, cue.toString());
            }
        }
    }

    @Test
    void threeStoresJudgeAsOneDoesToTheLastBit() {
        assertAsInOneStore(300);
    }

    @Test
    void theNearestOfThreeStoresAreThoseOfOne() {
        int stored = 300;
        try (PatternStore whole = create("whole");
                PatternStore a = create("a");
                PatternStore b = create("b");
                PatternStore c = create("c")) {
            List<PatternStore> parts = List.of(a, b, c);
            for (int i = 0; i < stored; i++) {
                whole.memorize("k" + i, pattern(i));
                parts.get(i % 3).memorize("k" + i, pattern(i));
            }
            whole.forget("k7");
            parts.get(7 % 3).forget("k7");
            for (RecallOptions all : List.of(
                    RecallOptions.DEFAULT,
                    RecallOptions.DEFAULT.amongKeysStartingWith("k2"),
                    RecallOptions.DEFAULT.amongKeys(Set.of("k1", "k2", "k3", "k99")))) {
                List<Cue> cues = cues(stored);
                List<List<String>> expected = new ArrayList<>();
                int[] most = new int[cues.size()];
                for (int i = 0; i < most.length; i++) {
                    Cue cue = cues.get(i);
                    int[] sketches = {};
                    for (PatternStore part : parts) {
                        sketches = Contest.together(sketches, part.network().sketches(cue, all));
                    }
                    int[] ofAll = sketches;
                    List<Integer> contenders = parts.stream()
                            .flatMap(part -> Arrays.stream(part.network().contenders(cue, all.withCandidates(3), ofAll))
                                    .boxed())
                            .sorted()
                            .toList();
                    List<Candidate> three =
                            whole.recall(cue, all.withCandidates(3)).candidates();
                    assertTrue(contenders.get(2) >= three.get(2).deficit());
                    most[i] = contenders.get(2);
                    expected.add(named(whole.recall(cue, all.withinDeficit(most[i])).candidates().stream()));
                }
                List<List<List<Candidate>>> found = parts.stream()
                        .map(part -> part.network().nearest(cues, most, all))
                        .toList();
                for (int i = 0; i < most.length; i++) {
                    int at = i;
                    assertEquals(
                            expected.get(i),
                            named(found.stream().flatMap(part -> part.get(at).stream())),
                            cues.get(i).toString());
                }
            }
        }
    }

    private static List<String> named(Stream<Candidate> candidates) {
        return candidates
                .map(one -> "%s %s %s %s".formatted(one.deficit(), one.key(), one.q(), one.agreement()))
                .sorted()
                .toList();
    }

    /** 64 sketches tell whom to compare, and one entry counts the rest: none, one, many; as far from the cue as can be. */
    @Test
    void theSketchesOfAStoreSumToItsNeurons() {
        try (PatternStore store = create("sum")) {
            Pattern black = Pattern.twoValued(G, new BitSet());
            BitSet all = new BitSet();
            all.set(0, G.pixels());
            Pattern white = Pattern.twoValued(G, all);
            for (int i = 0; i < 200; i++) {
                Network network = store.network();
                assertEquals(
                        i,
                        Arrays.stream(network.sketches(Cue.bipolar(white), RecallOptions.DEFAULT))
                                .sum());
                assertEquals(
                        i,
                        Arrays.stream(network.sketches(Cue.bipolar(black), RecallOptions.DEFAULT))
                                .sum());
                store.memorize("k" + i, i < 70 || i > 150 ? black : pattern(i));
            }
        }
    }

    @Test
    void fewNeuronsInThreeStoresAreJudgedByAgreementAsInOne() {
        assertAsInOneStore(6);
    }

    @Test
    void aCueIsMadeAgainOfWhatItShows() {
        for (Cue cue : cues(20)) {
            assertEquals(cue, Cue.of(cue.shown(), cue.visible(), cue.coding()));
        }
        Cue grey = Cue.bipolar(Patterns.realValued(G, 1), Mask.lowerRight(G, 5));
        assertEquals(grey, Cue.of(grey.shown(), grey.visible(), Coding.BIPOLAR));
    }

    @Test
    void aMaskIsMadeAgainOfItsBits() {
        BitSet bits = new BitSet();
        bits.set(3);
        bits.set(700);
        assertEquals(bits, Mask.of(G, bits).toBitSet());
    }

    @Test
    void optionsTellWhatWasSet() {
        RecallOptions options = RecallOptions.DEFAULT
                .withCandidates(3)
                .withinDeficit(12)
                .withinAgreement(0.5)
                .withCriteria(Criteria.DEFAULT);
        assertEquals(OptionalInt.of(3), options.candidates());
        assertEquals(OptionalDouble.of(12), options.mostDeficit());
        assertEquals(OptionalDouble.of(0.5), options.leastAgreement());
        assertEquals(
                OptionalDouble.empty(),
                RecallOptions.DEFAULT.withinAgreement(0.5).mostDeficit());
        assertEquals(
                OptionalDouble.empty(), RecallOptions.DEFAULT.withinDeficit(12).leastAgreement());
        assertEquals(OptionalDouble.empty(), RecallOptions.DEFAULT.mostDeficit());
        assertEquals(Criteria.DEFAULT, options.criteria().orElseThrow());
        assertEquals(OptionalInt.empty(), RecallOptions.DEFAULT.candidates());
        assertEquals(
                "a/",
                RecallOptions.DEFAULT.amongKeysStartingWith("a/").keyPrefix().orElseThrow());
        assertEquals(
                Set.of("a"), RecallOptions.DEFAULT.amongKeys(Set.of("a")).keys().orElseThrow());
        RecallOptions numbers = RecallOptions.DEFAULT.among(i -> i > 3);
        assertTrue(numbers.isAmongSome());
        assertTrue(numbers.keyPrefix().isEmpty() && numbers.keys().isEmpty());
    }

    @Test
    void aContestTakesNoRealValuedCue() {
        Cue grey = Cue.bipolar(Patterns.realValued(G, 1));
        assertThrows(IllegalArgumentException.class, () -> new Contest(grey, pattern(1), new int[0]));
    }
}
