package org.engram.tools.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.StoreOptions;
import org.engram.store.Verdict;
import org.engram.tools.qr.QrCodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** QR symbols that were never stored, shown to stores of few symbols and of many, by the criteria that nobody chose. */
class StrangersTest {

    private static final Geometry G = Geometry.PAPER;
    private static final int WHOLE = G.width();
    private static final int HALF = 82;
    private static final int QUARTER = 58;
    private static final int STORES = 20;
    private static final int ASKED = 250;

    private static List<Pattern> strangers;

    @TempDir
    private Path temp;

    @BeforeAll
    static void drawStrangers() {
        strangers = symbols(10_000, 77);
    }

    /** Eight katakana or eight letters. */
    private static List<Pattern> symbols(int count, long seed) {
        SplittableRandom die = new SplittableRandom(seed);
        Set<String> texts = new LinkedHashSet<>();
        while (texts.size() < count) {
            boolean kana = die.nextBoolean();
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                text.append((char) (kana ? 'ァ' + die.nextInt('ヶ' - 'ァ' + 1) : 'a' + die.nextInt(26)));
            }
            texts.add(text.toString());
        }
        return texts.parallelStream().map(text -> QrCodec.encode(text, G)).toList();
    }

    private static Cue part(Pattern pattern, int side) {
        return Cue.bipolar(pattern, Mask.lowerRight(G, side));
    }

    private static long count(PatternStore store, List<Pattern> shown, int side, Predicate<Recall> wanted) {
        return shown.parallelStream()
                .map(pattern -> store.recall(part(pattern, side)))
                .filter(wanted)
                .count();
    }

    @Test
    void ofTenThousandStrangersNoneIsTakenWholeAndThreeAreByAQuarter() {
        try (Subject subject = Lesson.learn(temp.resolve("store"))) {
            assertEquals(0, count(subject.store(), strangers, WHOLE, Recall::isRecognised));
            assertEquals(1, count(subject.store(), strangers, HALF, Recall::isRecognised));
            assertEquals(3, count(subject.store(), strangers, QUARTER, Recall::isRecognised));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64})
    void amongFewSymbolsHardlyAStrangerIsRecognisedAndEveryStoredOneIs(int patterns) {
        List<Pattern> all = symbols(STORES * patterns, 5);
        long[] taken = new long[3];
        long takenAsAmongMany = 0;
        for (int s = 0; s < STORES; s++) {
            List<Pattern> stored = all.subList(s * patterns, (s + 1) * patterns);
            List<Pattern> others = strangers.subList(s * ASKED, (s + 1) * ASKED);
            try (PatternStore store = store("store-" + s, stored)) {
                int[] sides = {WHOLE, HALF, QUARTER};
                for (int part = 0; part < sides.length; part++) {
                    taken[part] += count(store, others, sides[part], Recall::isRecognised);
                    requireRecognised(store, stored, sides[part]);
                }
                takenAsAmongMany += count(store, others, QUARTER, StrangersTest::isRecognisedAsAmongMany);
            }
        }
        for (long one : taken) {
            assertTrue(one <= STORES * ASKED / 250, "of %s strangers %s are recognised".formatted(STORES * ASKED, one));
        }
        assertTrue(takenAsAmongMany > STORES * ASKED / 50, "0.5 alone takes %s".formatted(takenAsAmongMany));
    }

    private static boolean isRecognisedAsAmongMany(Recall recall) {
        return recall.judgement().under(Criteria.DEFAULT).verdict() == Verdict.RECOGNISED;
    }

    private PatternStore store(String name, List<Pattern> patterns) {
        PatternStore store = PatternStore.create(temp.resolve(name), StoreOptions.DEFAULT.withLayout(Layout.PACKED));
        store.memorizeAll(IntStream.range(0, patterns.size())
                .mapToObj(i -> Map.entry("symbol-" + i, patterns.get(i)))
                .toList());
        return store;
    }

    /** Clean, and with every tenth pixel flipped. */
    private static void requireRecognised(PatternStore store, List<Pattern> stored, int side) {
        for (int i = 0; i < stored.size(); i++) {
            for (Pattern shown : List.of(stored.get(i), stored.get(i).withNoise(0.1, Mask.lowerRight(G, side), i))) {
                Recall recall = store.recall(part(shown, side));
                assertEquals("symbol-" + i, recall.recognised().orElseThrow().key());
            }
        }
    }
}
