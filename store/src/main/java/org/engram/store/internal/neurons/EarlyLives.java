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

    /** Sets the bits of those that live after a number of retirements. */
    void copy(int retirements, long[] words) {
        System.arraycopy(lived, 0, words, 0, lived.length);
        for (int page = 0; page < endings.length; page++) {
            for (int i = 0; endings[page] != null && i <= IN_PAGE; i++) {
                int by = endings[page][i];
                if (by != 0 && by <= retirements) {
                    int neuron = (page << PAGE_BITS) + i;
                    words[neuron / Long.SIZE] &= ~(1L << neuron);
                }
            }
        }
    }
}
