package org.engram.tools.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.engram.store.Diagnosis;
import org.engram.store.SalvageReport;
import org.engram.store.StoreCare;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb for damaged stores, and how those that find damage point to it. */
class SalvageVerbTest {

    private static final String ADVICE = "or run engram salvage\n";

    @TempDir
    private Path directory;

    private Path store;
    private Path target;

    @BeforeEach
    void createAStoreOfThreeOfWhichOneIsRetired() throws Exception {
        store = Stores.storeOfThree(directory);
        target = directory.resolve("target");
        Cli.run("forget", store, "n1").expect(0);
    }

    @Test
    void salvageOfASoundStoreLosesNothing() {
        assertEquals(
                "salvaged 2 neurons into %s: nothing was lost\n".formatted(target),
                Cli.run("salvage", store, target).expect(0).out());
        Cli.run("diff", store, target).expect(0);
        assertEquals(
                """
                {
                  "neurons" : 2,
                  "lostNeurons" : 0,
                  "lost" : [ ],
                  "notes" : [ ]
                }
                """,
                Cli.run("salvage", store, directory.resolve("second"), "--json")
                        .expect(0)
                        .out());
    }

    private static List<String> sentences(List<Diagnosis> diagnoses) {
        return diagnoses.stream().map(Diagnosis::toString).toList();
    }

    @Test
    void everyLossIsALineAndTheVerbEndsWith3() throws Exception {
        Stores.flip(store.resolve("journal"), 20);
        SalvageReport report = StoreCare.salvage(store, directory.resolve("library"), (done, total) -> {});
        assertEquals(1, report.lostNeurons());
        Cli.Result salvaged = Cli.run("salvage", store, target).expect(3);
        assertEquals(
                lines("lost: ", sentences(report.lost()))
                        + "salvaged 1 neuron into %s: lost 1 neuron, as far as can be told\n".formatted(target),
                salvaged.out());
        assertEquals("", salvaged.err());
        assertEquals(
                "sound: 1 neuron checked, 1 live, 0 retired\n",
                Cli.run("verify", target, "--level", "weights").expect(0).out());
        Map<String, Object> json = JSON.std.mapFrom(Cli.run("salvage", store, directory.resolve("second"), "--json")
                .expect(3)
                .out());
        assertEquals(
                Map.of("neurons", 1, "lostNeurons", 1, "lost", sentences(report.lost()), "notes", List.of()),
                Map.copyOf(json));
    }

    @Test
    void weightsThatWereDerivedAreANoteAndNoLoss() throws Exception {
        Stores.flip(store.resolve("v.stripes"), 5);
        SalvageReport report = StoreCare.salvage(store, directory.resolve("library"), (done, total) -> {});
        assertEquals(1, report.notes().size());
        assertEquals(
                lines("note: ", sentences(report.notes()))
                        + "salvaged 2 neurons into %s: nothing was lost\n".formatted(target),
                Cli.run("salvage", store, target).expect(0).out());
        Cli.run("verify", target, "--level", "weights").expect(0);
    }

    @Test
    void whatCannotBeSalvagedIsAnErrorThatDoesNotPointToSalvage() throws Exception {
        Files.delete(store.resolve("journal"));
        assertEquals(
                "engram: store is incomplete: %s: expected a regular file, found none; restore it from a copy\n"
                        .formatted(store.resolve("journal")),
                Cli.run("salvage", store, target).expect(3).err());
        assertNothingIsLeft();
    }

    @Test
    void whoeverFindsDamageIsPointedToSalvage() throws Exception {
        Cli.run("copy", store, target).expect(0);
        Stores.flip(store.resolve("journal"), 20);
        String info = Cli.run("info", store).expect(3).out();
        assertTrue(info.endsWith("\nadvice    engram salvage makes a new store of what is whole\n"), info);
        String verified = Cli.run("verify", store).expect(3).out();
        assertTrue(verified.contains(ADVICE), verified);
        String ls = Cli.run("ls", store).expect(3).err();
        assertTrue(ls.endsWith(ADVICE), ls);
        String opened = Cli.run("forget", store, "n0").expect(3).err();
        assertTrue(opened.endsWith(ADVICE), opened);
        Path none = directory.resolve("none");
        assertPointsToSalvage(Cli.run("copy", store, none).expect(3));
        assertPointsToSalvage(Cli.run("compact", store, none).expect(3));
        assertPointsToSalvage(Cli.run("diff", store, target).expect(3));
        assertPointsToSalvage(Cli.run("diff", target, store).expect(3));
        assertFalse(Files.exists(none));
    }

    @Test
    void whatARebuildMendsPointsToNoSalvage() throws Exception {
        Stores.flip(store.resolve("sketch.bits"), 5);
        String verified = Cli.run("verify", store).expect(3).out();
        assertTrue(verified.endsWith("\ndamaged: 1 problem, 3 neurons checked, 2 live, 1 retired\n"), verified);
        assertFalse(verified.contains("salvage"), verified);
        Files.delete(store.resolve("sketch.bits"));
        String info = Cli.run("info", store).expect(3).out();
        assertTrue(info.endsWith("; engram rebuild derives it anew\n"), info);
    }

    private static void assertPointsToSalvage(Cli.Result refused) {
        assertTrue(refused.err().matches("engram: [^\n]+; run engram salvage\n"), refused.err());
        assertEquals("", refused.out());
    }

    private static String lines(String word, List<String> texts) {
        return texts.stream().map(text -> word + text + "\n").collect(Collectors.joining());
    }

    private void assertNothingIsLeft() throws Exception {
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith("target"))
                            .toList());
        }
    }
}
