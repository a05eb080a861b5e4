package org.engram.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.engram.store.Cue;
import org.engram.store.Pattern;
import org.engram.store.Recall;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The responses of all neurons to one cue, equation (4), by one thread, from the mapped stripes of a store that is open
 * for reading. The sums of the same stripes are the limit: they read the same bytes and do next to nothing with them.
 */
@Touches(bytes = StripeScan.STRIPE_BYTES)
public class FloatScan extends StripeScan {

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** JMH makes it. */
    public FloatScan() {}

    /** The same symbol in greys, which no bits can tell. */
    private Cue grey;

    @Override
    void prepare() {
        float[] values = Symbols.damaged(shown).values();
        for (int j = 0; j < values.length; j++) {
            values[j] = 0.1f + 0.8f * values[j];
        }
        grey = Cue.bipolar(Pattern.of(Symbols.GEOMETRY, values));
    }

    @Override
    void check() {
        ScanReference reference = ScanReference.of(neurons, votes);
        float[] responses = engram();
        reference.requireResponses("engram", responses, TERMS_OF_A_LANE);
        ScanReference.requireWinner("engram", responses, shown);
        if (recall().neuron() != shown) {
            throw new IllegalStateException(
                    "wrong winner: recall: expected neuron %d, found %d".formatted(shown, recall().neuron()));
        }
        responses = nearest();
        float[] greyVotes = votes.clone();
        for (int j = 0; j < greyVotes.length; j++) {
            greyVotes[j] *= 0.8f;
        }
        ScanReference.of(neurons, greyVotes).requireResponses("nearest", responses, 8 * TERMS_OF_A_LANE);
        ScanReference.requireWinner("nearest", responses, shown);
        responses = plainJava();
        reference.requireResponses("plainJava", responses, votes.length);
        ScanReference.requireWinner("plainJava", responses, shown);
        reference.requireSum("vectorSum", vectorSum());
        reference.requireSum("vectorSumByFour", vectorSumByFour());
        reference.requireSum("vectorSumByOne", vectorSumByOne());
    }

    /**
     * The public call, told to read the floats.
     *
     * @return the responses
     */
    @Benchmark
    public float[] engram() {
        return store.network().responses(cue, STRIPES);
    }

    /**
     * The public call that also names the winner, for a damaged symbol, which has few rivals.
     *
     * @return the answer
     */
    @Benchmark
    public Recall recall() {
        return store.recall(cue, STRIPES);
    }

    /**
     * The public call for a grey cue: the squared distances of all neurons.
     *
     * @return the responses
     */
    @Benchmark
    public float[] nearest() {
        return store.network().responses(grey);
    }

    /**
     * A loop over the mapped stripes, written down without further thought.
     *
     * @return the responses
     */
    @Benchmark
    public float[] plainJava() {
        float[] responses = new float[stripes.length];
        for (int i = 0; i < stripes.length; i++) {
            MemorySegment stripe = stripes[i];
            float q = 0;
            for (int j = 0; j < votes.length; j++) {
                q += stripe.getAtIndex(FLOAT, j) * votes[j];
            }
            responses[i] = q;
        }
        return responses;
    }

    /**
     * The reference: reads eight stripes side by side and adds up what it reads.
     *
     * @return the sum of all weights
     */
    @Benchmark
    @Limit
    public double vectorSum() {
        return StripeSums.byEight(stripes);
    }

    /**
     * The same as the reference, four stripes side by side.
     *
     * @return the sum of all weights
     */
    @Benchmark
    @Limit(drawn = false)
    public double vectorSumByFour() {
        return StripeSums.byFour(stripes);
    }

    /**
     * The same as the reference, one stripe after the other.
     *
     * @return the sum of all weights
     */
    @Benchmark
    @Limit(drawn = false)
    public double vectorSumByOne() {
        return StripeSums.byOne(stripes);
    }
}
