package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real JVMs, each started its own way, which all create, append, recall between appends, close and reopen. */
class HostsTest {

    private static final Geometry SHAPE = new Geometry(32, 32);
    private static final int NEURONS = 60;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "'', jdk, scalar",
        "--add-opens java.base/java.lang.reflect=ALL-UNNAMED, jdk, scalar",
        "--add-exports java.base/sun.nio.ch=ALL-UNNAMED, jdk, scalar",
        "--add-exports java.base/jdk.internal.ref=ALL-UNNAMED, jdk, scalar",
        "--add-modules jdk.incubator.vector, jdk, widest",
        "--enable-native-access=ALL-UNNAMED, jdk, scalar",
        "--sun-misc-unsafe-memory-access=allow, jdk, scalar",
        "--sun-misc-unsafe-memory-access=deny, jdk, scalar",
        "--illegal-native-access=deny, jdk, scalar",
        "--sun-misc-unsafe-memory-access=deny --illegal-native-access=deny --add-modules jdk.incubator.vector, jdk, widest",
        "-XX:+UseZGC, jdk, scalar",
        "ALL, chronicle, widest",
        "ALL -XX:+UseZGC, chronicle, widest",
        "ALL -Dengram.mapping=jdk, jdk, widest"
    })
    void everyHostGetsTheSameAnswers(String flags, String mapping, String kernel) {
        List<String> words = new ArrayList<>();
        for (String word : flags.split(" ", -1)) {
            if (word.equals("ALL")) {
                words.add("@" + ChildJvm.argumentFile());
            } else if (!word.isEmpty()) {
                words.add(word);
            }
        }
        try (ChildJvm child = ChildJvm.startWithFlags(
                directory, Host.class, words, directory.resolve("store").toString())) {
            List<String> expected = new ArrayList<>();
            expected.add(mapping + " " + (kernel.equals("widest") ? PatternStore.kernel() : kernel));
            expected.addAll(Arrays.stream(Layout.values())
                    .map(layout -> layout + " " + Host.life(directory.resolve("here-" + layout), layout))
                    .toList());
            assertEquals(expected, child.remainingLines(), child::err);
            assertEquals(0, child.exitCode());
        }
    }

    /** A host. Its answers are the digits of all recalls in one number. */
    static final class Host {

        private Host() {}

        public static void main(String[] args) {
            System.out.println(PatternStore.mapping() + " " + PatternStore.kernel());
            for (Layout layout : Layout.values()) {
                System.out.println(layout + " " + life(Path.of(args[0] + layout), layout));
            }
        }

        static int life(Path path, Layout layout) {
            int answers = 0;
            try (PatternStore store = PatternStore.create(
                    path, StoreOptions.DEFAULT.withGeometry(SHAPE).withLayout(layout))) {
                for (int i = 0; i < NEURONS; i++) {
                    store.memorize("key " + i, Patterns.random(SHAPE, i));
                    answers = 31 * answers + answer(store, i);
                    answers = 31 * answers + answer(store, i / 2);
                }
            }
            try (PatternStore store = PatternStore.openReadOnly(path)) {
                for (int i = 0; i < NEURONS; i++) {
                    answers = 31 * answers + answer(store, i);
                }
            }
            return answers;
        }

        private static int answer(PatternStore store, int i) {
            Pattern pattern = Patterns.flipped(Patterns.random(SHAPE, i), 0.1, i);
            Recall bipolar = store.recall(Cue.bipolar(pattern));
            Recall unipolar = store.recall(Cue.unipolar(pattern));
            if (bipolar.neuron() != i || !store.pattern(i).equals(Patterns.random(SHAPE, i))) {
                throw new AssertionError("neuron %s, found %s".formatted(i, bipolar.neuron()));
            }
            return 31 * bipolar.toString().hashCode() + unipolar.toString().hashCode();
        }
    }
}
