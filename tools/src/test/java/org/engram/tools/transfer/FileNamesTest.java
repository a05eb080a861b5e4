package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.engram.store.Geometry;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {

    @TempDir
    private Path directory;

    private int stores;

    private List<String> names(List<String> keys) {
        try (PatternStore store = PatternStore.create(
                directory.resolve("store " + ++stores), StoreOptions.DEFAULT.withGeometry(new Geometry(1, 1)))) {
            keys.forEach(key -> store.memorize(key, Pattern.of(store.geometry(), 1)));
            List<Neuron> neurons = store.neurons();
            FileNames names = new FileNames(neurons, ".png");
            return neurons.stream().map(names::of).toList();
        }
    }

    @Test
    void ofTwoKeysThatAFileSystemTakesForOneTheSecondIsNumbered() {
        assertEquals(
                List.of("Apple.png", "apple%~1.png", "APPLE%~2.png", "pear.png"),
                names(List.of("Apple", "apple", "APPLE", "pear")));
        assertEquals(List.of("caf\u00e9.png", "cafe\u0301%~1.png"), names(List.of("caf\u00e9", "cafe\u0301")));
        assertEquals(List.of("stra\u00dfe.png", "STRASSE%~1.png"), names(List.of("stra\u00dfe", "STRASSE")));
        assertEquals(List.of("\u212a.png", "k%~1.png"), names(List.of("\u212a", "k")));
        assertEquals(List.of("\u2764.png", "\u2764\ufe0f%~1.png"), names(List.of("\u2764", "\u2764\ufe0f")));
        assertEquals(List.of("\u03c3.png", "\u03c2%~1.png"), names(List.of("\u03c3", "\u03c2")));
        assertEquals(List.of("\u00c5.png", "\u212b%~1.png"), names(List.of("\u00c5", "\u212b")));
        assertEquals(List.of("a%2Fb.png", "A%2Fb%~1.png", "a%252Fb.png"), names(List.of("a/b", "A/b", "a%2Fb")));
    }

    @Test
    void aNumberInAKeyIsNoNumberOfANeuron() {
        assertEquals(List.of("a.png", "A%~1.png", "a%25~1.png"), names(List.of("a", "A", "a%~1")));
        String stem = "x".repeat(200);
        assertEquals(
                List.of(stem + ".png", stem + "%~1.png", stem.toUpperCase(Locale.ROOT) + "%~2.png"),
                names(List.of(stem, stem + "y", stem.toUpperCase(Locale.ROOT))));
    }

    @Test
    void noTwoNamesOfRandomKeysAreOneWhenFolded() {
        String letters = "aAbB\u00e9e\u0301E\u00c9\u00df\u017fsS\u0130\u0131iI.% ~1";
        Random random = new Random(5);
        Set<String> keys = new HashSet<>();
        while (keys.size() < 500) {
            StringBuilder key = new StringBuilder();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                key.append(letters.charAt(random.nextInt(letters.length())));
            }
            keys.add(key.toString());
        }
        Set<String> seen = new HashSet<>();
        for (String name : names(new ArrayList<>(keys))) {
            String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
            seen.add(decomposed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
        }
        assertEquals(500, seen.size());
    }
}
