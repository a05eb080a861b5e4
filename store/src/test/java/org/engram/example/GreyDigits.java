package org.engram.example;

import java.nio.file.Path;
import java.util.Optional;
import org.engram.store.Calibrator;
import org.engram.store.Candidate;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;

/** Finds again the very digit that was scanned before, among others in grey of 28 x 28 pixels. */
final class GreyDigits implements AutoCloseable {

    private static final Geometry SCAN = new Geometry(28, 28);

    private final PatternStore store;

    GreyDigits(Path directory) {
        store = PatternStore.openOrCreate(
                directory, StoreOptions.DEFAULT.withGeometry(SCAN).withLayout(Layout.TIED));
    }

    /** Takes a grey of 0, black, to 1, white, for each pixel, row by row. */
    void add(String name, float[] greys) {
        store.put(name, Pattern.of(SCAN, greys));
    }

    /** Has the store judge from now on by what tells these digits from mosaics of them; to be called when many are there. */
    void calibrate() {
        store.setCriteria(Calibrator.DEFAULT.measure(store, (done, total) -> {}).recommended());
    }

    /** The name of the digit of which these rows were seen. */
    Optional<String> find(float[] greys, int firstRow, int rows) {
        Mask seen = Mask.rectangle(SCAN, 0, firstRow, SCAN.width(), rows);
        return store.recall(Cue.bipolar(Pattern.of(SCAN, greys), seen))
                .recognised()
                .map(Candidate::key);
    }

    @Override
    public void close() {
        store.close();
    }
}
