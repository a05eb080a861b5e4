package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.engram.cluster.fixture.Campaign;
import org.engram.cluster.fixture.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories that a die draws, on three to five processes, against a model. */
class HistoriesTest {

    @TempDir
    Path temp;

    @Test
    void nothingIsLostUndoneOrMisjudgedWhateverHappens() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (long seed = Campaign.FIRST_HISTORY; seed < Campaign.AFTER_HISTORIES; seed++) {
            String found = History.run(Files.createDirectories(temp.resolve("history-" + seed)), seed);
            if (!found.isEmpty()) {
                System.out.println(found);
                wrong.add(found);
            }
        }
        assertEquals(List.of(), wrong);
    }
}
