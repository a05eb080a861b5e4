package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;

/** What hosts put into sets and logs is equal when it means the same, and says what it is. */
class ValueTypesTest {

    private static final Geometry SHAPE = Patterns.SMALL;

    /** These stand for something open, or only hold methods. */
    private static final Set<String> NO_VALUES = Set.of("PatternStore", "Network", "StoreCare", "Contest");

    private static final Pattern SHOWN = Patterns.random(SHAPE, 1);
    private static final Mask SOME = Patterns.mask(SHAPE, 0.3, 8);

    private static List<Class<?>> publicTypes() throws IOException {
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/org/engram/store"))) {
            for (Path file :
                    files.filter(java -> java.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (!name.equals("package-info")) {
                    types.add(Class.forName("org.engram.store." + name));
                }
            }
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        types.removeIf(type -> !Modifier.isPublic(type.getModifiers()));
        return types;
    }

    private static boolean declares(Class<?> type, String method, Class<?>... parameters) {
        return Stream.of(type.getDeclaredMethods())
                .anyMatch(declared -> declared.getName().equals(method)
                        && List.of(declared.getParameterTypes()).equals(List.of(parameters)));
    }

    private static boolean declaresAll(Class<?> type) {
        return declares(type, "equals", Object.class) && declares(type, "hashCode") && declares(type, "toString");
    }

    private static void assertSame(Object one, Object same) {
        assertEquals(one, same);
        assertEquals(one.hashCode(), same.hashCode());
        assertEquals(one.toString(), same.toString());
    }

    @Test
    void everyPublicClassIsAValueOrKnownToBeNone() throws IOException {
        List<String> lacking = new ArrayList<>();
        for (Class<?> type : publicTypes()) {
            boolean value = type.isRecord() || type.isEnum() || type.isInterface() || declaresAll(type);
            value |= Throwable.class.isAssignableFrom(type);
            if (!value && !NO_VALUES.contains(type.getSimpleName())) {
                lacking.add(type.getSimpleName());
            }
        }
        assertEquals(List.of(), lacking);
    }

    @Test
    void noRecordHasAnArrayWhichWouldBeComparedByIdentity() throws IOException {
        for (Class<?> type : publicTypes()) {
            if (type.isRecord()) {
                for (var component : type.getRecordComponents()) {
                    assertFalse(component.getType().isArray(), type + " " + component);
                }
            }
        }
    }

    @Test
    void masksAreEqualWhenTheyShowTheSamePixels() {
        BitSet all = new BitSet();
        all.set(0, SHAPE.pixels());
        assertSame(Mask.all(SHAPE), Mask.of(SHAPE, all));
        assertSame(Mask.lowerRight(SHAPE, 10), Mask.rectangle(SHAPE, 10, 10, 10, 10));
        assertNotEquals(Mask.lowerRight(SHAPE, 10), Mask.rectangle(SHAPE, 9, 10, 10, 10));
        assertNotEquals(Mask.all(new Geometry(20, 10)), Mask.all(new Geometry(10, 20)));
        assertEquals(
                "mask, 20 x 20, 100 pixels visible", Mask.lowerRight(SHAPE, 10).toString());
    }

    @Test
    void cuesAreEqualWhenEveryPixelVotesTheSame() {
        Pattern otherwiseHidden = SHOWN.withKnown(SOME);
        assertNotEquals(SHOWN, otherwiseHidden);
        assertSame(Cue.bipolar(SHOWN, SOME), Cue.bipolar(otherwiseHidden, SOME));
        assertSame(Cue.bipolar(SHOWN, SOME), Cue.bipolar(otherwiseHidden));
        assertNotEquals(Cue.bipolar(SHOWN, SOME), Cue.bipolar(SHOWN));
        assertNotEquals(Cue.bipolar(SHOWN), Cue.unipolar(SHOWN));
        assertNotEquals(Cue.bipolar(SHOWN), Cue.bipolar(Patterns.flippedAt(SHOWN, 7)));
        assertEquals(
                "BIPOLAR cue, 20 x 20, 100 pixels vote",
                Cue.bipolar(SHOWN, Mask.lowerRight(SHAPE, 10)).toString());
    }

    @Test
    void cuesOfTheSameVotesDifferInShapeCodingOrHiddenPixels() {
        Pattern white = Patterns.all(SHAPE, 1);
        assertNotEquals(Cue.bipolar(white), Cue.unipolar(white));
        Pattern black = Patterns.all(SHAPE, 0);
        assertNotEquals(
                Cue.bipolar(black, Mask.rectangle(SHAPE, 0, 0, 1, 1)),
                Cue.bipolar(black, Mask.rectangle(SHAPE, 1, 0, 1, 1)));
        Geometry wide = new Geometry(2, 1);
        Geometry high = new Geometry(1, 2);
        assertNotEquals(Cue.bipolar(Pattern.ofBits(wide, 1)), Cue.bipolar(Pattern.ofBits(high, 1)));
        assertNotEquals(Cue.bipolar(Pattern.of(wide, 0.5f, 0)), Cue.bipolar(Pattern.of(high, 0.5f, 0)));
    }

    @Test
    void aGreyPixelThatVotesForNeitherIsNotAHiddenOne() {
        Geometry row = new Geometry(3, 1);
        Cue grey = Cue.bipolar(Pattern.of(row, 0.25f, 0.5f, 0));
        BitSet ends = new BitSet();
        ends.set(0);
        ends.set(2);
        Cue hidden = Cue.bipolar(Pattern.of(row, 0.25f, 0.5f, 0), Mask.of(row, ends));
        BitSet begin = new BitSet();
        begin.set(0, 2);
        assertNotEquals(grey, hidden);
        assertNotEquals(hidden, Cue.bipolar(Pattern.of(row, 0.25f, 0, 0), Mask.of(row, begin)));
        assertSame(hidden, Cue.bipolar(Pattern.of(row, 0.25f, 0.75f, 0), Mask.of(row, ends)));
        assertNotEquals(grey, Cue.bipolar(Pattern.of(row, 0.25f, 0.5f, 0.125f)));
        assertNotEquals(Cue.bipolar(Pattern.of(row, 0, 1, 1)), Cue.bipolar(Pattern.of(row, 0, 1, 0.5f)));
    }

    @Test
    void recallOptionsAreEqualWhenTheyAskTheSame() {
        Executor executor = Runnable::run;
        RecallOptions five = RecallOptions.DEFAULT.withCandidates(5);
        assertSame(five, RecallOptions.DEFAULT.withCandidates(2).withCandidates(5));
        assertSame(five.inParallel(executor, 2), five.inParallel(executor, 2));
        assertNotEquals(five, RecallOptions.DEFAULT);
        assertNotEquals(five, five.withCriteria(Criteria.DEFAULT));
        assertNotEquals(five, five.inParallel(executor, 2));
        RecallOptions subset = RecallOptions.DEFAULT.amongKeysStartingWith("a");
        assertNotEquals(RecallOptions.DEFAULT, subset);
        assertSame(subset.withCandidates(5), subset.withCandidates(5));
        assertEquals(1, new HashSet<>(List.of(five, RecallOptions.DEFAULT.withCandidates(5))).size());
        assertEquals(
                "RecallOptions[candidates 5, criteria of the store, among all neurons, threads 1]", five.toString());
        assertEquals(
                "RecallOptions[candidates 1, criteria of the store, among a subset, threads 2]",
                subset.inParallel(executor, 2).toString());
    }
}
