package org.engram.tools.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Campaign;
import org.engram.tools.fixture.photo.Album;
import org.engram.tools.fixture.photo.PhotoDamage;
import org.engram.tools.fixture.photo.Shot;
import org.engram.tools.fixture.photo.Symbol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickets whose texts differ in the last characters, and whose symbols are the same in five of six modules. */
class RelativesTest {

    private static final long SEED = 123_000_000L;
    private static final int STORED = 13;

    /** Out of focus, or torn or glaring where the two differ. */
    private static final List<Integer> HARD = List.of(51, 2625, 990, 2799);

    @TempDir
    private static Path directory;

    private static PatternStore store;
    private static QrRepair repairs;

    @BeforeAll
    static void memorizeFew() {
        store = PatternStore.create(directory.resolve("store"));
        SplittableRandom random = new SplittableRandom(502);
        for (int k = 0; k < STORED; k++) {
            Symbol symbol = k % 2 == 0 ? seat(2 * k) : Symbol.random(random.nextInt(1, 11), random);
            store.memorize("symbol-" + k, symbol.pattern(store.geometry()));
        }
        repairs = new QrRepair(store, store.criteria());
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void aRelativeThatIsHardlySeenNamesNone() {
        assertEquals(List.of(), named(HARD));
    }

    @Test
    void noDamagedRelativeOfAStoredSymbolNamesIt() {
        assertEquals(
                List.of(), named(IntStream.range(0, Campaign.STRANGERS).boxed().toList()));
    }

    private static List<String> named(List<Integer> numbers) {
        return numbers.parallelStream()
                .flatMap(number ->
                        Album.read(repairs, photograph(number).grey()).stream().map(text -> number + ": " + text))
                .toList();
    }

    private static Shot photograph(int number) {
        PhotoDamage[] kinds = PhotoDamage.values();
        int strength = number / (9 * kinds.length) % PhotoDamage.STRENGTHS + 1;
        Shot whole = Shot.of(seat(1 + 2 * (number % 500)), new SplittableRandom(SEED + number));
        return kinds[number / 9 % kinds.length].to(whole, strength, SEED + number);
    }

    private static Symbol seat(int number) {
        int mask = number / 2 % 8 == 7 ? 3 : 2;
        return Symbol.of("https://tickets.example/e/4711/seat/" + number, 4, ErrorCorrectionLevel.M, mask);
    }
}
