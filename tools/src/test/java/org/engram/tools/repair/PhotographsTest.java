package org.engram.tools.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Campaign;
import org.engram.tools.fixture.Images;
import org.engram.tools.fixture.photo.Album;
import org.engram.tools.fixture.photo.AlbumPictures;
import org.engram.tools.fixture.photo.Grey;
import org.engram.tools.fixture.photo.NoSymbol;
import org.engram.tools.fixture.photo.PhotoDamage;
import org.engram.tools.fixture.photo.Shot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photographs that the tests draw, shown to a store of symbols of Versions 1 to 10. */
class PhotographsTest {

    private static final int SYMBOLS = 300;

    /** The least percentage that is read of each kind of damage, all strengths together. */
    private static final Map<PhotoDamage, Integer> LEAST = least();

    @TempDir
    private static Path directory;

    private static PatternStore store;
    private static QrRepair repairs;
    private static Album album;
    private static List<Album.Attempt> attempts;

    private static Map<PhotoDamage, Integer> least() {
        Map<PhotoDamage, Integer> least = new EnumMap<>(PhotoDamage.class);
        for (PhotoDamage damage : PhotoDamage.values()) {
            least.put(
                    damage,
                    switch (damage) {
                        case SHADOW -> 85;
                        case MARKER -> 78;
                        case CURVED, FOLD, LOWRES, MOTION, SCRATCH -> 72;
                        case FINDERS -> 80;
                        case PEPPER, MIXED -> 60;
                        case DEFOCUS -> 50;
                        default -> 90;
                    });
        }
        return least;
    }

    @BeforeAll
    static void showAllPhotographs() {
        album = Album.of(SYMBOLS, 1);
        store = PatternStore.create(directory.resolve("store"));
        album.memorizeIn(store);
        repairs = new QrRepair(store, store.criteria());
        attempts = album.show(repairs, Campaign.PHOTOGRAPHS);
    }

    /** Where {@code engram.pictures} names a directory. */
    @AfterAll
    static void drawPictures() throws Exception {
        String pictures = System.getProperty("engram.pictures");
        if (pictures != null) {
            Images.write(AlbumPictures.curves(attempts), Path.of(pictures, "photographs.png"));
            Images.write(AlbumPictures.rescued(album, attempts), Path.of(pictures, "rescued.png"));
        }
        store.close();
    }

    @Test
    void noDamagedPhotographIsReadAsAnotherSymbol() {
        List<String> wrong = attempts.stream()
                .filter(attempt -> !attempt.wrong().isEmpty())
                .map(attempt -> "%s %d of photograph %d: %s"
                        .formatted(attempt.damage(), attempt.strength(), attempt.number(), attempt.wrong()))
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyKindOfDamageIsReadOftenEnough() {
        List<String> tooFew = new ArrayList<>();
        for (PhotoDamage damage : PhotoDamage.values()) {
            List<Album.Attempt> own = attempts.stream()
                    .filter(attempt -> attempt.damage() == damage)
                    .toList();
            long right = own.stream().filter(Album.Attempt::isRight).count();
            if (right < Math.floor(LEAST.get(damage) / 100.0 * own.size())) {
                tooFew.add("%s: %d of %d".formatted(damage, right, own.size()));
            }
        }
        assertEquals(List.of(), tooFew);
    }

    @Test
    void whatAReaderReadsIsReadToo() {
        List<String> lost = attempts.stream()
                .filter(attempt -> attempt.isRightAlone() && !attempt.isRight())
                .map(attempt ->
                        "%s %d of photograph %d".formatted(attempt.damage(), attempt.strength(), attempt.number()))
                .toList();
        assertEquals(List.of(), lost);
        assertTrue(attempts.stream().anyMatch(Album.Attempt::isRightAlone));
    }

    @Test
    void symbolsThatAreNotStoredNameNone() {
        Album others = Album.of(SYMBOLS, 2);
        assertEquals(List.of(), named(IntStream.range(0, Campaign.STRANGERS / 2), others::photograph));
        assertEquals(
                List.of(),
                named(IntStream.range(0, 10), number -> Shot.of(others.symbol(number), new SplittableRandom(number))));
    }

    @Test
    void picturesOfOtherThingsNameNone() {
        NoSymbol[] things = NoSymbol.values();
        assertEquals(
                List.of(),
                texts(
                        IntStream.range(0, Math.max(things.length, Campaign.STRANGERS / 2)),
                        number -> things[number % things.length].draw(number)));
    }

    private static List<String> named(IntStream numbers, IntFunction<Shot> shot) {
        return texts(numbers, number -> shot.apply(number).grey());
    }

    /** What is read of pictures in which nothing stored can be seen. */
    private static List<String> texts(IntStream numbers, IntFunction<Grey> picture) {
        return numbers.parallel()
                .boxed()
                .flatMap(number ->
                        Album.read(repairs, picture.apply(number)).stream().map(text -> number + ": " + text))
                .toList();
    }
}
