package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
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
        try (ExecutorService threads = Executors.newFixedThreadPool(Campaign.HISTORIES_AT_ONCE)) {
            List<Future<String>> found = LongStream.range(Campaign.FIRST_HISTORY, Campaign.AFTER_HISTORIES)
                    .mapToObj(seed -> threads.submit(() -> history(seed)))
                    .toList();
            List<String> wrong = new ArrayList<>();
            for (Future<String> one : found) {
                wrong.add(one.get());
            }
            wrong.removeIf(String::isEmpty);
            assertEquals(List.of(), wrong);
        }
    }

    /** What is wrong is printed at once, as there may be hours to go. */
    private String history(long seed) throws Exception {
        String found = History.run(Files.createDirectories(temp.resolve("history-" + seed)), seed);
        if (!found.isEmpty()) {
            System.out.println(found);
        }
        return found;
    }
}
