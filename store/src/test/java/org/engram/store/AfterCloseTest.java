package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.Sentences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every method of a store that is closed. */
class AfterCloseTest {

    private static final Geometry SMALL = new Geometry(8, 8);
    /** What never changes, or was known last, is known after closing too. */
    private static final Set<String> STILL_ANSWER = Set.of(
            "close",
            "criteria",
            "directory",
            "geometry",
            "hasMasks",
            "isReadOnly",
            "layout",
            "network",
            "recovery",
            "rule",
            "toString",
            "uuid");

    @Test
    void everyMethodThrowsOneLineAfterClose(@TempDir Path directory) {
        for (boolean readOnly : List.of(false, true)) {
            Path path = directory.resolve("store " + readOnly);
            Pattern pattern = new ChangeScript(SMALL, 1, false).pattern(0);
            Cue cue = Cue.bipolar(pattern);
            PatternStore store = PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(SMALL));
            store.memorize("key", pattern);
            if (readOnly) {
                store.close();
                store = PatternStore.openReadOnly(path);
            }
            PatternStore closed = store;
            closed.close();
            closed.close();
            Map<String, Runnable> calls = new TreeMap<>(Map.ofEntries(
                    Map.entry("memorize(String, Pattern)", () -> closed.memorize("other", pattern)),
                    Map.entry("replace(String, Pattern)", () -> closed.replace("key", pattern)),
                    Map.entry("warmUp()", closed::warmUp),
                    Map.entry("put(String, Pattern)", () -> closed.put("key", pattern)),
                    Map.entry("neuronOf(String)", () -> closed.neuronOf("key")),
                    Map.entry("neuron(int)", () -> closed.neuron(0)),
                    Map.entry("stream()", closed::stream),
                    Map.entry("stream(String)", () -> closed.stream("k")),
                    Map.entry("stream(String, String)", () -> closed.stream("k", "l")),
                    Map.entry("stats()", closed::stats),
                    Map.entry("awaitChange(Duration)", () -> awaitChange(closed)),
                    Map.entry("forgetIfPresent(String)", () -> closed.forgetIfPresent("key")),
                    Map.entry(
                            "memorizeAll(Collection)",
                            () -> closed.memorizeAll(Map.of("other", pattern).entrySet())),
                    Map.entry(
                            "insertUnlessSimilar(String, Pattern, RecallOptions)",
                            () -> closed.insertUnlessSimilar("other", pattern, RecallOptions.DEFAULT.withinDeficit(1))),
                    Map.entry(
                            "recallBestOf(List, RecallOptions)",
                            () -> closed.recallBestOf(List.of(cue), RecallOptions.DEFAULT)),
                    Map.entry("displayed(int)", () -> closed.network().displayed(0)),
                    Map.entry("recallAll(List)", () -> closed.recallAll(List.of(cue))),
                    Map.entry("forget(String)", () -> closed.forget("key")),
                    Map.entry("setCriteria(Criteria)", () -> closed.setCriteria(Criteria.DEFAULT)),
                    Map.entry("sync()", closed::sync),
                    Map.entry("refresh()", closed::refresh),
                    Map.entry("contains(String)", () -> closed.contains("key")),
                    Map.entry("pattern(String)", () -> closed.pattern("key")),
                    Map.entry("pattern(int)", () -> closed.pattern(0)),
                    Map.entry("wStripe(int)", () -> closed.network().wStripe(0)),
                    Map.entry("vStripe(int)", () -> closed.network().vStripe(0)),
                    Map.entry("recall(Cue)", () -> closed.recall(cue)),
                    Map.entry("recall(Cue, RecallOptions)", () -> closed.recall(cue, RecallOptions.DEFAULT)),
                    Map.entry(
                            "recallAll(List, RecallOptions)",
                            () -> closed.recallAll(List.of(cue), RecallOptions.DEFAULT)),
                    Map.entry(
                            "responses(Cue, RecallOptions)",
                            () -> closed.network().responses(cue, RecallOptions.DEFAULT)),
                    Map.entry(
                            "responsesToAll(List, RecallOptions)",
                            () -> closed.network().responsesToAll(List.of(cue), RecallOptions.DEFAULT)),
                    Map.entry(
                            "addRivals(Contest, int, RecallOptions)",
                            () -> closed.network()
                                    .addRivals(new Contest(cue, pattern, new int[0]), -1, RecallOptions.DEFAULT)),
                    Map.entry(
                            "contenders(Cue, RecallOptions, int[])",
                            () -> closed.network().contenders(cue, RecallOptions.DEFAULT, new int[0])),
                    Map.entry(
                            "nearest(List, int[], RecallOptions)",
                            () -> closed.network().nearest(List.of(cue), new int[1], RecallOptions.DEFAULT)),
                    Map.entry(
                            "sketches(Cue, RecallOptions)",
                            () -> closed.network().sketches(cue, RecallOptions.DEFAULT)),
                    Map.entry("responses(Cue)", () -> closed.network().responses(cue)),
                    Map.entry("holds(String, Pattern)", () -> closed.holds("key", pattern)),
                    Map.entry("sizeWithRetired()", closed::sizeWithRetired),
                    Map.entry("neurons()", closed::neurons),
                    Map.entry("size()", closed::size)));
            assertEquals(new TreeSet<>(calls.keySet()), methodsThatNeedAnOpenStore());
            calls.forEach((name, call) -> {
                EngramException.Closed refused = assertThrows(EngramException.Closed.class, call::run, name);
                assertEquals(
                        "store is closed: %s; open it again to use it".formatted(path), refused.getMessage(), name);
            });
            assertEquals(SMALL, closed.geometry());
            assertEquals(Layout.FULL, closed.layout());
            assertEquals(LearningRule.PAPER, closed.rule());
            assertEquals(Criteria.DEFAULT, closed.criteria());
            assertEquals(readOnly, closed.isReadOnly());
            assertEquals(path, closed.directory());
            assertEquals(StoreCare.inspect(path).uuid(), closed.uuid());
            assertEquals("", Sentences.of(closed.recovery()));
            assertEquals("PatternStore[%s, 8 x 8]".formatted(path), closed.toString());
        }
    }

    private static void awaitChange(PatternStore closed) {
        try {
            closed.awaitChange(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> methodsThatNeedAnOpenStore() {
        Set<String> names = new TreeSet<>();
        for (Method method : Stream.of(PatternStore.class, Network.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .toList()) {
            boolean ofInstances = Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
            if (ofInstances && !method.isSynthetic() && !STILL_ANSWER.contains(method.getName())) {
                List<String> parameters = Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .toList();
                names.add(method.getName() + "(" + String.join(", ", parameters) + ")");
            }
        }
        return names;
    }
}
