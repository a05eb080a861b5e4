package org.engram.store;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.engram.store.internal.recall.Votes;

/**
 * The M-Net and the R-Net behind a store: its weights, and the responses of its neurons before anything is made of them.
 * Like the store, it is safe for any number of threads, and its methods throw {@link EngramException.Closed} after close.
 */
public final class Network {

    private final OpenStore open;
    private final InFlight inFlight;

    Network(OpenStore open, InFlight inFlight) {
        this.open = open;
        this.inFlight = inFlight;
    }

    /** Displays a neuron on the R-Net, equation (1) with x = 1. Under the paper's rule that is its
     * {@link PatternStore#pattern(int)}; under any other, the weights w that the rule made of it.
     * @param neuron a live neuron
     * @return w of pixel (x, y) as its value
     * @throws EngramException.UnknownNeuron if there is no such neuron, or it was retired
     * @throws EngramException.Corrupt if its weights are damaged so that they are no finite numbers */
    public Pattern displayed(int neuron) {
        return inFlight.within(() -> Pattern.of(
                open.header().geometry(), open.weights.display(open.table().requireLive(neuron), open.wholeView())));
    }

    /** The weights that display a neuron's pattern, without a copy unless the store is PACKED.
     * @param neuron a live neuron
     * @return R little-endian floats, then zeros up to a multiple of 64 bytes; read-only, for any thread; using it after
     *     the store is closed throws IllegalStateException
     * @throws EngramException.UnknownNeuron if there is no such neuron, or it was retired */
    public MemorySegment wStripe(int neuron) {
        return inFlight.within(() -> {
            int live = open.table().requireLive(neuron);
            // Only then: it may have been stored just before.
            open.wholeView();
            return open.weights.w(live);
        });
    }

    /** The weights that recognise a neuron's pattern, without a copy where the layout has them.
     * @param neuron a live neuron
     * @return as {@link #wStripe}
     * @throws EngramException.UnknownNeuron if there is no such neuron, or it was retired */
    public MemorySegment vStripe(int neuron) {
        return inFlight.within(() -> open.weights.v(open.table().requireLive(neuron), open.wholeView()));
    }

    /** {@return the responses of all neurons to a cue, equation (4) as {@link Cue} has it: q of neuron i at index i, NaN for retired neurons}
     * @param cue of the store's geometry
     * @throws EngramException.WrongGeometry if the cue does not fit */
    public float[] responses(Cue cue) {
        return responses(cue, RecallOptions.DEFAULT);
    }

    /** {@return the responses of all neurons to a cue, as {@link #responses(Cue)} gives them}
     * @param cue of the store's geometry
     * @param options only the number of threads counts
     * @throws EngramException.WrongGeometry if the cue does not fit */
    public float[] responses(Cue cue, RecallOptions options) {
        Votes votes = open.votes(cue);
        return inFlight.within(() -> open.recognizer.responses(votes, open.wholeView(), options.request()));
    }

    /**
     * {@return the responses of all neurons to each cue: q of neuron i to cue c at index [c][i], NaN for retired neurons}
     * @param cues of the store's geometry
     * @param options as for {@link #responses(Cue, RecallOptions)}
     * @throws EngramException.WrongGeometry if a cue does not fit */
    public float[][] responsesToAll(List<Cue> cues, RecallOptions options) {
        return inFlight.within(() -> open.batches.responses(open.votes(cues), open.wholeView(), options.request()));
    }

    /** Counts how near the sketches of the live neurons are to a cue, which tells a {@link Contest} whom to compare. A sketch is
     * the part of a neuron's pixels that a recall reads first.
     * @param cue black and white, of the store's geometry
     * @param options only the choice of neurons counts
     * @return entry i tells how many neurons have a sketch that disagrees with i voters; it ends where more
     *     disagreement cannot matter, with one entry for all other neurons, so that the sum is their number
     * @throws IllegalArgumentException if the cue or a pattern is not black and white, or the store has masks */
    public int[] sketches(Cue cue, RecallOptions options) {
        Votes votes = open.votes(cue);
        return inFlight.within(() -> open.contenders(votes, options.request()).sketches());
    }

    /** The nearest of the live neurons here that a {@link Contest} compares whoever wins.
     * @param cue black and white, of the store's geometry
     * @param options only the choice of neurons and the number of candidates count
     * @param sketches {@link #sketches} of all stores, {@link Contest#together}
     * @return their deficits, ascending, as many as candidates at most
     * @throws IllegalArgumentException if the cue or a pattern is not black and white, or the store has masks */
    public int[] contenders(Cue cue, RecallOptions options, int[] sketches) {
        Votes votes = open.votes(cue);
        return inFlight.within(() -> open.contenders(votes, options.request())
                .deficits(sketches, options.request().candidates()));
    }

    /** Names the neurons within a deficit of each cue, in the order of a recall, and judges nothing. It reads what may be that
     * near, and no more.
     * @param cues of the store's geometry
     * @param most for each cue, the greatest deficit to name, 0 or more
     * @param options the choice of neurons, the number of candidates, and the threads; without a number all are named
     * @return for each cue the candidates, nearest first
     * @throws IllegalArgumentException if the store has masks, or there are not as many deficits as cues */
    public List<List<Candidate>> nearest(List<Cue> cues, int[] most, RecallOptions options) {
        if (most.length != cues.size()) {
            throw new IllegalArgumentException(
                    "deficits: expected one for each of %s cues, found %s".formatted(cues.size(), most.length));
        }
        return inFlight.within(() -> open.nearest(open.votes(cues), most, options.request()));
    }

    /** Adds the live neurons here to a contest whose winner may be in another store.
     * @param contest of a winner; takes those that are its rivals
     * @param except the winner's number if it is here, otherwise -1
     * @param options only the choice of neurons counts
     * @throws IllegalArgumentException if the store has masks */
    public void addRivals(Contest contest, int except, RecallOptions options) {
        inFlight.within(() -> {
            open.addRivals(contest.rivals(), except, options.request());
            return null;
        });
    }
}
