package org.engram.bench;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.ForcedPath;
import org.engram.store.Layout;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.store.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Many cues shown at once to a store that has bits and nothing else; one operation is one cue. */
public class BitBatch extends PackedScan {

    private static final int CUES = OpenBlasBatch.CUES;

    private PatternStore store;
    private List<Cue> clean;
    private List<Cue> flipped10;
    private List<Cue> unseen;

    /** JMH makes it. */
    public BitBatch() {}

    @Override
    void prepare() {
        store = BenchStore.open(directory, neurons, Layout.PACKED);
        clean = cues(Symbols::pattern);
        flipped10 = cues(Symbols::damaged);
        unseen = cues(number -> Symbols.pattern(Symbols.whiteUnseen(number)));
    }

    /** One cue for each of some symbols that are spread over the neurons. */
    private List<Cue> cues(IntFunction<Pattern> shown) {
        return IntStream.range(0, CUES)
                .map(this::neuronOf)
                .mapToObj(shown)
                .map(Cue::bipolar)
                .toList();
    }

    private int neuronOf(int cue) {
        return OpenBlasBatch.neuronOf(cue, neurons);
    }

    @Override
    void check() {
        require("batchOfClean", clean, batchOfClean(), Verdict.RECOGNISED);
        require("batchOfPlanes", clean, batchOfPlanes(), Verdict.RECOGNISED);
        require(
                "batchOfFlipped",
                flipped10,
                batchOfFlipped(),
                neurons < Criteria.COMPANY ? Verdict.UNKNOWN : Verdict.RECOGNISED);
        requireAsAlone("batchOfUnseen", unseen, batchOfUnseen());
    }

    /** The neurons that were shown have to win. */
    private void require(String who, List<Cue> cues, List<Recall> found, Verdict verdict) {
        for (int cue = 0; cue < CUES; cue++) {
            Recall recall = found.get(cue);
            if (recall.neuron() != neuronOf(cue) || recall.verdict() != verdict) {
                throw new IllegalStateException("%s is wrong: expected neuron %d, %s, found neuron %d, %s"
                        .formatted(who, neuronOf(cue), verdict, recall.neuron(), recall.verdict()));
            }
        }
        requireAsAlone(who, cues, found);
    }

    /** The first answer and the last have to be those of a recall alone. */
    private void requireAsAlone(String who, List<Cue> cues, List<Recall> found) {
        for (int cue : new int[] {0, CUES - 1}) {
            Recall alone = store.recall(cues.get(cue));
            if (!alone.equals(found.get(cue))) {
                throw new IllegalStateException("%s is wrong: cue %d: expected %s as alone, found %s"
                        .formatted(who, cue, alone, found.get(cue)));
            }
        }
    }

    /**
     * Symbols with 10 % of their pixels flipped.
     *
     * @return the answers
     */
    @Benchmark
    @OperationsPerInvocation(CUES)
    public List<Recall> batchOfFlipped() {
        return store.recallAll(flipped10, RecallOptions.DEFAULT);
    }

    /**
     * Symbols that the store does not hold.
     *
     * @return the answers
     */
    @Benchmark
    @OperationsPerInvocation(CUES)
    public List<Recall> batchOfUnseen() {
        return store.recallAll(unseen, RecallOptions.DEFAULT);
    }

    /**
     * Stored symbols, from the planes of all neurons.
     *
     * @return the answers
     */
    @Benchmark
    @OperationsPerInvocation(CUES)
    public List<Recall> batchOfPlanes() {
        return store.recallAll(clean, ForcedPath.PLANES);
    }

    /**
     * Stored symbols.
     *
     * @return the answers
     */
    @Benchmark
    @OperationsPerInvocation(CUES)
    public List<Recall> batchOfClean() {
        return store.recallAll(clean, RecallOptions.DEFAULT);
    }

    @Override
    public void close() {
        store.close();
        super.close();
    }
}
