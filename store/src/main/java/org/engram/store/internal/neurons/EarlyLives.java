package org.engram.store.internal.neurons;

/**
 * Which of the first neurons lived when they were indexed, and the retirements that have ended some of them since. A
 * page of retirements is made when one is needed. Pages and their entries are shared with later values of {@link Lives}
 * and only ever added.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EarlyLives(int count, long[] lived, int[][] endings) {

    static final EarlyLives NONE = of(0, new long[0]);

    private static final int PAGE_BITS = 8;
    private static final int IN_PAGE = (1 << PAGE_BITS) - 1;

    /** The lives of this many neurons. Bit {@code n mod 64} of word {@code n / 64} is set if neuron n lived. */
    static EarlyLives of(int count, long[] lived) {
        return new EarlyLives(count, lived, new int[(count + IN_PAGE) >>> PAGE_BITS][]);
    }

    static long[] words(int count) {
        return new long[Math.ceilDiv(count, Long.SIZE)];
    }

    static void set(long[] words, int neuron) {
        words[neuron / Long.SIZE] |= 1L << neuron;
    }

    /** Whether a neuron lives after a number of retirements. */
    boolean isLive(int neuron, int retirements) {
        if ((lived[neuron / Long.SIZE] & (1L << neuron)) == 0) {
            return false;
        }
        int[] page = endings[neuron >>> PAGE_BITS];
        if (page == null) {
            return true;
        }
        int by = page[neuron & IN_PAGE];
        return by == 0 || by > retirements;
    }

    /** Makes room for the retirement of a neuron, so that ending it cannot fail. */
    void makeRoom(int neuron) {
        int page = neuron >>> PAGE_BITS;
        if (endings[page] == null) {
            endings[page] = new int[IN_PAGE + 1];
        }
    }

    void end(int neuron, int retirement) {
        endings[neuron >>> PAGE_BITS][neuron & IN_PAGE] = retirement;
    }

    /** Word {@code word} of those that live after a number of retirements. */
    long word(int word, int retirements) {
        long live = lived[word];
        int[] page = endings[(word * Long.SIZE) >>> PAGE_BITS];
        if (page != null) {
            int first = (word * Long.SIZE) & IN_PAGE;
            for (int i = 0; i < Long.SIZE; i++) {
                int by = page[first + i];
                live &= by == 0 || by > retirements ? -1L : ~(1L << i);
            }
        }
        return live;
    }
}
