package org.engram.example;

import java.nio.file.Path;
import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.RecallOptions;
import org.engram.store.StoreOptions;

/** Finds copies of images by hashes of 64 bits, as a perceptual hash makes them. A hash is a pattern of 64 x 1. */
final class ImageHashes implements AutoCloseable {

    private static final Geometry HASH = new Geometry(64, 1);

    private final PatternStore store;

    ImageHashes(Path directory) {
        store = PatternStore.openOrCreate(
                directory, StoreOptions.DEFAULT.withGeometry(HASH).withLayout(Layout.PACKED));
    }

    void add(String image, long hash) {
        store.put(image, Pattern.ofBits(HASH, hash));
    }

    /** The images whose hashes differ in a few bits at most, the nearest first. */
    List<String> near(long hash, int bits, int atMost) {
        Cue cue = Cue.bipolar(Pattern.ofBits(HASH, hash));
        RecallOptions near = RecallOptions.DEFAULT.withinDeficit(bits).withCandidates(atMost);
        return store.recall(cue, near).candidates().stream().map(Candidate::key).toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
