package org.engram.tools.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.repair.EvenSample;
import org.engram.tools.repair.QrRepair;
import org.engram.tools.repair.Raster;
import org.engram.tools.repair.Repair;

/** Spoils the symbols of a store in every way, and counts how many can be read again. */
final class Stress {

    private final List<Subject> subjects;
    private final QrRepair repairs;
    private final long seed;

    private record Subject(Pattern pattern, String text) {}

    private record Case(Optional<String> alone, Optional<String> repaired) {}

    /** Chooses symbols of a store, which the caller keeps. The same seed damages the same way. */
    Stress(PatternStore store, int most, long seed) {
        this.repairs = new QrRepair(store, store.criteria());
        this.seed = seed;
        this.subjects = new ArrayList<>();
        EvenSample.of(store, most)
                .forEach(
                        pattern -> QrCodec.decode(pattern).ifPresent(text -> subjects.add(new Subject(pattern, text))));
    }

    int symbols() {
        return subjects.size();
    }

    /** Tries every kind of damage at every size, and tells after each symbol how many are done. */
    List<StressResult> run(List<Double> percents, LongConsumer progress) {
        AtomicLong done = new AtomicLong();
        List<StressResult> results = new ArrayList<>();
        for (DamageKind kind : DamageKind.values()) {
            for (double percent : percents) {
                List<Case> cases = IntStream.range(0, subjects.size())
                        .parallel()
                        .mapToObj(symbol -> {
                            Case one = run(kind, percent, symbol);
                            progress.accept(done.incrementAndGet());
                            return one;
                        })
                        .toList();
                results.add(count(kind, percent, cases));
            }
        }
        return results;
    }

    private Case run(DamageKind kind, double percent, int symbol) {
        // so that other symbols and sizes are damaged at other places
        long own = seed * 1_000_003
                + kind.name().hashCode() * 31L
                + Math.round(percent * 1000) * 1_009
                + symbol * 15_485_863L;
        Raster raster = kind.spoil(subjects.get(symbol).pattern(), percent / 100, own);
        Repair repair = repairs.repair(raster);
        return new Case(QrCodec.decode(raster.source()), Optional.ofNullable(repair.text()));
    }

    private StressResult count(DamageKind kind, double percent, List<Case> cases) {
        int[] alone = new int[2];
        int[] repaired = new int[2];
        for (int symbol = 0; symbol < cases.size(); symbol++) {
            String right = subjects.get(symbol).text();
            cases.get(symbol).alone().ifPresent(text -> alone[text.equals(right) ? 0 : 1]++);
            cases.get(symbol).repaired().ifPresent(text -> repaired[text.equals(right) ? 0 : 1]++);
        }
        return new StressResult(
                kind, percent, alone[0], alone[1], repaired[0], cases.size() - repaired[0] - repaired[1], repaired[1]);
    }
}
