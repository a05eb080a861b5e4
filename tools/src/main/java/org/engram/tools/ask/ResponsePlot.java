package org.engram.tools.ask;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.Coding;
import org.engram.store.Cue;
import org.engram.store.Mask;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.tools.console.Describe;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Text;
import org.engram.tools.draw.Axis;
import org.engram.tools.draw.PointPlot;
import org.engram.tools.draw.PointPlot.Points;

/**
 * A plot of the responses of {@code neurons} neurons. The note says how the drawn ones were chosen; it is empty when
 * all are drawn.
 */
record ResponsePlot(PointPlot plot, int neurons, int drawn, String note) {

    /** About twice this many points are drawn at most. */
    static final int MOST_BINS = 2_000;

    private static final int LONGEST_NAME = 30;
    private static final int LONGEST_ANSWER = 60;
    private static final int BATCH = 64;
    private static final double ROOM = 0.04;

    /** The responses of all live neurons to one cue: Figures 3, 5 and 6. */
    static ResponsePlot ofCue(PatternStore store, Cue cue, String name, int mostBins) {
        float[] responses = store.network().responses(cue);
        double pixels = store.geometry().pixels();
        Recall recall = store.recall(cue);
        Thinning kept = new Thinning(mostBins, responses.length);
        List<Double> winnersX = new ArrayList<>();
        for (int i = 0; i < responses.length; i++) {
            if (!Float.isNaN(responses[i])) {
                kept.add(i, responses[i] / pixels);
                if (responses[i] == recall.winner().q() && winnersX.size() < mostBins) {
                    winnersX.add((double) i);
                }
            }
        }
        double largest = recall.normalisedQ();
        String winner = winnersX.size() == 1
                ? "largest: neuron %d, %.6f".formatted(recall.neuron(), largest)
                : "largest: %s, the first is %d, %.6f"
                        .formatted(Text.count(winnersX.size(), "neuron"), recall.neuron(), largest);
        return plot(
                "%s: %s"
                        .formatted(
                                Text.shortened(name, LONGEST_NAME),
                                Text.shortened(RecallReport.answer(recall), LONGEST_ANSWER)),
                "neuron",
                "q / R",
                kept,
                kept.note("neurons"),
                new Points(
                        winner, winnersX, winnersX.stream().map(any -> largest).toList()),
                Advice.isByThreshold(recall) ? store.criteria().threshold() : Double.NaN);
    }

    /** The winner's response to every stored pattern, shown whole or as much as the mask shows: Figure 4. */
    static ResponsePlot ofStored(PatternStore store, Mask visible, Coding coding, int most, ProgressLine progress) {
        List<Neuron> all = store.neurons();
        int step = Math.max(1, (all.size() + most - 1) / most);
        List<Neuron> shown = new ArrayList<>();
        for (int i = 0; i < all.size(); i += step) {
            shown.add(all.get(i));
        }
        int last = all.isEmpty() ? 0 : all.get(all.size() - 1).neuron();
        Thinning kept = new Thinning(last + 1, last + 1);
        List<Double> wrongX = new ArrayList<>();
        List<Double> wrongY = new ArrayList<>();
        for (int from = 0; from < shown.size(); from += BATCH) {
            List<Neuron> batch = shown.subList(from, Math.min(shown.size(), from + BATCH));
            List<Cue> cues = batch.stream()
                    .map(neuron -> Cue.of(store.pattern(neuron.neuron()), visible, coding))
                    .toList();
            List<Recall> recalls = store.recallAll(cues, RecallOptions.DEFAULT);
            for (int i = 0; i < batch.size(); i++) {
                int neuron = batch.get(i).neuron();
                double q = recalls.get(i).normalisedQ();
                kept.add(neuron, q);
                if (recalls.get(i).neuron() != neuron) {
                    wrongX.add((double) neuron);
                    wrongY.add(q);
                }
            }
            progress.at(Math.min(shown.size(), from + BATCH), shown.size());
        }
        String note = step == 1 ? "" : "every %,d. of %s is shown".formatted(step, Text.count(all.size(), "pattern"));
        return plot(
                "Largest response to each stored pattern, %s of %s pixels visible, %s"
                        .formatted(
                                Text.count(visible.count()),
                                Text.count(store.geometry().pixels()),
                                Describe.name(coding)),
                "neuron shown",
                "largest q / R",
                kept,
                note,
                new Points("answered by another: " + Text.count(wrongX.size()), wrongX, wrongY),
                coding == Coding.UNIPOLAR ? store.criteria().threshold() : Double.NaN);
    }

    private static ResponsePlot plot(
            String title, String x, String y, Thinning kept, String note, Points marked, double threshold) {
        double low = kept.least();
        double high = kept.largest();
        if (!Double.isNaN(threshold)) {
            low = Math.min(low, threshold);
            high = Math.max(high, threshold);
        }
        double room = ROOM * (high - low);
        String name = note.isEmpty() ? "all neurons" : note;
        PointPlot plot = new PointPlot(
                title,
                Axis.around(0, Math.max(1, kept.highest())),
                x,
                Axis.around(low - room, high + room),
                y,
                new Points(name, kept.x(), kept.y()),
                marked,
                threshold);
        return new ResponsePlot(plot, kept.seen(), kept.x().size(), note);
    }
}
