package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.InMemory;
import org.engram.store.fixture.PowerLossRun;
import org.engram.store.fixture.Quiet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Power losses at every point of many histories: what was vouched for is there, whole, and nothing else is. */
@ExtendWith(Quiet.class)
class PowerLossTest {

    private static final int IMAGES = Campaign.IMAGES;
    private static final int IMAGES_OF_A_SEED = 50;
    private static final int REPEATED = 5;
    /** The first seed; a failure names the one to begin with. */
    private static final long SEED = Long.getLong("engram.image.seed", 20_260_101_000_000L);

    @TempDir(factory = InMemory.class)
    Path temp;

    @Test
    void everyImageOpensWithAPrefixOfTheChangesThatHoldsAllThatWasVouchedFor() throws Exception {
        int seeds = Math.ceilDiv(IMAGES, IMAGES_OF_A_SEED);
        int images = 0;
        FileStore where = Files.getFileStore(temp);
        long began = System.nanoTime();
        // in one thread: every close of a mapping waits for all threads of its JVM
        for (int i = 0; i < seeds; i++) {
            PowerLossRun run = new PowerLossRun(temp, SEED + i, IMAGES_OF_A_SEED, PowerLossRun.NONE);
            run.run();
            images += run.images();
        }
        System.out.printf(
                "%d images of %d histories from seed %d in %.1f s, on %s%n",
                images, seeds, SEED, (System.nanoTime() - began) / 1e9, where);
    }

    @Test
    void aSeedRepeatsAllOfItsImages() throws Exception {
        for (long seed = SEED; seed < SEED + REPEATED; seed++) {
            PowerLossRun first = new PowerLossRun(temp.resolve("first"), seed, IMAGES_OF_A_SEED, PowerLossRun.NONE);
            first.run();
            // In a place that another seed was in.
            PowerLossRun again =
                    new PowerLossRun(temp.resolve("again"), seed + REPEATED, IMAGES_OF_A_SEED, PowerLossRun.NONE);
            again.run();
            again = new PowerLossRun(temp.resolve("again"), seed, IMAGES_OF_A_SEED, PowerLossRun.NONE);
            again.run();
            assertEquals(first.checksum(), again.checksum(), "seed " + seed);
        }
    }
}
