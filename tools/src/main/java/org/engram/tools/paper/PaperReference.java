package org.engram.tools.paper;

/** The numbers that the paper reports. They are printed beside the results of a run; nothing is computed from them. */
final class PaperReference {

    static final int NEURONS = 298;
    static final int RECALLED = 298;

    /** Figure 4: the least and the largest response of a winner to its own symbol, q / R. */
    static final double MAX_Q_MIN = 0.712247;

    static final double MAX_Q_MAX = 0.759810;

    /** The neuron of Figures 3 and 5; its key is the hiragana GI. */
    static final int NEURON = 145;

    /** The response in Figure 3 and, from the lower right quarter alone, in Figure 5. */
    static final double NEURON_Q = 0.747919;

    /** The least share of the picture from which the paper still recalls {@link #NEURON}, on its own set. */
    static final double LEAST_VISIBLE = 0.207;

    /** The paper recognises a winner from this q / R on. */
    static final double THRESHOLD = 0.70;

    /** The size of each of its two weight files, in units of 1,000,000 bytes. */
    static final double WEIGHTS_MB = 7.65;

    private PaperReference() {}
}
