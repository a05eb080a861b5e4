package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.neurons.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that somebody cuts, moves or deletes under an open store: a typed error before any byte is read. */
class CutFileTest {

    private static final Geometry G = new Geometry(40, 40);

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource
    void everyCallThatReadsWeightsNamesTheFileThatWasCut(Layout layout) throws IOException {
        for (Part part : Part.of(layout)) {
            Path dir = temp.resolve(layout + " " + part);
            fill(dir, layout, 40);
            try (PatternStore reader = PatternStore.openReadOnly(dir)) {
                Cue cue = Cue.bipolar(Patterns.random(G, 7));
                reader.recall(cue);
                Path file = dir.resolve(part.fileName);
                long whole = Files.size(file);
                StoreBytes.cut(file, whole / 2);
                String expected = "stripe file is cut: %s: expected at least %d bytes for 40 neurons, found %d; "
                        .formatted(file, whole, whole / 2);
                for (Executable call : List.<Executable>of(
                        () -> reader.recall(cue),
                        () -> reader.recallAll(List.of(cue)),
                        () -> reader.pattern(39),
                        () -> reader.pattern("k39"),
                        () -> reader.holds("k39", Patterns.random(G, 39)),
                        () -> reader.network().responses(cue),
                        () -> reader.network().displayed(39),
                        () -> reader.network().wStripe(39),
                        () -> reader.network().vStripe(39),
                        reader::refresh)) {
                    String said =
                            assertThrows(EngramException.Corrupt.class, call).getMessage();
                    assertEquals(expected, said.substring(0, Math.min(said.length(), expected.length())));
                }
            }
        }
    }

    @Test
    void aStoreThatWasMovedReplacedOrDeletedTakesNoChangeAndWritesNothing() throws IOException {
        for (String what : List.of("moved", "replaced", "deleted")) {
            Path dir = temp.resolve(what);
            fill(dir, Layout.PACKED, 3);
            Path aside = temp.resolve(what + " aside");
            try (PatternStore writer = PatternStore.open(dir);
                    PatternStore reader = PatternStore.openReadOnly(dir)) {
                Files.move(dir, aside);
                if (what.equals("replaced")) {
                    fill(dir, Layout.PACKED, 2);
                } else if (what.equals("deleted")) {
                    StoreBytes.delete(aside);
                }
                String found = what.equals("replaced") ? "another" : "none";
                String expected =
                        "store was replaced since it was opened: %s: expected the same file, found %s; reopen the store"
                                .formatted(dir.resolve("journal"), found);
                for (Executable change : List.<Executable>of(
                        () -> writer.setCriteria(Criteria.DEFAULT), () -> writer.memorize("x", Patterns.all(G, 1)))) {
                    Throwable refused = assertThrows(EngramException.class, change);
                    assertEquals(true, refused.getMessage().contains(expected), refused.getMessage());
                }
                assertEquals(
                        expected,
                        assertThrows(EngramException.Superseded.class, reader::refresh)
                                .getMessage());
            }
            if (what.equals("replaced")) {
                try (PatternStore other = PatternStore.open(dir)) {
                    assertEquals(2, other.size());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWriterWhoseFileWasCutVouchesForNothingAndTakesNoMoreChanges(Layout layout) throws Exception {
        for (Part part : Part.of(layout)) {
            for (boolean cut : new boolean[] {true, false}) {
                Path dir = temp.resolve(layout + " " + part + (cut ? " cut" : " replaced"));
                fill(dir, layout, 40);
                Path file = dir.resolve(part.fileName);
                long whole = Files.size(file);
                String expected = cut
                        ? "stripe file is cut: %s: expected at least %d bytes for 41 neurons, found %d; "
                                .formatted(file, whole / 40 * 41, whole / 2)
                        : "store was replaced since it was opened: %s: expected the same file, found another; "
                                .formatted(file);
                try (PatternStore writer = PatternStore.open(dir)) {
                    writer.memorize("k40", Patterns.random(G, 40));
                    if (cut) {
                        StoreBytes.cut(file, whole / 2);
                    } else {
                        Path aside = file.resolveSibling("aside");
                        Files.copy(file, aside);
                        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                    for (Executable change : List.<Executable>of(
                            writer::sync, () -> writer.memorize("x", Patterns.all(G, 1)), () -> writer.forget("k1"))) {
                        String said =
                                assertThrows(EngramException.class, change).getMessage();
                        assertTrue(said.contains(expected), said);
                    }
                }
            }
        }
    }

    @Test
    void aWriterWhoseDirectoryWasReplacedMakesNoIndexInTheOther() throws IOException {
        Path dir = temp.resolve("store");
        fill(dir, Layout.PACKED, 1);
        Path aside = temp.resolve("aside");
        Access access = Access.writer(Durability.ALWAYS, Clock.systemUTC()).indexingAfter(1);
        PatternStore writer = Doors.open(dir, access);
        for (int i = 1; i <= 64; i++) { // as many as a SYNC comes with
            writer.memorize("k" + i, Patterns.random(G, i));
        }
        Files.move(dir, aside);
        fill(dir, Layout.PACKED, 2);
        Map<String, byte[]> before = StoreBytes.of(dir);
        writer.close();
        StoreBytes.assertSame(before, StoreBytes.of(dir));
        try (PatternStore moved = PatternStore.open(aside)) {
            assertEquals(65, moved.size());
        }
    }

    private static void fill(Path dir, Layout layout, int neurons) {
        try (PatternStore store =
                PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G).withLayout(layout))) {
            for (int i = 0; i < neurons; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
        }
    }
}
