package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.engram.store.fixture.InMemory;
import org.engram.store.fixture.PowerLossRun;
import org.engram.store.fixture.Quiet;
import org.engram.store.fixture.SeededMistake;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether the campaign of {@link PowerLossTest} would see a mistake: each that it must see is made, and seen soon. */
@ExtendWith(Quiet.class)
class SeededMistakesTest {

    private static final int IMAGES = 1000;
    /** Few images are of a copy that is just made, and few of these lose one of its names alone. */
    private static final int IMAGES_OF_COPIES = 8000;

    private static final int IMAGES_OF_A_SEED = 25;
    private static final long SEED = 7_000_000;

    @TempDir(factory = InMemory.class)
    Path temp;

    /** How many images were struck until one of them showed the mistake, and what it showed; more than allowed if none did. */
    private int imagesUntilSeen(PowerLossRun.Mistake mistake, int most, StringBuilder seen) throws Exception {
        int images = 0;
        for (int i = 0; images < most; i++) {
            PowerLossRun run = new PowerLossRun(temp, SEED + i, IMAGES_OF_A_SEED, mistake);
            try {
                run.run();
                images += run.images();
            } catch (AssertionError e) {
                seen.append(e.getMessage());
                return images + run.images();
            }
        }
        return most + 1;
    }

    @ParameterizedTest
    @EnumSource
    void everyMistakeIsSeenWithinAThousandImages(SeededMistake mistake) throws Exception {
        StringBuilder seen = new StringBuilder();
        int most = mistake == SeededMistake.NAMES_IN_A_COPY_NOT_FORCED ? IMAGES_OF_COPIES : IMAGES;
        int images = imagesUntilSeen(mistake, most, seen);
        System.out.printf("%-45s %4d images: %s%n", mistake, images, seen);
        assertTrue(images <= most, () -> mistake + " was not seen in " + most + " images");
    }

    @ParameterizedTest
    @EnumSource
    void orderThatChecksumsMakeNeedlessIsNotMissed(SeededMistake.Harmless mistake) throws Exception {
        StringBuilder seen = new StringBuilder();
        assertTrue(imagesUntilSeen(mistake, IMAGES, seen) > IMAGES, seen::toString);
    }
}
