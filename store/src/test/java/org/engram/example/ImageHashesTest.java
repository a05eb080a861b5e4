package org.engram.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example for image hashes. */
class ImageHashesTest {

    @Test
    void theImagesWithinSomeBitsAreNamedTheNearestFirst(@TempDir Path temp) {
        long hash = 0x5A5A_0F0F_3C3C_1234L;
        try (ImageHashes hashes = new ImageHashes(temp.resolve("hashes"))) {
            Random random = new Random(1);
            for (int i = 0; i < 1_000; i++) {
                hashes.add("other " + i, random.nextLong());
            }
            hashes.add("five bits off", hash ^ 0b11111);
            hashes.add("six bits off", hash ^ 0b111111L << 58);
            hashes.add("the same", hash);
            hashes.add("one bit off", hash ^ Long.MIN_VALUE);
            assertEquals(List.of("the same", "one bit off", "five bits off"), hashes.near(hash, 5, 10));
            assertEquals(List.of("the same", "one bit off"), hashes.near(hash, 5, 2));
            assertEquals(List.of("the same"), hashes.near(hash, 0, 10));
            hashes.add("the same", ~hash);
            assertEquals(List.of(), hashes.near(hash, 0, 10));
        }
    }
}
