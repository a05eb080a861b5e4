package org.engram.tools.paper;

import java.util.List;

/**
 * Everything that a run found. Figures 3 and 5 are the responses to the whole symbol of {@link PaperReference#NEURON}
 * and to its lower right quarter. Figure 6 is the responses to a symbol that was never stored. {@code smallest} says
 * how little of that neuron is enough. {@code curve} is the occlusion at more sides, by falling side, for a plot; it is
 * empty when none is drawn. {@code quarter} is every stored lower right quarter. The bytes are the lengths of the two
 * weight files. {@code kernel} computed the responses.
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
