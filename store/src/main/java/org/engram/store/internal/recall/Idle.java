package org.engram.store.internal.recall;

import java.nio.file.Path;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Geometry;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.PixelBits;
import org.engram.store.internal.neurons.NeuronTable;

/** What a search has before its first cue, since it is made for many: a cue of which no pixel votes, and no neuron. */
final class Idle {

    static final Votes CUE = cue(Geometry.PAPER);

    static final NeuronTable.View NEURONS = new NeuronTable(Path.of(""), Criteria.DEFAULT).view();

    private Idle() {}

    private static Votes cue(Geometry geometry) {
        PixelBits none = PixelBits.ofRows(BitLayout.of(geometry), new long[0]);
        return Votes.of(geometry, new Picture.TwoValued(none), none, Coding.BIPOLAR);
    }
}
