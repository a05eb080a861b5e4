package org.engram.store.internal.neurons;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.engram.store.Criteria;
import org.engram.store.Neuron;
import org.engram.store.fixture.Entries;
import org.engram.store.internal.format.JournalEntry;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** One thread applies records to a table of neurons while another reads: it sees all of a step or nothing. */
public class PublicationStress {

    private static final Path JOURNAL = Path.of("store", "journal");
    private static final byte[] A = "a".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] B = "b".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] C = "c".getBytes(StandardCharsets.US_ASCII);

    /** Stands for something that must never be seen. */
    private static final int BROKEN = -9;

    private PublicationStress() {}

    private static JournalEntry memorize(int neuron, int retires, byte[] key) {
        return new JournalEntry.Memorized(
                0, neuron + 1, 1000 + neuron, neuron, retires, neuron != 1, 2, JournalEntry.Checksums.NONE, key);
    }

    /** A table that has neuron 0 under the key a. */
    private static NeuronTable tableWithA() {
        NeuronTable table = new NeuronTable(JOURNAL, Criteria.DEFAULT);
        table.apply(memorize(0, JournalEntry.NONE, A));
        return table;
    }

    /** How many neurons a view has, when each is there with all that belongs to it. */
    private static int whole(NeuronTable.View view) {
        int others = 0;
        for (int i = 0; i < view.count(); i++) {
            Neuron neuron = view.neuron(i);
            boolean two = i != 1;
            if (neuron.key().charAt(0) != 'a' + i
                    || view.gain(i) != 2
                    || neuron.memorized().toEpochMilli() != 1000 + i
                    || view.isTwoValued(i) != two
                    || (!two && view.notTwoValuedAt(others++) != i)) {
                return BROKEN;
            }
        }
        return view.notTwoValued() == others && view.commonGain() == 2 ? view.count() : BROKEN;
    }

    /** The only live neuron of a view, or -1 for none; looks twice, because what a view shows never changes. */
    private static int onlyLive(NeuronTable.View view) {
        int live = live(view);
        return live == live(view) ? live : BROKEN;
    }

    private static int live(NeuronTable.View view) {
        int live = -1;
        int lives = 0;
        for (int i = 0; i < view.count(); i++) {
            if (view.isLive(i)) {
                live = i;
                lives++;
            }
        }
        return lives < 2 && lives == view.live() ? live : BROKEN;
    }

    /** A neuron is found by its key only once it is there, and is there whole or not at all. */
    @JCStressTest
    @State
    @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "not yet")
    @Outcome(id = "-1, 2", expect = ACCEPTABLE, desc = "in between")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "found, and whole")
    public static class Memorize {

        private final NeuronTable table = tableWithA();

        @Actor
        public void write() {
            table.apply(memorize(1, JournalEntry.NONE, B));
        }

        @Actor
        public void read(II_Result r) {
            r.r1 = table.find("b");
            r.r2 = whole(table.view());
        }
    }

    /** Records that are taken in together show together. */
    @JCStressTest
    @State
    @Outcome(id = "1, -1, 1", expect = ACCEPTABLE, desc = "none")
    @Outcome(id = "1, -1, 3", expect = ACCEPTABLE, desc = "between the first look and the last")
    @Outcome(id = "1, 2, 3", expect = ACCEPTABLE, desc = "between the first look and the second")
    @Outcome(id = "3, 2, 3", expect = ACCEPTABLE, desc = "both")
    public static class Batch {

        private final NeuronTable table = tableWithA();

        @Actor
        public void write() {
            table.apply(List.of(memorize(1, JournalEntry.NONE, B), memorize(2, JournalEntry.NONE, C)));
        }

        @Actor
        public void read(III_Result r) {
            r.r1 = whole(table.view());
            r.r2 = table.find("c");
            r.r3 = whole(table.view());
        }
    }

    /** The new neuron of a key comes in the step in which the old one goes. */
    @JCStressTest
    @State
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "not yet")
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "after both looks")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "between the looks")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "replaced")
    public static class Replace {

        private final NeuronTable table = tableWithA();

        @Actor
        public void write() {
            table.apply(memorize(1, 0, A));
        }

        @Actor
        public void read(III_Result r) {
            NeuronTable.View view = table.view();
            r.r1 = onlyLive(view);
            int found = table.find("a");
            r.r2 = onlyLive(view) == r.r1 ? found : BROKEN;
            r.r3 = onlyLive(table.view());
        }
    }

    /** A key that is forgotten is gone from the index and from the views at once. */
    @JCStressTest
    @State
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "not yet")
    @Outcome(id = "0, 0, -1", expect = ACCEPTABLE, desc = "after both looks")
    @Outcome(id = "0, -1, -1", expect = ACCEPTABLE, desc = "between the looks")
    @Outcome(id = "-1, -1, -1", expect = ACCEPTABLE, desc = "none is live any more")
    public static class Forget {

        private final NeuronTable table = tableWithA();

        @Actor
        public void write() {
            table.apply(Entries.forgotten(2, 0, 1000, "a"));
        }

        @Actor
        public void read(III_Result r) {
            r.r1 = onlyLive(table.view());
            r.r2 = table.find("a");
            r.r3 = onlyLive(table.view());
        }
    }
}
