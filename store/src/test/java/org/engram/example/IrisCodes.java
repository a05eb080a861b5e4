package org.engram.example;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.engram.store.Candidate;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.RecallOptions;
import org.engram.store.StoreOptions;

/** Tells whose eye an iris code of 2,048 bits is, though lids and lashes hide bits of both codes and the head is tilted. */
record IrisCodes(PatternStore store) {

    private static final Geometry CODE = new Geometry(256, 8);

    static IrisCodes in(Path directory) {
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(CODE).withLayout(Layout.PACKED);
        return new IrisCodes(PatternStore.openOrCreate(directory, options.withMasks()));
    }

    void enrol(String person, BitSet code, BitSet known) {
        store.put(person, pattern(code, known));
    }

    Optional<String> whose(BitSet code, BitSet known) {
        List<Cue> tilted = IntStream.rangeClosed(-4, 4)
                .mapToObj(columns -> Cue.bipolar(pattern(turned(code, columns), turned(known, columns))))
                .toList();
        return store.recallBestOf(tilted, RecallOptions.DEFAULT)
                .recall()
                .recognised()
                .map(Candidate::key);
    }

    private static Pattern pattern(BitSet code, BitSet known) {
        return Pattern.twoValued(CODE, code).withKnown(Mask.of(CODE, known));
    }

    /** Every row of 256 bits goes once around the pupil. */
    private static BitSet turned(BitSet bits, int columns) {
        BitSet turned = new BitSet();
        bits.stream().forEach(bit -> turned.set(bit / 256 * 256 + Math.floorMod(bit + columns, 256)));
        return turned;
    }
}
