package org.engram.store;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.engram.store.fixture.Meeting;
import org.engram.store.fixture.Patterns;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** One thread closes while another calls: the call runs wholly before, or is turned away. */
public class CloseStress {

    /** The property that names a store with one neuron, a white pattern under the key white. */
    public static final String STORE = "engram.stress.store";

    private static final int TURNED_AWAY = -1;

    private CloseStress() {}

    /** What a caller uses inside, plain fields without a fence of their own, is not taken away before it leaves. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "wholly before the close, which saw what it wrote")
    @Outcome(id = "-1, -1, 0", expect = ACCEPTABLE, desc = "turned away")
    public static class Call {

        private final InFlight calls = new InFlight(Path.of("store"));
        private int open = 1;
        private int written;
        private int first = TURNED_AWAY;
        private int last = TURNED_AWAY;
        private int seen;

        @Actor
        public void call() {
            try {
                calls.within(() -> {
                    first = open;
                    for (int i = 0; i < 20; i++) {
                        Thread.onSpinWait(); // time enough for a close to come in between
                    }
                    written = 1;
                    last = open;
                    return null;
                });
            } catch (EngramException.Closed e) {
                // turned away
            }
        }

        @Actor
        public void close() {
            calls.close();
            seen = written;
            open = 0;
        }

        @Arbiter
        public void judge(III_Result r) {
            r.r1 = first;
            r.r2 = last;
            r.r3 = seen;
        }
    }

    /** A recall gives the right answer or throws Closed, and whatever comes after a close throws. */
    @JCStressTest
    @State
    @Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "answered before the close")
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "turned away")
    public static class Recalling {

        private static final Cue CUE = Cue.bipolar(Patterns.all(Patterns.SMALL, 1));

        private static final Path PATH = Path.of(System.getProperty(STORE, ""));

        private final Meeting<PatternStore> meeting = new Meeting<>(() -> PatternStore.openReadOnly(PATH));

        @Actor
        public void recall(II_Result r) {
            r.r1 = recall(meeting.meet());
        }

        @Actor
        public void close(II_Result r) {
            PatternStore store = meeting.meet();
            // To get inside takes longer than to close: without a head start hardly any recall would.
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(20_000));
            store.close();
            r.r2 = recall(store);
        }

        private static int recall(PatternStore store) {
            try {
                Recall recall = store.recall(CUE);
                return recall.agreement() == 1 ? recall.neuron() : -9;
            } catch (EngramException.Closed e) {
                return TURNED_AWAY;
            }
        }
    }
}
