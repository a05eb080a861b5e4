package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.engram.store.fixture.NaiveRecall;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A recall within a subset answers as a store that holds nothing else. */
class SubsetTest {

    private static final Geometry G = new Geometry(28, 28);

    @TempDir
    Path temp;

    private PatternStore create(String name, StoreOptions options) {
        Path dir = temp.resolve(name);
        PatternStore.create(dir, options).close();
        return Doors.open(
                dir, Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC()).withChunkBytes(1));
    }

    private static String key(int i) {
        return (i % 3 == 0 ? "red/" : i % 3 == 1 ? "rose/" : "é/") + i;
    }

    private static List<Pattern> patterns(String kind, int count, Random random) {
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean real = kind.equals("GREY") || (kind.equals("MIXED") && i % 5 == 2);
            patterns.add(
                    real
                            ? Patterns.realValued(G, i / 2)
                            : Patterns.flipped(Patterns.random(G, i / 3), i % 3 * 0.03, random.nextLong()));
        }
        return patterns;
    }

    private static List<Cue> cues(List<Pattern> patterns, Random random) {
        List<Cue> cues = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            Pattern near = patterns.get(random.nextInt(patterns.size()));
            Pattern shown = switch (i % 4) {
                case 0 -> Patterns.random(G, -i);
                case 1 -> Patterns.realValued(G, i);
                case 2 -> near;
                default -> Patterns.flipped(Patterns.random(G, random.nextInt(20)), 0.1, i);
            };
            Mask mask = i % 3 == 0 ? Patterns.mask(G, random.nextDouble(), i) : Mask.all(G);
            cues.add(Cue.of(shown, mask, i % 5 == 4 ? Coding.UNIPOLAR : Coding.BIPOLAR));
        }
        cues.add(Cue.bipolar(patterns.get(0), Patterns.mask(G, 0, 0)));
        return cues;
    }

    /** None, one, few, some in one row, half, all but one, and all. */
    private static List<BitSet> subsets(int count, Random random) {
        List<BitSet> subsets = new ArrayList<>();
        subsets.add(new BitSet());
        BitSet one = new BitSet();
        one.set(random.nextInt(count));
        subsets.add(one);
        for (double share : new double[] {0.01, 0.02, 0.3, 0.9}) {
            BitSet some = new BitSet();
            for (int i = 0; i < count; i++) {
                some.set(i, random.nextDouble() < share);
            }
            subsets.add(some);
        }
        BitSet row = new BitSet();
        int first = random.nextInt(count);
        row.set(first, Math.min(count, first + Math.max(1, count / 40)));
        subsets.add(row);
        BitSet all = new BitSet();
        all.set(0, count);
        subsets.add(all);
        return subsets;
    }

    @ParameterizedTest
    @CsvSource({
        "BITS, 400, FULL, 1 1 1",
        "BITS, 1500, PACKED, 1 1 1",
        "BITS, 90, TIED, 1 1 1",
        "MIXED, 400, FULL, 1 1 1",
        "MIXED, 300, TIED, 0.3 1 1",
        "MIXED, 200, FULL, 0.004 1.5 3",
        "BITS, 200, FULL, 0.004 1.5 3",
        "GREY, 200, TIED, 1 1 1",
    })
    void itsAnswerIsThatOfAStoreOfTheSubsetAlone(String kind, int count, Layout layout, String constants) {
        String[] rule = constants.split(" ", -1);
        StoreOptions options = StoreOptions.DEFAULT
                .withGeometry(G)
                .withLayout(layout)
                .withRule(new LearningRule(
                        0.9f, Float.parseFloat(rule[0]), Float.parseFloat(rule[1]), Integer.parseInt(rule[2])));
        Random random = new Random(count);
        List<Pattern> patterns = patterns(kind, count, random);
        List<Cue> cues = cues(patterns, random);
        List<BitSet> subsets = subsets(count, random);
        ExecutorService helpers = Executors.newFixedThreadPool(2);
        try (PatternStore store = create("whole", options)) {
            fill(store, patterns);
            for (int s = 0; s < subsets.size(); s++) {
                BitSet members = subsets.get(s);
                try (PatternStore alone = create("alone" + s, options)) {
                    fill(alone, patterns);
                    alone.neurons().stream()
                            .filter(neuron -> !members.get(neuron.neuron()))
                            .forEach(neuron -> alone.forget(neuron.key()));
                    RecallOptions among = RecallOptions.DEFAULT.among(members::get);
                    List<String> keys =
                            members.stream().mapToObj(SubsetTest::key).toList();
                    for (int k : new int[] {1, 40}) {
                        RecallOptions plain = RecallOptions.DEFAULT.withCandidates(k);
                        List<Recall> expected = cues.stream()
                                .map(cue -> alone.recall(cue, plain))
                                .toList();
                        for (RecallPath path : RecallPath.values()) {
                            RecallOptions asked = among.withCandidates(k).withPath(path);
                            assertEquals(expected, oneByOne(store, cues, asked), "subset " + s + " by " + path);
                            assertEquals(expected, store.recallAll(cues, asked), "batch of " + s + " by " + path);
                        }
                        RecallOptions shared = among.withCandidates(k).inParallel(helpers, 3);
                        assertEquals(expected, oneByOne(store, cues, shared), "threads");
                        assertEquals(expected, store.recallAll(cues, shared), "batch of threads");
                        assertEquals(expected, oneByOne(store, cues, plain.amongKeys(keys)), "keys");
                    }
                }
            }
        } finally {
            helpers.shutdownNow();
        }
    }

    private static List<Recall> oneByOne(PatternStore store, List<Cue> cues, RecallOptions options) {
        return cues.stream().map(cue -> store.recall(cue, options)).toList();
    }

    private static void fill(PatternStore store, List<Pattern> patterns) {
        for (int i = 0; i < patterns.size(); i++) {
            store.memorize(key(i), patterns.get(i));
        }
        for (int i = 4; i < patterns.size(); i += 11) {
            store.forget(key(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"BITS, 500, FULL", "MIXED, 250, TIED", "BITS, 700, PACKED"})
    void itsAnswerIsThatOfTheDefinitionWithinTheSubset(String kind, int count, Layout layout) {
        Random random = new Random(count);
        List<Pattern> patterns = patterns(kind, count, random);
        Criteria criteria = new Criteria(0.3f, 0.5f, 0.35f, 0.95f);
        try (PatternStore store =
                create("store", StoreOptions.DEFAULT.withGeometry(G).withLayout(layout))) {
            fill(store, patterns);
            for (BitSet members : subsets(count, random)) {
                NaiveRecall naive = new NaiveRecall();
                patterns.forEach(naive::memorize);
                for (int i = 0; i < count; i++) {
                    if (!members.get(i) || i % 11 == 4) {
                        naive.forget(i);
                    }
                }
                for (int trial = 0; trial < 12; trial++) {
                    Pattern shown = Patterns.flipped(Patterns.random(G, random.nextInt(count / 3)), 0.1, trial);
                    Mask mask = trial % 3 == 0 ? Patterns.mask(G, random.nextDouble(), trial) : Mask.all(G);
                    Coding coding = trial % 5 == 0 ? Coding.UNIPOLAR : Coding.BIPOLAR;
                    NaiveRecall.Answer expected = naive.recall(shown, mask, coding, 5, criteria);
                    Recall found = store.recall(
                            Cue.of(shown, mask, coding),
                            RecallOptions.DEFAULT
                                    .withCandidates(5)
                                    .withCriteria(criteria)
                                    .among(members::get));
                    assertEquals(
                            expected.neurons(),
                            found.candidates().stream().map(Candidate::neuron).toList());
                    assertEquals(expected.verdict(), found.verdict());
                    assertEquals(expected.contrast(), found.contrast(), 1e-6);
                    assertEquals(expected.agreement(), found.agreement(), 1e-6);
                }
            }
        }
    }

    @Test
    void aPrefixIsThatOfTheTextOfAKey() {
        try (PatternStore store = create("store", StoreOptions.DEFAULT.withGeometry(G))) {
            fill(store, patterns("BITS", 30, new Random(1)));
            store.memorize("red", Patterns.random(G, 99));
            Cue cue = Cue.bipolar(Patterns.random(G, 0));
            for (String prefix :
                    List.of("", "r", "red", "red/", "red/1", "rose/", "é/", "none", "red/12", "red/12345")) {
                List<String> found = store.recall(cue, all().amongKeysStartingWith(prefix)).candidates().stream()
                        .map(Candidate::key)
                        .sorted()
                        .toList();
                List<String> expected = store.stream()
                        .map(Neuron::key)
                        .filter(key -> key.startsWith(prefix))
                        .sorted()
                        .toList();
                assertEquals(expected, found, prefix);
            }
            assertThrows(EngramException.InvalidKey.class, () -> RecallOptions.DEFAULT.amongKeysStartingWith("\ud83d"));
        }
    }

    private static RecallOptions all() {
        return RecallOptions.DEFAULT.withCandidates(Integer.MAX_VALUE);
    }

    @Test
    void theSameOptionsFollowTheChangesOfAStoreAndServeAnotherStore() {
        RecallOptions red = all().amongKeysStartingWith("red/");
        RecallOptions two = all().amongKeys(List.of("red/0", "rose/1", "nobody"));
        Cue cue = Cue.bipolar(Patterns.random(G, 0));
        try (PatternStore store = create("store", StoreOptions.DEFAULT.withGeometry(G));
                PatternStore other = create("other", StoreOptions.DEFAULT.withGeometry(G))) {
            assertEquals(List.of(), neurons(store, cue, red));
            store.memorize("red/0", Patterns.random(G, 0));
            store.memorize("rose/1", Patterns.random(G, 1));
            assertEquals(List.of(0), neurons(store, cue, red));
            assertEquals(List.of(0, 1), neurons(store, cue, two));
            assertEquals(List.of(), neurons(other, cue, two));
            store.put("red/0", Patterns.random(G, 2));
            assertEquals(List.of(2), neurons(store, cue, red));
            assertEquals(List.of(1, 2), neurons(store, cue, two));
            store.forget("red/0");
            assertEquals(List.of(), neurons(store, cue, red));
            assertEquals(List.of(1), neurons(store, cue, two));
            other.memorize("red/9", Patterns.random(G, 9));
            assertEquals(List.of(0), neurons(other, cue, red));
        }
    }

    private static List<Integer> neurons(PatternStore store, Cue cue, RecallOptions options) {
        return store.recall(cue, options).candidates().stream()
                .map(Candidate::neuron)
                .sorted()
                .toList();
    }

    @Test
    void aTestIsAskedOnceForEachNeuronWhileTheStoreGrows() {
        AtomicInteger asked = new AtomicInteger();
        RecallOptions even = RecallOptions.DEFAULT.among(neuron -> {
            asked.incrementAndGet();
            return neuron % 2 == 0;
        });
        Cue cue = Cue.bipolar(Patterns.random(G, 0));
        try (PatternStore store = create("store", StoreOptions.DEFAULT.withGeometry(G))) {
            for (int i = 0; i < 50; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
                store.recall(cue, even);
                store.recall(cue, even.withCandidates(3));
                assertEquals(i + 1, asked.get());
            }
        }
    }
}
