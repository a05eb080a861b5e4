package org.engram.store.internal.care;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.engram.store.Criteria;
import org.engram.store.Layout;
import org.engram.store.Neuron;
import org.engram.store.Progress;
import org.engram.store.StoreDifference;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.neurons.JournalWindow;
import org.engram.store.internal.neurons.Learner;
import org.engram.store.internal.neurons.StoreFiles;

/**
 * Compares what two stores mean: settings, live keys, and the patterns that they show. It does not compare layouts,
 * identities, times, or the numbers of neurons.
 */
public final class Differ {

    private final StoreFiles first;
    private final StoreFiles second;
    private final PartFiles firstFiles;
    private final PartFiles secondFiles;
    private final List<Part> compared;
    private final List<String> onlyInFirst = new ArrayList<>();
    private final List<String> onlyInSecond = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private int same;

    private Differ(StoreFiles first, StoreFiles second) {
        this.first = first;
        this.second = second;
        this.firstFiles = new PartFiles(first.header(), shown(first), false);
        this.secondFiles = new PartFiles(second.header(), shown(second), false);
        // If both stores keep only bits, comparing bits is enough and reads a thirty-second of the bytes.
        boolean bits = first.header().layout() == Layout.PACKED
                && second.header().layout() == Layout.PACKED
                && whiteOf(first) == whiteOf(second);
        List<Part> shown = bits ? List.of(Part.SKETCH, Part.PLANES) : List.of(Part.W);
        boolean masks = first.header().masks() || second.header().masks();
        this.compared =
                masks ? Stream.concat(shown.stream(), Stream.of(Part.KNOWN)).toList() : shown;
    }

    private static float whiteOf(StoreFiles store) {
        return Learner.weightOfWhite(store.header().rule());
    }

    /** The files from which the patterns are shown. */
    private static List<StripeFile> shown(StoreFiles store) {
        return store.header().layout() == Layout.PACKED
                ? store.stripes()
                : store.stripes().stream()
                        .filter(file -> file.part() == Part.W || file.part() == Part.KNOWN)
                        .toList();
    }

    public static StoreDifference diff(Path first, Path second, Progress progress) {
        try (StoreFiles one = Committed.open(first);
                StoreFiles other = Committed.open(second)) {
            return new Differ(one, other).run(progress);
        }
    }

    private StoreDifference run(Progress progress) {
        long[] records = new long[second.neurons()];
        second.forEachNeuron(neuron -> records[neuron.neuron()] = neuron.offset());
        JournalWindow window = JournalWindow.ofOneRecord(second.journal(), second.header());
        first.forEachLiveNeuron(progress, neuron -> {
            String key = first.table().view().key(neuron.neuron());
            int other = second.table().find(key);
            if (other < 0) {
                onlyInFirst.add(key);
            } else if (isSame(neuron, entryAt(records[other], window))) {
                same++;
            } else {
                changed.add(key);
            }
        });
        second.table().view().stream()
                .map(Neuron::key)
                .filter(key -> first.table().find(key) < 0)
                .forEach(onlyInSecond::add);
        return new StoreDifference(settings(), onlyInFirst, onlyInSecond, changed, same);
    }

    private boolean isSame(JournalEntry.Memorized one, JournalEntry.Memorized other) {
        if (!first.header().geometry().equals(second.header().geometry())) {
            return false;
        }
        NeuronParts firstParts = NeuronParts.readWhole(firstFiles, one, "stores cannot be compared", Committed.REMEDY);
        NeuronParts secondParts =
                NeuronParts.readWhole(secondFiles, other, "stores cannot be compared", Committed.REMEDY);
        return compared.stream().allMatch(part -> Arrays.equals(firstParts.get(part), secondParts.get(part)));
    }

    private static JournalEntry.Memorized entryAt(long offset, JournalWindow window) {
        return (JournalEntry.Memorized) window.decode(offset, window.committedLength(offset));
    }

    private List<String> settings() {
        Header one = first.header();
        Header other = second.header();
        Criteria judging = first.criteria();
        Criteria otherwise = second.criteria();
        List<String> settings = new ArrayList<>();
        compare("geometry", one.geometry(), other.geometry(), settings);
        compare("masks", one.masks(), other.masks(), settings);
        compare("epsW", one.rule().epsW(), other.rule().epsW(), settings);
        compare("epsV", one.rule().epsV(), other.rule().epsV(), settings);
        compare("theta", one.rule().theta(), other.rule().theta(), settings);
        compare("steps", one.rule().steps(), other.rule().steps(), settings);
        compare("threshold", judging.threshold(), otherwise.threshold(), settings);
        compare("contrast", judging.contrast(), otherwise.contrast(), settings);
        compare("disagreement", judging.disagreement(), otherwise.disagreement(), settings);
        compare("agreement", judging.agreement(), otherwise.agreement(), settings);
        return settings;
    }

    private static void compare(String name, Object one, Object other, List<String> settings) {
        if (!one.equals(other)) {
            settings.add("%s: %s, %s".formatted(name, one, other));
        }
    }
}
