package org.engram.tools.paper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
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

    /** Runs all experiments. Only a plot shows the curve. */
    PaperReport run(boolean curve) {
        int neuron = PaperReference.NEURON;
        WholeSymbols whole = WholeSymbols.of(subject);
        step();
        ResponseFigure figure3 = ResponseFigure.whole(subject, neuron);
        ResponseFigure figure5 = ResponseFigure.quarter(subject, neuron);
        ResponseFigure figure6 = ResponseFigure.unseen(subject);
        SmallestSquare smallest = SmallestSquare.of(subject, neuron);
        step();
        List<Square> occlusion = squares(Square.SIDES, List.of(0.0));
        List<Square> more = curve ? squares(Square.MORE_SIDES, List.of(0.0)) : List.of();
        List<Square> noise = squares(List.of(subject.geometry().width(), subject.quarterSide()), Square.NOISE);
        Unseen unseen = Unseen.of(subject);
        step();
        StoreReport files = StoreCare.inspect(subject.directory());
        return new PaperReport(
                subject.store().size(),
                whole,
                figure3,
                figure5,
                figure6,
                smallest,
                occlusion,
                curve ? curve(whole, occlusion, more) : List.of(),
                noise,
                unseen,
                occlusion.get(Square.SIDES.indexOf(subject.quarterSide())),
                bytes(files, "w.stripes"),
                bytes(files, "v.stripes"),
                PatternStore.kernel());
    }

    private List<Square> squares(List<Integer> sides, List<Double> flipped) {
        List<Square> results = new ArrayList<>();
        for (int side : sides) {
            for (double share : flipped) {
                results.add(Square.of(subject, share, side));
                step();
            }
        }
        return results;
    }

    private static List<Square> curve(WholeSymbols whole, List<Square> occlusion, List<Square> more) {
        return Stream.of(List.of(whole.square()), occlusion, more)
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(Square::side).reversed())
                .toList();
    }

    private static long bytes(StoreReport files, String name) {
        return files.files().stream()
                .filter(file -> file.name().equals(name))
                .mapToLong(StoreReport.FileSize::bytes)
                .findFirst()
                .orElseThrow();
    }

    private void step() {
        progress.accept(++done);
    }

    /** How many steps {@link #run} reports. */
    static int steps(boolean curve) {
        return 3 + Square.SIDES.size() + (curve ? Square.MORE_SIDES.size() : 0) + 2 * Square.NOISE.size();
    }
}
