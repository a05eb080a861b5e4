package org.engram.store.internal.recall;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.PixelBits;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.kernel.ShownValues;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;
import org.jspecify.annotations.Nullable;

/**
 * The winner i beside other neurons j, on the voters of the cue. A pair is counted when the cue and both neurons are
 * two-valued: its deficits and its distance are numbers of voters then. In any other pair they are sums of squared
 * differences. Not safe for threads.
 */
final class Comparison {

    /**
     * A sum of floats errs by about a millionth. Where the distance of a pair is below this share of the deficits, their
     * difference is summed again in doubles, so that it tells which of two look-alikes is shown.
     */
    private static final double LOOK_ALIKE = 1.0 / 256;

    private final Weights weights;
    private final Distances distances;
    private Votes cue = Idle.CUE;
    private NeuronTable.View neurons = Idle.NEURONS;
    private int winner;
    private double ofWinner;
    /** The bits of the winner; null unless the cue and the winner are two-valued. */
    private @Nullable PixelBits pixelBits;

    /** The winner on the voters of the cue; null until it is asked for. */
    private @Nullable Exhibit shown;

    Comparison(Weights weights) {
        this.weights = weights;
        this.distances = new Distances(weights);
    }

    /** Begins with a winner of this deficit. */
    Comparison begin(Votes votes, int neuron, double deficit, NeuronTable.View all) {
        cue = votes;
        neurons = all;
        winner = neuron;
        ofWinner = deficit;
        pixelBits = votes.isTwoValued() && all.isTwoValued(neuron) ? weights.pixelBits(neuron) : null;
        shown = null;
        return this;
    }

    boolean isCounted(int neuron) {
        return pixelBits != null && neurons.isTwoValued(neuron);
    }

    /** The winner on the voters of the cue. */
    Exhibit winner() {
        Exhibit known = shown;
        if (known == null) {
            known = onVoters();
            shown = known;
        }
        return known;
    }

    private Exhibit onVoters() {
        float[] minus = cue.values().minus();
        float[] w = weights.w(winner).toArray(LittleEndian.FLOAT);
        for (int j = 0; j < w.length; j++) {
            w[j] = minus[j] == 0 ? 0 : w[j];
        }
        ShownValues values = new ShownValues(w, minus);
        return pixelBits == null
                ? new Exhibit.RealValued(values)
                : new Exhibit.TwoValued(
                        values, new Shown(pixelBits.words(), cue.bits().voters()));
    }

    /** D_ij as a count or a sum over the voters. */
    double distance(int neuron) {
        return pixelBits != null && neurons.isTwoValued(neuron)
                ? pixelBits.distance(weights.pixelBits(neuron), cue.mask())
                : distances.to(neuron, winner().values());
    }

    /** Whether a neuron of this deficit can change the contrast. */
    boolean canChange(Contrast contrast, int neuron, double deficit) {
        return isCounted(neuron) ? contrast.canChange((long) deficit) : contrast.canChangeReal(deficit);
    }

    void add(Contrast contrast, int neuron, double deficit, double distance) {
        if (isCounted(neuron)) {
            contrast.add(deficit, distance);
        } else {
            contrast.addReal(behind(neuron, deficit, distance), distance);
        }
    }

    /** c_ij alone, 0 to 1. NaN when j is too far behind to be a rival. */
    double contrast(Contrast contrast, int neuron, double deficit, double distance) {
        if (isCounted(neuron)) {
            return contrast.to(deficit, distance);
        }
        return contrast.isRival(deficit, false)
                ? Contrast.ofReal(behind(neuron, deficit, distance), distance)
                : Double.NaN;
    }

    /** {@code d_j - d_i}, not yet divided by the number of voters. */
    private double behind(int neuron, double deficit, double distance) {
        if (distance >= LOOK_ALIKE * (deficit + ofWinner)) {
            return deficit - ofWinner;
        }
        float[] y = Exhibit.of(cue, weights).values().values();
        float[] ofI = winner().values().values();
        float[] minus = winner().values().minus();
        MemorySegment ofJ = weights.w(neuron);
        double sum = 0;
        for (int j = 0; j < y.length; j++) {
            double w = minus[j] == 0 ? 0 : ofJ.getAtIndex(LittleEndian.FLOAT, j);
            sum += (ofI[j] - w) * (2.0 * y[j] - ofI[j] - w);
        }
        return sum / ((double) weights.white() * weights.white());
    }
}
