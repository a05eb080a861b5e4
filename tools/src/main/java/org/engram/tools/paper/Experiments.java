package org.engram.tools.paper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.store.StoreReport;

/** Runs the experiments one after the other. */
final class Experiments {

    private final Subject subject;
    private final LongConsumer progress;
    private long done;

    Experiments(Subject subject, LongConsumer progress) {
        this.subject = subject;
        this.progress = progress;
    }

    /** Runs them all. The curve is what only a plot shows. */
    PaperReport run(boolean curve) {
        int neuron = PaperReference.NEURON;
        WholeSymbols.Result whole = WholeSymbols.run(subject);
        step();
        ResponseFigure figure3 = ResponseFigure.whole(subject, neuron);
        ResponseFigure figure5 = ResponseFigure.quarter(subject, neuron);
        ResponseFigure figure6 = ResponseFigure.unseen(subject);
        SmallestSquare.Result smallest = SmallestSquare.run(subject, neuron);
        step();
        List<Occlusion.Result> occlusion = occlusion(Occlusion.SIDES);
        List<Occlusion.Result> more = curve ? occlusion(Occlusion.MORE_SIDES) : List.of();
        List<Noise.Result> noise = noise();
        Unseen.Result unseen = Unseen.run(subject);
        step();
        StoreReport files = StoreCare.inspect(subject.directory());
        return new PaperReport(
                subject.store().size(),
                neuron,
                whole,
                figure3,
                figure5,
                figure6,
                smallest,
                occlusion,
                curve ? curve(whole, occlusion, more) : List.of(),
                noise,
                unseen,
                occlusion.stream()
                        .filter(result -> result.side() == subject.quarterSide())
                        .findFirst()
                        .orElseThrow(),
                bytes(files, "w.stripes"),
                bytes(files, "v.stripes"),
                PatternStore.kernel());
    }

    private List<Occlusion.Result> occlusion(List<Integer> sides) {
        List<Occlusion.Result> results = new ArrayList<>();
        for (int side : sides) {
            results.add(Occlusion.run(subject, side));
            step();
        }
        return results;
    }

    private List<Occlusion.Result> curve(
            WholeSymbols.Result whole, List<Occlusion.Result> occlusion, List<Occlusion.Result> more) {
        List<Occlusion.Result> curve = new ArrayList<>(occlusion);
        curve.addAll(more);
        curve.add(new Occlusion.Result(subject.geometry().width(), 1, whole.unipolar(), whole.bipolar()));
        curve.sort(Comparator.comparingInt(Occlusion.Result::side).reversed());
        return curve;
    }

    private List<Noise.Result> noise() {
        List<Noise.Result> results = new ArrayList<>();
        for (int side : List.of(subject.geometry().width(), subject.quarterSide())) {
            for (double share : Noise.SHARES) {
                results.add(Noise.run(subject, share, side));
                step();
            }
        }
        return results;
    }

    private static long bytes(StoreReport files, String name) {
        return files.files().stream()
                .filter(file -> file.name().equals(name))
                .mapToLong(StoreReport.FileSize::bytes)
                .findFirst()
                .orElseThrow();
    }

    private void step() {
        done++;
        progress.accept(done);
    }

    /** How many steps {@link #run} reports. */
    static int steps(boolean curve) {
        return 3 + Occlusion.SIDES.size() + (curve ? Occlusion.MORE_SIDES.size() : 0) + 2 * Noise.SHARES.size();
    }
}
