package org.engram.store.internal.neurons;

import java.util.Arrays;
import org.engram.store.Criteria;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;

/**
 * What is known of the first neurons of a store without taking in their records: of all up to a SYNC, as they were
 * then. Safe for any number of threads.
 */
interface Indexed {

    /** The neuron of a key that has none. */
    int MISSING = -1;

    State state();

    /** The neuron that lived under a key, or {@link #MISSING}. */
    int find(byte[] key, int length);

    String key(int neuron);

    boolean keyStartsWith(int neuron, byte[] prefix);

    long timeMs(int neuron);

    /** The gain of a neuron whose weights are two-valued; -g for any other, where {@code v = g w}. */
    float signedGain(int neuron);

    /** The neuron whose weights are not two-valued at a place among these. */
    int notTwoValuedAt(int index);

    /** Whether nothing has contradicted it yet. */
    default boolean isBelieved() {
        return true;
    }

    /** The same on the heap, for callers that ask for all neurons, or that go on asking when the files are closed. */
    Indexed onHeap();

    /**
     * What is known of them together.
     *
     * @param neurons how many there are
     * @param live how many of them lived
     * @param lives which: bit {@code n mod 64} of word {@code n / 64}
     * @param notTwoValued how many are not two-valued
     * @param commonGain the gain of all two-valued neurons; 0 when there is none, NaN when they have several
     * @param criteria the criteria at the SYNC
     * @param sync the SYNC; if nothing is indexed, one of sequence 0 that vouches for nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record State(
            int neurons,
            int live,
            long[] lives,
            int notTwoValued,
            float commonGain,
            Criteria criteria,
            JournalEntry.Synced sync) {

        /** Where the journal goes on, in bytes. */
        long position() {
            return sync.sequence() == 0 ? 0 : JournalRecord.end(sync);
        }

        /** Whether another state tells the same of the neurons. */
        boolean tells(State other) {
            return neurons == other.neurons
                    && live == other.live
                    && Arrays.equals(lives, other.lives)
                    && notTwoValued == other.notTwoValued
                    && Float.compare(commonGain, other.commonGain) == 0
                    && criteria.equals(other.criteria);
        }
    }

    /** An index of no neuron. */
    static Indexed nothing(Criteria criteria) {
        State state = new State(0, 0, new long[0], 0, 0, criteria, new JournalEntry.Synced(0, 0, 0, 0));
        return new Indexed() {
            @Override
            public State state() {
                return state;
            }

            @Override
            public int find(byte[] key, int length) {
                return MISSING;
            }

            @Override
            public String key(int neuron) {
                throw new IndexOutOfBoundsException(neuron);
            }

            @Override
            public boolean keyStartsWith(int neuron, byte[] prefix) {
                throw new IndexOutOfBoundsException(neuron);
            }

            @Override
            public long timeMs(int neuron) {
                throw new IndexOutOfBoundsException(neuron);
            }

            @Override
            public float signedGain(int neuron) {
                throw new IndexOutOfBoundsException(neuron);
            }

            @Override
            public int notTwoValuedAt(int index) {
                throw new IndexOutOfBoundsException(index);
            }

            @Override
            public Indexed onHeap() {
                return this;
            }
        };
    }
}
