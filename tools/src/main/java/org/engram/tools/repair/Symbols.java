package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;

/**
 * The symbols that a store holds, by size, as modules. Every pattern is read once, up to a millisecond each, and takes a bit a
 * module. Immutable.
 */
final class Symbols {

    private static final int MOST_FRAMES = 64;
    private static final int WAYS = 1 << Byte.SIZE;

    private final NavigableMap<Integer, List<Symbol>> bySide = new TreeMap<>();
    private final Map<Frame, Integer> frames = new LinkedHashMap<>();

    Symbols(PatternStore store) {
        for (Neuron neuron : store.neurons()) {
            read(neuron.neuron(), Raster.of(store.pattern(neuron.neuron())));
        }
    }

    /** A stored symbol, and how well it fits what is seen, in standard deviations of chance. */
    record Match(Symbol symbol, double sigmas) {}

    private void read(int neuron, Raster raster) {
        Bounds bounds = Bounds.ofBlack(raster);
        for (Frame known : frames.keySet()) {
            if (known.isAt(bounds) && add(neuron, raster, known)) {
                return;
            }
        }
        Frame.in(raster, bounds).ifPresent(frame -> add(neuron, raster, frame));
    }

    private boolean add(int neuron, Raster raster, Frame frame) {
        SymbolStructure structure = SymbolStructure.of(frame.side());
        Optional<BitSet> white = frame.read(raster, structure);
        if (white.isEmpty()) {
            return false;
        }
        bySide.computeIfAbsent(frame.side(), side -> new ArrayList<>()).add(new Symbol(neuron, white.get(), structure));
        frames.merge(frame, 1, Integer::sum);
        return true;
    }

    boolean isEmpty() {
        return bySide.isEmpty();
    }

    /** The numbers of modules a side, the smallest first. */
    List<Integer> sides() {
        return List.copyOf(bySide.keySet());
    }

    int count(int side) {
        return bySide.getOrDefault(side, List.of()).size();
    }

    List<Symbol> all() {
        return bySide.values().stream().flatMap(List::stream).toList();
    }

    /** The places of symbols in the patterns, the most frequent first. */
    List<Frame> frames() {
        return frames.entrySet().stream()
                .sorted(Map.Entry.<Frame, Integer>comparingByValue().reversed())
                .limit(MOST_FRAMES)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The symbols of this size that fit best what is seen, the best first. */
    List<Match> best(SoftModules shown, int most) {
        int side = shown.side();
        float[] votes = shown.free(SymbolStructure.of(side));
        double sum = 0;
        double squares = 0;
        for (float vote : votes) {
            sum += vote;
            squares += vote * vote;
        }
        if (squares == 0) {
            return List.of();
        }
        float[] sums = sums(votes);
        List<Match> best = new ArrayList<>(most + 1);
        for (Symbol symbol : bySide.getOrDefault(side, List.of())) {
            double lightness = symbol.lightness();
            double agreeing = 2 * symbol.sum(sums) - sum - lightness * sum;
            double sigmas = agreeing / Math.sqrt(squares * (1 - lightness * lightness));
            if (best.size() < most || sigmas > best.get(most - 1).sigmas()) {
                best.add(new Match(symbol, sigmas));
                best.sort(Comparator.comparingDouble(Match::sigmas).reversed());
                if (best.size() > most) {
                    best.remove(most);
                }
            }
        }
        return best;
    }

    /** A table for every eight modules. It has the sum of the votes of the modules whose bit is set, for all 256 bytes. */
    private static float[] sums(float[] votes) {
        float[] sums = new float[WAYS * ((votes.length + Byte.SIZE - 1) / Byte.SIZE)];
        for (int first = 0; first < votes.length; first += Byte.SIZE) {
            int base = WAYS * (first / Byte.SIZE);
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                float vote = first + bit < votes.length ? votes[first + bit] : 0;
                int half = 1 << bit;
                for (int way = 0; way < half; way++) {
                    sums[base + half + way] = sums[base + way] + vote;
                }
            }
        }
        return sums;
    }
}
