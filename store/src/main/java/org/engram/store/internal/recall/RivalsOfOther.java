package org.engram.store.internal.recall;

import java.util.Arrays;
import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Criteria;
import org.engram.store.Judgement;
import org.engram.store.Judgement.Rival;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.PixelBits;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * A winner and its rivals when neurons are in several stores: those that fit the cue as well, and those whose sketches
 * make them {@link Rivals} among all neurons of all stores. Everything must be two-valued. Not safe for threads.
 */
public final class RivalsOfOther {

    private final Votes cue;
    private final PixelBits positive;
    private final PixelBits mask;
    private final PixelBits winner;
    private final Shown shown;
    private final Shown model;
    private final int ofWinner;
    /** The greatest deficit of a sketch that makes a rival. */
    private final int bound;

    private final BitKernel kernel = Kernels.bits();
    private final Contrast contrast = new Contrast();
    private final int[] one = new int[1];
    private boolean tiesAreKnown;

    /** {@code sketches} tells how many neurons of all stores together have a sketch of each deficit. */
    public RivalsOfOther(Votes cue, Picture winner, int[] sketches) {
        this.cue = cue;
        this.positive = cue.positive();
        this.mask = cue.mask();
        this.winner = pixelBits(winner);
        this.shown = cue.bits();
        this.model = new Shown(this.winner.words(), mask.words());
        this.bound = Rivals.bound(sketches, shown);
        this.ofWinner = positive.distance(this.winner, mask);
        contrast.begin(
                ofWinner,
                cue.voters(),
                cue.isInCrowd(Arrays.stream(sketches).asLongStream().sum()));
    }

    private static PixelBits pixelBits(Picture picture) {
        if (picture instanceof Picture.TwoValued two) {
            return two.white();
        }
        throw new IllegalArgumentException("contest over stores: expected a black and white pattern");
    }

    /** Whether neurons of this deficit, or more, can still change the contrast. */
    public boolean canChange(int deficit) {
        return contrast.canChange(deficit);
    }

    /** Adds what was found of the same winner against other rivals. */
    public void add(double leastOfOthers, boolean twinOfOthers) {
        contrast.add(leastOfOthers, twinOfOthers);
    }

    /** The least contrast so far, without twins. */
    public double least() {
        return contrast.overOthers();
    }

    public boolean hasTwin() {
        return contrast.hasTwin();
    }

    /** The contrast of one neuron alone. */
    public double contrast(int deficit, int distance) {
        return contrast.to(deficit, distance);
    }

    public Judgement judgement(
            Votes cue, Candidate named, boolean isTied, long live, Criteria criteria, List<Rival> others) {
        return Judging.overStores(cue, named, isTied, contrast, live, criteria, others);
    }

    /** The number of voters on which the winner disagrees with the cue. */
    public int ofWinner() {
        return ofWinner;
    }

    /** The number of voters on which a pattern disagrees with the cue. */
    public int deficit(Picture pattern) {
        return positive.distance(pixelBits(pattern), mask);
    }

    /** The number of voters on which a pattern differs from the winner. */
    public int distance(Picture pattern) {
        return winner.distance(pixelBits(pattern), mask);
    }

    /** Compares one pattern, if it is a rival. */
    public void add(Picture pattern) {
        int deficit = deficit(pattern);
        if (isCompared(deficit, sketch(pixelBits(pattern)))) {
            contrast.add(deficit, distance(pattern));
        }
    }

    private int sketch(PixelBits pattern) {
        int count = 0;
        for (int w = 0; w < BitLayout.BLOCK_WORDS; w++) {
            count += Long.bitCount((pattern.words()[w] ^ shown.white()[w]) & shown.voters()[w]);
        }
        return count;
    }

    private boolean isCompared(int deficit, int ofSketch) {
        return deficit == ofWinner || (ofSketch <= bound && contrast.isRival(deficit, true));
    }

    /** From here on all neurons that fit the cue as well as the winner are taken for added. */
    public void knowTies() {
        tiesAreKnown = true;
    }

    /** Compares all neurons of a store that are rivals, except the neuron {@code except}; -1 excepts none. */
    public void add(Weights weights, NeuronTable.View neurons, int except) {
        SearchResult.Measured.Taker rivals = (neuron, deficit) -> {
            if (neuron != except && contrast.canChange(deficit)) {
                kernel.deficits(weights.bits(neuron), neuron, 1, model, one, 0);
                contrast.add(deficit, one[0]);
            }
        };
        if (tiesAreKnown) {
            new Contenders(weights, cue, neurons).forEachWithin(bound, rivals);
        } else {
            forEachRival(weights, neurons, rivals);
        }
    }

    private void forEachRival(Weights weights, NeuronTable.View neurons, SearchResult.Measured.Taker taker) {
        int[] sketches = new int[Rivals.RUN];
        int[] deficits = new int[Rivals.RUN];
        Rivals.forEachRun(weights, neurons, (from, count) -> {
            kernel.sketch(weights.bits(from), from, count, shown, sketches, 0);
            kernel.deficits(weights.bits(from), from, count, shown, deficits, 0);
            for (int i = 0; i < count; i++) {
                if (neurons.isLive(from + i) && isCompared(deficits[i], sketches[i])) {
                    taker.take(from + i, deficits[i]);
                }
            }
        });
    }
}
