package org.engram.tools.paper;

import java.util.List;

/**
 * Everything that a run found.
 *
 * @param neurons stored symbols
 * @param neuron the one of Figures 3 and 5
 * @param whole every whole symbol: Figure 4
 * @param figure3 responses to the whole symbol of {@code neuron}
 * @param figure5 responses to its lower right quarter
 * @param figure6 responses to a symbol that was never stored
 * @param smallest how little of {@code neuron} is enough
 * @param occlusion recall counts by visible square
 * @param curve the same at more sides, by falling side, for a plot; empty when none is drawn
 * @param noise recall counts under noise
 * @param unseen symbols that were never stored
 * @param quarter every stored lower right quarter
 * @param wBytes length of {@code w.stripes}
 * @param vBytes length of {@code v.stripes}
 * @param kernel what computed the responses
 */
record PaperReport(
        int neurons,
        int neuron,
        WholeSymbols.Result whole,
        ResponseFigure figure3,
        ResponseFigure figure5,
        ResponseFigure figure6,
        SmallestSquare.Result smallest,
        List<Occlusion.Result> occlusion,
        List<Occlusion.Result> curve,
        List<Noise.Result> noise,
        Unseen.Result unseen,
        Occlusion.Result quarter,
        long wBytes,
        long vBytes,
        String kernel) {}
