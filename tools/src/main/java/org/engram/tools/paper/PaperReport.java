package org.engram.tools.paper;

import java.util.List;

/**
 * Everything that a run found. Figures 3 and 5 are responses to the whole symbol of {@link PaperReference#NEURON} and to
 * its lower right quarter, figure 6 those to a symbol that was never stored. Smallest says how little of that neuron is
 * enough. The curve is occlusion at more sides, by falling side, for a plot; it is empty when none is drawn. Quarter is
 * every stored lower right quarter. The bytes are the lengths of the two weight files. Kernel is what computed the
 * responses.
 */
record PaperReport(
        int neurons,
        WholeSymbols whole,
        ResponseFigure figure3,
        ResponseFigure figure5,
        ResponseFigure figure6,
        SmallestSquare smallest,
        List<Square> occlusion,
        List<Square> curve,
        List<Square> noise,
        Unseen unseen,
        Square quarter,
        long wBytes,
        long vBytes,
        String kernel) {}
